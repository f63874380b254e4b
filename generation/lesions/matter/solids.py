"""Shapes of single calcifications as clouds of small volumes, of unit scale or in mm.

Compact shapes are implicit solids filled on a grid; threads (rods, casts, wires) are tubes filled
slice by slice along a path, so that a long thin thing costs no more than a short one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]
Solid = Callable[[FloatArray], FloatArray]

# Elements from a solid's middle to its end: few for fine particles, more for large ones.
ELEMENTS = (6, 15)
ELEMENT_MM = 0.035
SLICE_MM = 0.04
SLICE_POINTS = 14


@dataclass(frozen=True)
class Cloud:
    """Small volumes: (N, 3) places, (N,) volumes in the cube of the same unit, their width."""

    points: FloatArray
    volumes: FloatArray
    width: float

    def joined(self, other: Cloud) -> Cloud:
        return Cloud(
            np.concatenate([self.points, other.points]),
            np.concatenate([self.volumes, other.volumes]),
            max(self.width, other.width),
        )


def fill_solid(
    solid: Solid,
    *,
    size_mm: float,
    rng: np.random.Generator,
    mottling: float = 0.0,
    elements: tuple[int, int] = ELEMENTS,
) -> Cloud:
    """Fill a solid that lies within 1.9 units of the origin.

    Args:
        solid: (N, 3) points -> (N,) about the distance to the surface, positive inside.
        size_mm: size that the solid will have: says how finely it is filled.
        rng: jitters the elements, so that no grid shows.
        mottling: 0-1, how unevenly it is calcified.
        elements: fewest and most elements from the middle to the end.
    """
    rough = np.linspace(-1.9, 1.9, 20, dtype=np.float32)
    grid = _grid(rough, rough, rough)
    near = grid[solid(grid) >= -1.8 * (rough[1] - rough[0])]
    low, high = (near.min(0), near.max(0)) if len(near) else (-np.ones(3), np.ones(3))
    half = int(np.clip(np.ceil(size_mm / ELEMENT_MM), *elements))
    spacing = float((high - low).max()) / (2 * half)
    axes = [
        np.arange(a, b + spacing, spacing, dtype=np.float32) for a, b in zip(low, high, strict=True)
    ]
    grid = _grid(*axes)
    grid += rng.uniform(-0.5, 0.5, grid.shape).astype(np.float32) * np.float32(spacing)
    points = grid[solid(grid) >= 0]
    if len(points) == 0:
        points = np.zeros((1, 3), np.float32)
    volumes = np.full(len(points), spacing**3, np.float32)
    return Cloud(points, volumes * _mottle(points, mottling, rng), spacing)


def _grid(x: FloatArray, y: FloatArray, z: FloatArray) -> FloatArray:
    return np.stack(np.meshgrid(x, y, z, indexing="ij"), axis=-1).reshape(-1, 3)


def _mottle(points: FloatArray, strength: float, rng: np.random.Generator) -> FloatArray:
    """(N,) factors around 1 that vary slowly over the solid, never below a tenth."""
    if strength == 0:
        return np.ones(len(points), np.float32)
    waves = rng.normal(0.0, 3.0, (3, 6)).astype(np.float32)
    field = np.cos(points @ waves + rng.uniform(0, 2 * np.pi, 6)).sum(axis=1) / np.sqrt(3.0)
    return np.asarray(np.clip(1 + strength * field, 0.1, None), np.float32)


def fill_tube(
    path_mm: FloatArray,
    radii_mm: FloatArray,
    *,
    rng: np.random.Generator,
    hollow: float = 0.0,
) -> Cloud:
    """Fill a tube with round ends along a path.

    Args:
        path_mm: (M, 3) points of its middle line, M >= 2.
        radii_mm: (M,) radius at each.
        rng: turns the slices against each other.
        hollow: share of the radius that is empty, below 1.
    """
    steps = np.linalg.norm(np.diff(path_mm, axis=0), axis=1)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    count = max(int(np.ceil(along[-1] / SLICE_MM)), 2)
    at = (np.arange(count) + 0.5) * along[-1] / count
    middle = np.stack([np.interp(at, along, path_mm[:, axis]) for axis in range(3)], axis=1)
    radius = np.interp(at, along, radii_mm)
    # Round ends: the radius closes over its own length.
    to_end = np.minimum(at, along[-1] - at) / np.maximum(radius, 1e-6)
    radius = radius * np.sqrt(1 - (1 - np.clip(to_end, 0, 1)) ** 2)
    ahead = np.gradient(middle, axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True) + 1e-12
    aside = np.cross(ahead, _off_axis(ahead))
    aside /= np.linalg.norm(aside, axis=1, keepdims=True) + 1e-12
    upward = np.cross(ahead, aside)
    index = np.arange(SLICE_POINTS) + 0.5
    share = np.sqrt(hollow**2 + (1 - hollow**2) * index / SLICE_POINTS)
    angle = np.pi * (1 + 5**0.5) * index + rng.uniform(0, 2 * np.pi, (count, 1))
    ring = share * radius[:, None]
    points = (
        middle[:, None]
        + (ring * np.cos(angle))[..., None] * aside[:, None]
        + (ring * np.sin(angle))[..., None] * upward[:, None]
    ).reshape(-1, 3)
    area = np.pi * radius**2 * (1 - hollow**2)
    volumes = np.repeat(area * along[-1] / count / SLICE_POINTS, SLICE_POINTS)
    width = max(SLICE_MM, float(radius.max()) / SLICE_POINTS**0.5)
    return Cloud(points.astype(np.float32), volumes.astype(np.float32), width)


def _off_axis(ahead: NDArray[np.float64]) -> NDArray[np.float64]:
    """(M, 3) unit axes that none of the (M, 3) directions runs along."""
    return np.eye(3)[np.abs(ahead).argmin(axis=1)]


def join_clouds(clouds: list[Cloud]) -> Cloud:
    """One cloud of at least one."""
    whole = clouds[0]
    for cloud in clouds[1:]:
        whole = whole.joined(cloud)
    return whole


def measure_longest(points: FloatArray) -> float:
    """Largest width of a point set over many directions."""
    index = np.arange(200) + 0.5
    height = 1 - index / 200
    ring = np.sqrt(1 - height**2)
    turn = np.pi * (1 + 5**0.5) * index
    directions = np.stack([height, ring * np.cos(turn), ring * np.sin(turn)]).astype(np.float32)
    spread = points @ directions
    return float((spread.max(axis=0) - spread.min(axis=0)).max())
