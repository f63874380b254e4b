"""How the next case is chosen: by the product's own selection, or by what it is compared with."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from trainer.measure.selection import bound_normal_chance, draw_place, owes_normal, weigh_gains
from trainer.measure.simulation.world import (
    LESIONS,
    NATURAL_MIX,
    NATURAL_NORMALS,
    FloatArray,
    IntArray,
    World,
)
from trainer.measure.targets import TARGETS


@dataclass(frozen=True)
class Policy:
    """A way of choosing. `p` is the wanted chance of a right answer; None takes what comes.

    `mix` is None where the product's selection draws the competency, else how often kinds of
    lesion are drawn.
    """

    name: str
    p: float | None
    mix: tuple[float, ...] | None


NATURAL: Final = Policy("random, natural mix", None, NATURAL_MIX)
MATCHED: Final = Policy("random type, matched difficulty", 0.80, NATURAL_MIX)
MATCHED_EVEN: Final = Policy("types in equal parts, matched difficulty", 0.80, (0.25,) * 4)
ADAPTIVE_80: Final = Policy("adaptive, p* = .80", 0.80, None)
ADAPTIVE_50: Final = Policy("adaptive, p* = .50", 0.50, None)
POLICIES: Final = (NATURAL, MATCHED, MATCHED_EVEN, ADAPTIVE_80, ADAPTIVE_50)


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
        normal = rng.random(readers) < NATURAL_NORMALS
        aim = np.where(normal, world.normal, kind)
        return np.where(normal, -1, kind), aim
    names = world.competencies
    targets = np.array([TARGETS[name] for name in names])

    def weigh(asked: FloatArray) -> FloatArray:
        places = np.arange(len(names))
        return weigh_gains(known.mean, known.covariance, places, targets, asked)

    share = weigh(np.ones(len(names)))[:, world.normal]
    normal = owes_normal(known.cases, known.normals) | (
        rng.random(readers) < bound_normal_chance(share)
    )
    of_lesions = np.array([float(name != "normal_rejection") for name in names])
    of_normals = np.array([float(name in ("normal_rejection", "density")) for name in names])
    asked = np.where(normal[:, None], of_normals, of_lesions)
    aim = draw_place(weigh(asked), rng.random(readers))
    drawn = draw_place(np.tile(NATURAL_MIX, (readers, 1)), rng.random(readers))
    kind = np.where(aim < len(LESIONS), aim, drawn)
    return np.where(normal, -1, kind), aim
