"""Single calcifications: solid shapes in 3D by morphology, of exact size."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]
Solid = Callable[[FloatArray], FloatArray]

# Volume elements to half of a solid's space: few for fine particles, many for large ones.
ELEMENTS = (9, 22)
ELEMENT_MM = 0.03
SHAPE_LOBES = (3, 6)


@dataclass(frozen=True)
class ParticleForm:
    """Size range in mm (longest dimension), calcium relative to oxalate, and the solid's maker."""

    size_mm: tuple[float, float]
    calcium: tuple[float, float]
    build: Callable[[np.random.Generator], Solid]
    aligned: bool = False


@dataclass(frozen=True)
class Particle:
    """One calcification: volume elements (N, 3) mm from its centre, each of `element_mm3`."""

    elements_mm: FloatArray
    element_mm3: float
    calcium: float
    size_mm: float


def _ball(points: FloatArray, centre: FloatArray, radius: float) -> FloatArray:
    return np.asarray(radius - np.linalg.norm(points - centre, axis=1), np.float32)


def _union(balls: list[tuple[FloatArray, float]]) -> Solid:
    def inside(points: FloatArray) -> FloatArray:
        return np.max([_ball(points, centre, radius) for centre, radius in balls], axis=0)

    return inside


def build_sphere(rng: np.random.Generator) -> Solid:
    """A smooth, slightly flattened ball."""
    axes = np.array([1.0, *rng.uniform(0.85, 1.0, 2)], np.float32)
    return lambda points: np.asarray(1 - np.linalg.norm(points / axes, axis=1), np.float32)


def build_shell(rng: np.random.Generator) -> Solid:
    """A thin calcified wall around a lucent middle, of uneven thickness."""
    wall, tilt = rng.uniform(0.06, 0.11), rng.normal(size=3).astype(np.float32)

    def inside(points: FloatArray) -> FloatArray:
        distance = np.linalg.norm(points, axis=1)
        uneven = 1 + 0.35 * np.tanh(points @ tilt)
        return np.asarray(np.minimum(1 - distance, distance - (1 - wall * uneven)), np.float32)

    return inside


def build_popcorn(rng: np.random.Generator) -> Solid:
    """Coarse lobules grown together."""
    count = int(rng.integers(6, 11))
    centres = rng.normal(0.0, 0.32, (count, 3)).astype(np.float32)
    return _union([(centre, float(rng.uniform(0.3, 0.55))) for centre in centres])


def build_dystrophic(rng: np.random.Generator) -> Solid:
    """An irregular lump, often with a lucent middle."""
    solid = build_irregular(rng)
    hollow = float(rng.uniform(0.0, 0.45))
    centre = rng.normal(0.0, 0.08, 3).astype(np.float32)
    return lambda points: np.minimum(solid(points), -_ball(points, centre, hollow))


def build_irregular(rng: np.random.Generator) -> Solid:
    """An angular chip: a few unequal lobes along a bent axis."""
    count = int(rng.integers(*SHAPE_LOBES))
    step = rng.normal(0.0, 0.35, (count, 3)) * [1.0, 0.6, 0.6]
    centres = np.cumsum(step, axis=0).astype(np.float32)
    balls = [(centre, float(rng.uniform(0.16, 0.42))) for centre in centres]
    cut = rng.normal(size=(3, 3)).astype(np.float32)
    cut /= np.linalg.norm(cut, axis=1, keepdims=True)
    solid = _union(balls)
    middle = centres.mean(axis=0)

    def inside(points: FloatArray) -> FloatArray:
        planes = 0.45 - (points - middle) @ cut.T
        return np.minimum(solid(points), planes.min(axis=1)).astype(np.float32)

    return inside


def build_rod(rng: np.random.Generator) -> Solid:
    """A solid smooth rod, slightly bent, thicker in its middle."""
    thick, bend = rng.uniform(0.09, 0.16), rng.uniform(-0.12, 0.12)

    def inside(points: FloatArray) -> FloatArray:
        along = np.clip(points[:, 0], -1 + thick, 1 - thick)
        axis = np.stack([along, bend * along**2, 0 * along], axis=1)
        width = thick * (1 - 0.25 * along**2)
        return np.asarray(width - np.linalg.norm(points - axis, axis=1), np.float32)

    return inside


