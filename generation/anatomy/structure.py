"""Linear structure of one breast: ducts, ligaments and vessels as 3D curves seen in both views.

The curves only say where fine linear structure is; the network draws it. Their number, length and
strength follow the ridges found in real images (`training.pairs.find_ridges`): 5.7 +- .9 % of the
breast, mean strength .37, most of it in the anterior half, along arcs around the nipple.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.spec import CaseSpec

FloatArray = NDArray[np.float32]

STEP_MM = 1.0
BRANCHING = 0.035
LIGAMENTS = {"A": 38, "B": 45, "C": 42, "D": 34}
DUCTS = {"A": 8, "B": 12, "C": 14, "D": 12}
VESSELS = {"A": 6, "B": 5, "C": 4, "D": 3}


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


def draw_structure(spec: CaseSpec, rng: np.random.Generator) -> list[Curve]:
    """All curves of one breast."""
    curves: list[Curve] = []
    for _ in range(round(LIGAMENTS[spec.density] * rng.uniform(0.7, 1.3))):
        curves += _draw_ligament(spec, rng)
    for _ in range(DUCTS[spec.density]):
        curves.append(_draw_duct(spec, rng))
    for _ in range(round(VESSELS[spec.density] * rng.uniform(0.6, 1.6))):
        curves += _draw_vessel(spec, rng)
    return curves


def _draw_ligament(spec: CaseSpec, rng: np.random.Generator) -> list[Curve]:
    """An arc that follows the skin's curvature at some depth under it, with branches."""
    half, depth = spec.width_mm / 2, spec.depth_mm
    level = rng.beta(4, 1.6)  # 0 the chest wall's middle, 1 the skin
    angle = rng.uniform(-1.5, 1.5) * rng.uniform(0.6, 1)
    turn = rng.uniform(0, 2 * np.pi)
    radius = np.array([depth, half, half]) * np.clip(level, 0.25, 0.97)
    start = np.array([depth, 0, 0]) + radius * np.array(
        [-np.cos(angle), np.sin(angle) * np.cos(turn), np.sin(angle) * np.sin(turn)]
    )
    outward = np.array([start[0] - depth, start[1], start[2]]) / np.array([depth, half, half]) ** 2
    outward /= np.linalg.norm(outward) + 1e-9
    heading = _tangent(outward, rng, toward_nipple=start)
    length = float(np.clip(rng.gamma(2.2, 11), 10, 75))
    return _walk(start, heading, outward, length, rng, width_mm=rng.uniform(0.4, 1.1))


def _tangent(
    outward: NDArray[np.float64], rng: np.random.Generator, *, toward_nipple: NDArray[np.float64]
) -> NDArray[np.float64]:
    """A direction along the skin, more often pointing to the nipple than around it."""
    heading = rng.normal(0, 1, 3) - 0.8 * toward_nipple / (np.linalg.norm(toward_nipple) + 1e-9)
    heading -= outward * (heading @ outward)
    return np.asarray(heading / (np.linalg.norm(heading) + 1e-9))


def _walk(
    start: NDArray[np.float64],
    heading: NDArray[np.float64],
    outward: NDArray[np.float64],
    length_mm: float,
    rng: np.random.Generator,
    *,
    width_mm: float,
    generation: int = 0,
) -> list[Curve]:
    """A curve that keeps its heading, bends slowly, and branches now and then."""
    steps = max(int(length_mm / STEP_MM), 3)
    bend = rng.normal(0, 0.03, 3) - 0.012 * outward
    points, curves = [start], []
    for step in range(steps):
        bend = 0.92 * bend + rng.normal(0, 0.02, 3)
        heading = heading + bend
        heading /= np.linalg.norm(heading)
        points.append(points[-1] + STEP_MM * heading)
        if generation < 2 and rng.random() < BRANCHING:
            aside = heading + 0.8 * rng.normal(0, 1, 3)
            left_mm = (steps - step) * STEP_MM * rng.uniform(0.4, 0.9)
            curves += _walk(
                points[-1],
                aside / np.linalg.norm(aside),
                outward,
                left_mm,
                rng,
                width_mm=0.8 * width_mm,
                generation=generation + 1,
            )
    return [*curves, Curve(_array(points), _draw_strength(len(points), rng, 0.36), width_mm)]


def _draw_duct(spec: CaseSpec, rng: np.random.Generator) -> Curve:
    """From the nipple backwards, fanning out."""
    length = rng.uniform(0.2, 0.55) * spec.depth_mm
    aim = np.array([1.0, rng.normal(0, 0.45), rng.normal(0, 0.45)])
    start = np.array([1.0, *rng.normal(0, 2, 2)])
    points, heading = [start], aim / np.linalg.norm(aim)
    for _ in range(int(length / STEP_MM)):
        heading = heading + rng.normal(0, 0.04, 3)
        heading /= np.linalg.norm(heading)
        points.append(points[-1] + STEP_MM * heading)
    return Curve(_array(points), _draw_strength(len(points), rng, 0.24), rng.uniform(0.5, 1.0))


def _draw_vessel(spec: CaseSpec, rng: np.random.Generator) -> list[Curve]:
    """A long tortuous curve from the chest wall forwards, near the skin, often forking once."""
    half, depth = spec.width_mm / 2, spec.depth_mm
    turn = rng.uniform(0, 2 * np.pi)
    side = np.array([np.cos(turn), np.sin(turn)])
    start = np.array([depth * rng.uniform(0.8, 1.0), *(side * half * rng.uniform(0.3, 0.8))])
    aim = np.array([depth * rng.uniform(0.1, 0.3), *(side * half * rng.uniform(0.0, 0.5))]) - start
    steps = int(np.linalg.norm(aim) / STEP_MM)
    phase, waves = rng.uniform(0, 2 * np.pi), rng.uniform(0.7, 2.2)
    along = np.linspace(0, 1, steps)[:, None]
    sway = rng.normal(0, 2.2, 3) * np.sin(2 * np.pi * waves * along + phase)
    wander = np.cumsum(rng.normal(0, 0.12, (steps, 3)), axis=0)
    points = start + along * aim + sway + wander
    strength = _draw_strength(steps, rng, 0.45)
    trunk = Curve(points.astype(np.float32), strength, rng.uniform(0.9, 1.8))
    if rng.random() < 0.5:
        return [trunk]
    fork = points[steps // 2]
    heading = aim / np.linalg.norm(aim) + rng.normal(0, 0.5, 3)
    return [
        trunk,
        *_walk(
            fork,
            heading / np.linalg.norm(heading),
            np.zeros(3),
            0.4 * steps * STEP_MM,
            rng,
            width_mm=0.7 * trunk.width_mm,
            generation=2,
        ),
    ]


def _draw_strength(count: int, rng: np.random.Generator, mean: float) -> FloatArray:
    """Strength along a curve: it fades at both ends and is interrupted, as real lines are."""
    knots = max(count // 8, 2) + 2
    level = np.interp(np.linspace(0, knots - 1, count), np.arange(knots), rng.normal(0, 1, knots))
    ends = np.minimum(1, np.minimum(np.arange(count), np.arange(count)[::-1]) / 5)
    return np.asarray(np.clip(mean * (0.9 + 0.75 * level), 0, 1) * ends, np.float32)


def _array(points: list[NDArray[np.float64]]) -> FloatArray:
    return np.asarray(points, np.float32)
