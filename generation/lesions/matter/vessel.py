"""A calcified artery: plaques in the wall of a tortuous vessel, and the vessel that carries them.

The wall's calcium lies in a shell, so that both edges show as parallel tracks and the middle less;
the plaques are patchy and leave gaps, and the vessel goes on beyond them. Outer diameter 1.4-2.6 mm
and the sway are assumed from the look of breast arteries.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from generation.lesions.matter.particles import Particle
from generation.lesions.matter.solids import fill_tube
from generation.physics.attenuation import attenuation_per_cm

FloatArray = NDArray[np.float32]

BEYOND = 0.22
WALL_MM = (0.10, 0.22)
RING = 48
SLICE_MM = 0.05
PIECE_MM = 5.0
# Half the length of the longest plaque.
LONGEST_MM = 3.0


def draw_course(rng: np.random.Generator, size_mm: float, axes: FloatArray) -> FloatArray:
    """(N, 3) mm path: its middle part runs from one end of `size_mm` to the other.

    The path passes through both ends, which lie on the first axis; it sways between them.
    """
    share = np.linspace(-BEYOND, 1 + BEYOND, 400)
    aside = np.zeros((2, len(share)))
    for axis in range(2):
        for waves in (1.0, 2.0, 3.0, 4.0):
            size = rng.normal(0.0, 0.055 / waves**0.8) * size_mm
            aside[axis] += size * np.sin(np.pi * waves * share)
    along = size_mm * (share - 0.5)
    return np.asarray(np.stack([along, *aside], axis=1) @ axes, np.float32)


def _frame(path: FloatArray) -> tuple[FloatArray, FloatArray]:
    ahead = np.gradient(path, axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    axis = np.eye(3)[int(np.abs(ahead.mean(axis=0)).argmin())]
    aside = np.cross(ahead, axis)
    aside /= np.linalg.norm(aside, axis=1, keepdims=True)
    return aside.astype(np.float32), np.cross(ahead, aside).astype(np.float32)


def _lay_plaque(
    path: FloatArray, radius: float, rng: np.random.Generator
) -> tuple[FloatArray, FloatArray]:
    """Points (N, 3) mm and volumes (N,) mm3 of one plaque along a piece of the path."""
    length = float(np.linalg.norm(np.diff(path, axis=0), axis=1).sum())
    count = max(int(length / SLICE_MM), 2)
    at = np.linspace(0, len(path) - 1, count)
    middle = np.stack([np.interp(at, np.arange(len(path)), path[:, i]) for i in range(3)], axis=1)
    aside, upward = _frame(middle.astype(np.float32))
    angle = rng.uniform(0, 2 * np.pi, (count, RING))
    wall = rng.uniform(*WALL_MM)
    distance = radius + wall * rng.uniform(-0.5, 0.5, (count, RING))
    density = _draw_density(count, angle, rng)
    points = middle[:, None] + distance[..., None] * (
        np.cos(angle)[..., None] * aside[:, None] + np.sin(angle)[..., None] * upward[:, None]
    )
    volume = 2 * np.pi * radius * wall * length / count / RING
    kept = density > 0.02
    if not kept.any():
        kept[:], density[:] = True, 1.0
    return points[kept].astype(np.float32), (volume * density[kept]).astype(np.float32)


def _draw_density(
    count: int, angle: NDArray[np.float64], rng: np.random.Generator
) -> NDArray[np.float64]:
    """(count, RING) share of calcium: patches longer than wide, which fade at the plaque's ends."""
    rows = max(count // 16, 1) + 3
    patches = np.clip(rng.normal(0.15, 0.75, (rows, 9)), 0, 1.5)
    # The wall closes on itself, and one side often carries more.
    patches[:, -1] = patches[:, 0]
    patches *= 1 + 0.7 * np.cos(np.linspace(0, 2 * np.pi, 9) - rng.uniform(0, 2 * np.pi))
    row = np.repeat(np.linspace(0.5, rows - 1.5, count)[:, None], RING, 1)
    density = _interpolate(patches, row, angle / (2 * np.pi) * 8)
    grain = rng.lognormal(-0.2, 0.5, (max(count // 6, 2), 12))
    fine = np.linspace(0, len(grain) - 1.001, count)[:, None]
    density = density * _interpolate(grain, np.repeat(fine, RING, 1), angle / (2 * np.pi) * 11)
    ends = np.minimum(np.arange(count), np.arange(count)[::-1]) / max(0.2 * count, 1)
    ragged = ends[:, None] + 0.5 * np.cos(angle * 2 + rng.uniform(0, 2 * np.pi))
    return np.asarray(np.clip(density, 0, 2.2) * np.clip(ragged, 0, 1))


def _interpolate(
    values: NDArray[np.float64], row: NDArray[np.float64], column: NDArray[np.float64]
) -> NDArray[np.float64]:
    top, left = np.floor(row).astype(int), np.floor(column).astype(int)
    top, left = np.minimum(top, values.shape[0] - 2), np.minimum(left, values.shape[1] - 2)
    down, right = row - top, column - left
    upper = values[top, left] * (1 - right) + values[top, left + 1] * right
    lower = values[top + 1, left] * (1 - right) + values[top + 1, left + 1] * right
    return np.asarray(upper * (1 - down) + lower * down)


def draw_vessel(
    rng: np.random.Generator, *, size_mm: float, count: int, axes: FloatArray
) -> tuple[list[Particle], FloatArray, list[Particle], FloatArray]:
    """Plaques and the vessel around them.

    Args:
        rng: the finding's own stream.
        size_mm: distance of the outermost plaques' centres.
        count: number of plaques.
        axes: (3, 3) rows; the vessel runs along the first.

    Returns:
        plaques and their (count, 3) centres; pieces of soft vessel and their (M, 3) centres.
    """
    course, plaque, body = rng.spawn(3)
    path = draw_course(course, size_mm, axes)
    radius = float(course.uniform(0.6, 1.1))
    # The path's points are even along the axis, and it crosses the axis at both ends.
    first = BEYOND / (1 + 2 * BEYOND) * (len(path) - 1)
    last = len(path) - 1 - first
    centres = np.linspace(first, last, count) if count > 1 else np.array([(first + last) / 2])
    if count > 2:
        step = (last - first) / (count - 1)
        centres[1:-1] += plaque.uniform(-0.25, 0.25, count - 2) * step
    step = (last - first) / max(count - 1, 2)
    calcium = plaque.uniform(0.35, 0.9, count)
    plaques, places = [], []
    for centre, amount, stream in zip(centres, calcium, plaque.spawn(count), strict=True):
        half = min(step * stream.uniform(0.15, 0.75), LONGEST_MM / size_mm * (last - first))
        fine = np.linspace(max(centre - half, 0), min(centre + half, len(path) - 1), 24)
        piece = np.stack([np.interp(fine, np.arange(len(path)), path[:, i]) for i in range(3)], 1)
        points, volumes = _lay_plaque(piece, radius, stream)
        at = np.array([np.interp(centre, np.arange(len(path)), path[:, i]) for i in range(3)])
        plaques.append(_as_particle(points - at, volumes, 0.08, float(amount)))
        places.append(at)
    pieces, middles = _draw_body(path, radius, body)
    return plaques, np.stack(places).astype(np.float32), pieces, middles


def _as_particle(points: FloatArray, volumes: FloatArray, width: float, amount: float) -> Particle:
    size = 2 * float(np.linalg.norm(points, axis=1).max())
    return Particle(points.astype(np.float32), volumes, width, amount, size)


def _draw_body(
    path: FloatArray, radius: float, rng: np.random.Generator
) -> tuple[list[Particle], FloatArray]:
    """The vessel itself, wall and blood, in pieces; it narrows away at both ends."""
    blood = attenuation_per_cm("duct") / attenuation_per_cm("calcium_oxalate")
    share = np.linspace(-1, 1, len(path))
    radii = radius * np.clip(1.35 * (1 - share**4), 0.05, 1.0)
    length = float(np.linalg.norm(np.diff(path, axis=0), axis=1).sum())
    cuts = np.linspace(0, len(path) - 1, max(int(length / PIECE_MM), 2) + 1).astype(int)
    tube = fill_tube(path, radii.astype(np.float32), rng=rng)
    owner = np.searchsorted(
        cuts[1:-1] / (len(path) - 1), np.linspace(0, 1, len(tube.points)), side="right"
    )
    pieces, middles = [], []
    for index in range(len(cuts) - 1):
        held = owner == index
        at = tube.points[held].mean(axis=0)
        pieces.append(_as_particle(tube.points[held] - at, tube.volumes[held], tube.width, blood))
        middles.append(at)
    return pieces, np.stack(middles).astype(np.float32)
