"""Linear structure of one breast: ducts, ligaments and vessels as 3D curves seen in both views.

The curves only say where long fine structure is; the network draws it. All are walks of one
millimetre a step, drawn many at a time: a duct tree from the nipple, ligaments along the
meridians or across them, vessels from the chest wall forwards under the skin, tapering, often
with a companion. Density and character say how many of the drawn ones are kept, so that a ladder
of densities keeps the same ones.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.anatomy.character import Character
from generation.spec import CaseSpec

FloatArray = NDArray[np.float32]
Array = NDArray[np.float64]

STEP_MM = 1.0
LIGAMENTS, DUCTS, VESSELS = 110, 16, 14  # drawn; shares of them are kept
LIGAMENT_SHARE = {"A": 0.22, "B": 0.25, "C": 0.22, "D": 0.17}
DUCT_SHARE = {"A": 0.25, "B": 0.32, "C": 0.38, "D": 0.35}
VESSEL_SHARE = {"A": 0.36, "B": 0.28, "C": 0.22, "D": 0.15}
PAIRED = 0.2


@dataclass(frozen=True)
class Curve:
    """A polyline in the breast frame.

    Attributes:
        points_mm: (N, 3) depth, lateral, superior.
        strength: (N,) 0-1.
        width_mm: full width.
    """

    points_mm: FloatArray
    strength: FloatArray
    width_mm: float


@dataclass(frozen=True)
class Gait:
    """How a family of curves walks: lengths and radii in mm, the rest per step of 1 mm.

    `turning` is the random change of heading, `memory` how long a bend lasts (0-1), `pull` how
    strongly the meridian toward the nipple (or away from it) attracts.
    """

    turning: float
    memory: float
    pull: float


LIGAMENT_GAIT = Gait(turning=0.13, memory=0.5, pull=0.035)
DUCT_GAIT = Gait(turning=0.14, memory=0.5, pull=0.035)
VESSEL_GAIT = Gait(turning=0.085, memory=0.75, pull=0.045)


def draw_structure(spec: CaseSpec, character: Character, rng: np.random.Generator) -> list[Curve]:
    """All curves of one breast."""
    ligaments = _draw_ligaments(spec, rng)
    ducts = _draw_ducts(spec, rng)
    vessels = _draw_vessels(spec, rng)
    shares = (
        (ligaments, LIGAMENT_SHARE[spec.density] * character.lines),
        (ducts, DUCT_SHARE[spec.density] * character.lines),
        (vessels, VESSEL_SHARE[spec.density] * character.vessels),
    )
    return [
        curve
        for families, share in shares
        for family in families[: round(len(families) * min(share, 1.0))]
        for curve in family
    ]


def _meridian(points: Array, spec: CaseSpec) -> Array:
    """(N, 3) unit directions away from the nipple along the curves that follow the skin."""
    half, depth = spec.width_mm / 2, spec.depth_mm
    behind = np.clip(1 - points[:, 0] / depth, 0, 0.97)
    width_squared = 1 - behind**2 + 0.03
    slope = behind / depth / width_squared
    direction = np.column_stack([np.ones(len(points)), points[:, 1:] * slope[:, None]])
    # Deep in front the curves open like an umbrella; beyond the skin nothing needs a direction.
    direction[:, 1:] = np.clip(direction[:, 1:], -half, half)
    return np.asarray(direction / np.linalg.norm(direction, axis=1, keepdims=True))


def _walk(
    starts: Array,
    headings: Array,
    steps: int,
    gait: Gait,
    spec: CaseSpec,
    rng: np.random.Generator,
) -> Array:
    """(N, steps + 1, 3) walks from (N, 3) starts along (N, 3) headings."""
    points = np.empty((len(starts), steps + 1, 3))
    points[:, 0] = starts
    heading = headings / np.linalg.norm(headings, axis=1, keepdims=True)
    bend = np.zeros_like(heading)
    noise = rng.normal(0, gait.turning, (steps, len(starts), 3))
    for step in range(steps):
        here = points[:, step]
        meridian = _meridian(here, spec)
        meridian *= np.sign((heading * meridian).sum(axis=1, keepdims=True) + 1e-12)
        bend = gait.memory * bend + noise[step]
        heading = heading + bend * (1 - gait.memory) ** 0.5 + gait.pull * (meridian - heading)
        heading /= np.linalg.norm(heading, axis=1, keepdims=True)
        points[:, step + 1] = here + STEP_MM * heading
    return points


def _branch(
    trunks: Array, lengths: NDArray[np.int64], spread: float, rng: np.random.Generator
) -> tuple[Array, Array, NDArray[np.int64]]:
    """(start, heading, trunk's index at the fork) of one branch on each walk."""
    at = (lengths * rng.uniform(0.15, 0.85, len(trunks))).astype(int)
    index = np.arange(len(trunks))
    heading = trunks[index, at + 1] - trunks[index, at]
    return trunks[index, at], heading + spread * rng.normal(0, 1, heading.shape), at


def _draw_ligaments(spec: CaseSpec, rng: np.random.Generator) -> list[list[Curve]]:
    """Strands in all of the breast, most of them along the meridians, each with two branches."""
    half, depth = spec.width_mm / 2, spec.depth_mm
    level = np.clip(rng.beta(3.2, 1.5, LIGAMENTS), 0.15, 0.95)
    direction = rng.normal(0, 1, (LIGAMENTS, 3))
    direction[:, 0] = -np.abs(direction[:, 0])
    direction /= np.linalg.norm(direction, axis=1, keepdims=True)
    starts = np.array([depth, 0, 0]) + level[:, None] * direction * np.array([depth, half, half])
    heading = _meridian(starts, spec) * rng.choice([-1, 1], (LIGAMENTS, 1))
    heading = heading + rng.gamma(1.6, 0.32, (LIGAMENTS, 1)) * rng.normal(0, 1, (LIGAMENTS, 3))
    length = np.clip(rng.gamma(2.0, 12, LIGAMENTS), 10, 80).astype(int)
    families: list[list[Curve]] = [[] for _ in range(LIGAMENTS)]
    width = rng.uniform(0.4, 1.1, LIGAMENTS)
    for _ in range(3):
        walks = _walk(starts, heading, int(length.max()), LIGAMENT_GAIT, spec, rng)
        for family, walk, count, across in zip(families, walks, length, width, strict=True):
            family.append(_curve(walk[: count + 1], rng, 0.38, across))
        starts, heading, _ = _branch(walks, length, 0.6, rng)
        length = np.maximum((length * rng.uniform(0.25, 0.7, LIGAMENTS)).astype(int), 5)
    return families


def _draw_ducts(spec: CaseSpec, rng: np.random.Generator) -> list[list[Curve]]:
    """Trees from the nipple backwards: each trunk forks into ever shorter branches."""
    aim = np.column_stack([np.ones(DUCTS), rng.normal(0, 0.55, (DUCTS, 2))])
    starts = np.column_stack([np.full(DUCTS, 1.0), rng.normal(0, 1.6, (DUCTS, 2))])
    length = (rng.uniform(0.15, 0.45, DUCTS) * spec.depth_mm).astype(int)
    families: list[list[Curve]] = [[] for _ in range(DUCTS)]
    parents = np.arange(DUCTS)
    mean = 0.27
    for generation in range(4):
        walks = _walk(starts, aim, int(length.max()), DUCT_GAIT, spec, rng)
        for parent, walk, count in zip(parents, walks, length, strict=True):
            width = 1.0 - 0.18 * generation
            families[parent].append(_curve(walk[: count + 1], rng, mean, width))
        ends = walks[np.arange(len(walks)), length]
        last = ends - walks[np.arange(len(walks)), length - 2]
        twice = np.repeat(np.arange(len(walks)), 2)
        if generation == 2:
            twice = twice[::2]
        starts, parents = ends[twice], parents[twice]
        aim = last[twice] / 2 + 0.45 * rng.normal(0, 1, (len(twice), 3))
        length = np.maximum((length[twice] * rng.uniform(0.45, 0.9, len(twice))).astype(int), 5)
        mean *= 0.9
    return families


def _draw_vessels(spec: CaseSpec, rng: np.random.Generator) -> list[list[Curve]]:
    """Long tortuous curves from the chest wall forwards, tapering; some with a companion."""
    half, depth = spec.width_mm / 2, spec.depth_mm
    turn = rng.uniform(0, 2 * np.pi, VESSELS)
    around = np.column_stack([np.cos(turn), np.sin(turn)])
    far = half * rng.uniform(0.25, 0.85, (VESSELS, 1))
    starts = np.column_stack([depth * rng.uniform(0.75, 1.0, VESSELS), around * far])
    heading = -_meridian(starts, spec) + 0.25 * rng.normal(0, 1, (VESSELS, 3))
    length = (depth * rng.uniform(0.45, 0.95, VESSELS)).astype(int)
    walks = _walk(starts, heading, int(length.max()), VESSEL_GAIT, spec, rng)
    walks = walks + _sway(walks.shape[1], rng, VESSELS)
    width = rng.uniform(1.0, 2.2, VESSELS)
    forks, fork_heading, at = _branch(walks, length, 0.45, rng)
    branches = _walk(forks, fork_heading, int(length.max()), VESSEL_GAIT, spec, rng)
    apart = rng.normal(0, 1, (VESSELS, 3))
    apart = rng.uniform(2.0, 4.5, (VESSELS, 1)) * apart / np.linalg.norm(apart, axis=1)[:, None]
    families = []
    for index in range(VESSELS):
        taper = 1 - 0.6 * np.arange(length[index] + 1) / length[index]
        trunk = _curve(walks[index, : length[index] + 1], rng, 0.62, width[index], taper)
        rest = max(length[index] - at[index], 6)
        branch = _curve(branches[index, :rest], rng, 0.45, 0.7 * width[index])
        family = [trunk, branch]
        shifted = walks[index, : length[index] + 1] + apart[index]
        companion = _curve(shifted, rng, 0.5, 0.7 * width[index], taper)
        if rng.random() < PAIRED:
            family.append(companion)
        families.append(family)
    return families


def _sway(count: int, rng: np.random.Generator, curves: int) -> Array:
    """(curves, count, 3) tortuosity: waves of 8-25 mm, 0.3-1.6 mm high."""
    along = np.arange(count)[None, :, None]
    wave = rng.uniform(8, 25, (curves, 1, 3))
    height = rng.gamma(2.0, 0.3, (curves, 1, 1)) * rng.normal(0, 0.7, (curves, 1, 3))
    phase = rng.uniform(0, 2 * np.pi, (curves, 1, 3))
    return np.asarray(height * (np.sin(2 * np.pi * along / wave + phase) - np.sin(phase)))


def _curve(
    points: Array,
    rng: np.random.Generator,
    mean: float,
    width_mm: float,
    taper: Array | float = 1.0,
) -> Curve:
    """A walk with its strength: it fades at both ends and is interrupted, as real lines are."""
    count = len(points)
    knots = max(count // 7, 2) + 2
    level = np.interp(np.linspace(0, knots - 1, count), np.arange(knots), rng.normal(0, 1, knots))
    ends = np.minimum(1, np.minimum(np.arange(count), np.arange(count)[::-1]) / 4)
    strength = np.clip(mean * (0.9 + 0.75 * level), 0, 1) * ends * taper
    return Curve(points.astype(np.float32), strength.astype(np.float32), float(width_mm))
