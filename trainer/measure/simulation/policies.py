"""How the next case is chosen: by the product's own selection, or by what it is compared with."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from trainer.measure.selection import bound_normal_chance, draw_place, owes_normal, weigh_gains
from trainer.measure.simulation.world import (
    LESIONS,
    NATURAL_MIX,
    NATURAL_NORMALS,
    BoolArray,
    FloatArray,
    IntArray,
    World,
)


@dataclass(frozen=True)
class Policy:
    """A way of choosing. `p` is the wanted chance of a right answer; None takes what comes.

    `mix` is None where the product's selection draws the competency, else how often kinds of
    lesion are drawn among the cases that are not `normals`.
    """

    name: str
    p: float | None
    mix: tuple[float, ...] | None
    normals: float = NATURAL_NORMALS


NATURAL: Final = Policy("random, natural mix", None, NATURAL_MIX)
MATCHED: Final = Policy("random type, matched difficulty", 0.80, NATURAL_MIX)
MATCHED_EVEN: Final = Policy("types in equal parts, matched difficulty", 0.80, (0.25,) * 4)
MATCHED_EVEN_45: Final = Policy("equal parts, normals as in practice", 0.80, (0.25,) * 4, 0.457)
ADAPTIVE_80: Final = Policy("adaptive, p* = .80", 0.80, None)
ADAPTIVE_50: Final = Policy("adaptive, p* = .50", 0.50, None)
POLICIES: Final = (NATURAL, MATCHED, MATCHED_EVEN, MATCHED_EVEN_45, ADAPTIVE_80, ADAPTIVE_50)


@dataclass(frozen=True)
class Knowledge:
    """What is known of readers, and what they have met: mean (R, D), covariance (R, D, D)."""

    mean: FloatArray
    covariance: FloatArray
    cases: int
    normals: IntArray


def draw_aims(
    world: World, known: Knowledge, policy: Policy, rng: np.random.Generator
) -> tuple[IntArray, IntArray]:
    """Draw what each reader's next case is for.

    Returns:
        (R,) kind of lesion, -1 for a normal case; (R,) competency that the case is chosen for.
    """
    readers = len(known.mean)
    if policy.mix is not None:
        kind = draw_place(np.tile(policy.mix, (readers, 1)), rng.random(readers))
        normal = rng.random(readers) < policy.normals
        aim = np.where(normal, world.normal, kind)
        return np.where(normal, -1, kind), aim
    normal = draw_normals(world, known, rng)
    aim = draw_competencies(world, known, list_open(world, normal), rng)
    drawn = draw_place(np.tile(NATURAL_MIX, (readers, 1)), rng.random(readers))
    kind = np.where(aim < len(LESIONS), aim, drawn)
    return np.where(normal, -1, kind), aim


def draw_normals(world: World, known: Knowledge, rng: np.random.Generator) -> BoolArray:
    """Draw whether each reader's next case is normal, (R,), as `selection.draw_normal`."""
    share = _weigh(world, known, np.ones(len(world.competencies)))[:, world.normal]
    drawn = rng.random(len(share)) < bound_normal_chance(share)
    return np.asarray(owes_normal(known.cases, known.normals) | drawn)


def list_open(world: World, normal: BoolArray) -> FloatArray:
    """1 for each competency, (R, K), that a normal case or one with a lesion may be for."""
    names = world.competencies
    of_lesions = np.array([float(name != "normal_rejection") for name in names])
    of_normals = np.array([float(name in ("normal_rejection", "density")) for name in names])
    return np.where(normal[:, None], of_normals, of_lesions)


def draw_competencies(
    world: World, known: Knowledge, asked: FloatArray, rng: np.random.Generator
) -> IntArray:
    """Draw a competency for each reader, (R,), among those asked for, (R, K)."""
    return draw_place(_weigh(world, known, asked), rng.random(len(asked)))


def _weigh(world: World, known: Knowledge, asked: FloatArray) -> FloatArray:
    targets = np.array([world.targets[name] for name in world.competencies])
    return weigh_gains(
        known.mean, known.covariance, np.arange(len(world.competencies)), targets, asked
    )