def build_cast(rng: np.random.Generator) -> Solid:
    """A thin irregular cast of a duct, beaded, sometimes broken or forked."""
    count = int(rng.integers(7, 13))
    along = np.linspace(-1, 1, count)
    aside = np.cumsum(rng.normal(0.0, 0.09, (count, 2)), axis=0)
    centres = np.column_stack([along, aside]).astype(np.float32)
    radii = rng.uniform(0.09, 0.19, count)
    balls = [(centre, float(radius)) for centre, radius in zip(centres, radii, strict=True)]
    if rng.random() < 0.35:
        start = centres[count // 2]
        arm = np.array([0.75, rng.choice([-0.6, 0.6]), rng.normal(0.0, 0.2)], np.float32)
        balls += [(start + arm * share, 0.11) for share in np.linspace(0.15, 0.9, 5)]
    return _union(balls)


def build_teacup(rng: np.random.Generator) -> Solid:
    """Sediment in a small cyst: lies at the bottom, level on top; the third axis points up."""
    level = float(rng.uniform(-0.65, -0.45))

    def inside(points: FloatArray) -> FloatArray:
        bottom = 1 - np.linalg.norm(points, axis=1)
        return np.minimum(bottom, level - points[:, 2] + 0.25 * points[:, 0] ** 2).astype(
            np.float32
        )

    return inside


# Malignant calcifications are mostly hydroxyapatite, which attenuates about 2.5 times as much as
# calcium oxalate; the fine ones carry the upper end, as presentation processing lifts fine detail.
PARTICLE_FORMS: dict[str, ParticleForm] = {
    "round": ParticleForm((0.3, 0.9), (1.0, 1.6), build_sphere),
    "rim": ParticleForm((1.5, 4.0), (0.5, 0.9), build_shell),
    "coarse": ParticleForm((1.8, 4.0), (0.8, 1.2), build_popcorn),
    "large_rod_like": ParticleForm((2.5, 7.0), (1.2, 1.8), build_rod, aligned=True),
    "dystrophic": ParticleForm((0.9, 2.5), (0.8, 1.3), build_dystrophic),
    "milk_of_calcium": ParticleForm((0.8, 1.8), (0.45, 0.8), build_teacup),
    "amorphous": ParticleForm((0.20, 0.38), (1.6, 2.6), build_irregular),
    "coarse_heterogeneous": ParticleForm((0.5, 1.1), (0.9, 1.8), build_irregular),
    "fine_pleomorphic": ParticleForm((0.24, 0.55), (1.8, 3.4), build_irregular),
    "fine_linear_branching": ParticleForm((0.6, 2.0), (2.0, 3.2), build_cast, aligned=True),
}


def draw_turn(rng: np.random.Generator) -> FloatArray:
    """(3, 3) rotation, uniform over all."""
    matrix, upper = np.linalg.qr(rng.normal(size=(3, 3)))
    matrix = matrix * np.sign(np.diag(upper))
    matrix[:, 0] *= np.linalg.det(matrix)
    return np.asarray(matrix, np.float32)


def draw_aligned_turn(rng: np.random.Generator, axis: FloatArray, spread: float) -> FloatArray:
    """(3, 3) rotation whose first axis lies near `axis`, normal deviation `spread` a component."""
    first = axis + rng.normal(0.0, spread, 3)
    first = first / np.linalg.norm(first)
    helper = np.cross(first, rng.normal(size=3))
    helper /= np.linalg.norm(helper)
    return np.stack([first, helper, np.cross(first, helper)]).astype(np.float32)


def carve(solid: Solid, *, size_mm: float, calcium: float, turn: FloatArray) -> Particle:
    """Fill a solid with volume elements and scale it to a longest dimension of `size_mm`.

    `turn` holds the particle's axes as rows; the centre of mass moves to the origin.
    """
    half = int(np.clip(np.ceil(size_mm / ELEMENT_MM), *ELEMENTS))
    axis = np.linspace(-1.9, 1.9, 2 * half + 1, dtype=np.float32)
    grid = np.stack(np.meshgrid(axis, axis, axis, indexing="ij"), axis=-1).reshape(-1, 3)
    points = grid[solid(grid) >= 0]
    if len(points) == 0:
        points = np.zeros((1, 3), np.float32)
    spacing = float(axis[1] - axis[0])
    longest = _longest(points) + spacing
    scale = size_mm / longest
    placed = (points - points.mean(axis=0)) * scale
    return Particle(
        elements_mm=np.asarray(placed @ turn, np.float32),
        element_mm3=(spacing * scale) ** 3,
        calcium=calcium,
        size_mm=size_mm,
    )


def _longest(points: FloatArray) -> float:
    """Largest width of a point set over many directions."""
    index = np.arange(200) + 0.5
    height = 1 - index / 200
    ring = np.sqrt(1 - height**2)
    turn = np.pi * (1 + 5**0.5) * index
    directions = np.stack([height, ring * np.cos(turn), ring * np.sin(turn)]).astype(np.float32)
    spread = points @ directions
    return float((spread.max(axis=0) - spread.min(axis=0)).max())


def draw_particle(
    rng: np.random.Generator,
    morphology: str,
    *,
    largest_mm: float,
    axis: FloatArray,
) -> Particle:
    """One calcification of a morphology; KeyError for an unknown one.

    Args:
        rng: the particle's own stream.
        morphology: a key of `PARTICLE_FORMS`.
        largest_mm: upper limit of its size.
        axis: (3,) direction of the duct that aligned forms follow.
    """
    form = PARTICLE_FORMS[morphology]
    low, high = form.size_mm
    high = min(high, largest_mm)
    size = float(np.exp(rng.uniform(np.log(min(low, high)), np.log(high))))
    if form.build is build_teacup:
        turn = np.eye(3, dtype=np.float32)
    elif form.aligned:
        turn = draw_aligned_turn(rng, axis, 0.3)
    else:
        turn = draw_turn(rng)
    calcium = float(rng.uniform(*form.calcium))
    return carve(form.build(rng), size_mm=size, calcium=calcium, turn=turn)
