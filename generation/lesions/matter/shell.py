"""A thin wall around a body: the capsule of a lipoma, the rim of an oil cyst."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation.lesions.matter.grain import draw_grain
from generation.lesions.matter.projection import Projection, deposit
from generation.lesions.matter.surface import Surface
from generation.physics.blur import blur_and_sample

FloatArray = NDArray[np.float32]

FACTOR = 3
# Points of the wall lie so close, in mm, that no grid shows after the blur.
SPACING_MM = 0.07
LARGEST_COUNT = 400_000


@dataclass(frozen=True)
class Shell:
    """Points (N, 3) of a wall, mm, and the volume (N,) in mm3 that each stands for."""

    points: FloatArray
    volume: FloatArray


def draw_shell(
    rng: np.random.Generator, surface: Surface, *, wall_mm: float, patchy: float = 0.45
) -> Shell:
    """A wall of mean thickness `wall_mm` under a surface, thicker here and thinner there.

    `patchy` is the rms of the log thickness: from about 1 on the wall is broken into plates.
    """
    size = 2 * surface.largest_mm
    area = np.pi * size**2
    count = int(min(area / SPACING_MM**2, LARGEST_COUNT))
    directions = _spread_directions(count)
    radius = surface.radius_along(directions)
    spot = draw_grain(rng, period_mm=1.5 * size, exponent=2.2)
    log_wall = patchy * spot.at(directions * (size / 2))
    # Points thin out where the surface is farther from the centre: weighted by r^2.
    area_each = 4 * np.pi * radius**2 / count
    wall = np.exp(log_wall - patchy**2 / 2)
    wall = wall_mm * wall / np.average(wall, weights=area_each)
    inset = rng.uniform(0.0, 1.0, count) * wall
    points = directions * (radius - inset)[:, None]
    return Shell(points.astype(np.float32), (area_each * wall).astype(np.float32))


def _spread_directions(count: int) -> FloatArray:
    """(count, 3) unit vectors, evenly spread (a Fibonacci lattice)."""
    index = np.arange(count) + 0.5
    height = 1 - 2 * index / count
    turn = np.pi * (1 + 5**0.5) * index
    ring = np.sqrt(1 - height**2)
    points = np.stack([height, ring * np.cos(turn), ring * np.sin(turn)], axis=1)
    return np.asarray(points, np.float32)


def project_shell(
    shell: Shell, projection: Projection, *, half_px: int, pixel_mm: float
) -> FloatArray:
    """(2 * half_px + 1) square path through the wall in cm, detector blur included."""
    fine = deposit(
        projection.to_image_mm(shell.points),
        shell.volume,
        half_px=half_px * FACTOR + FACTOR // 2,
        pixel_mm=pixel_mm / FACTOR,
    )
    fine = ndimage.gaussian_filter(fine, 1.0)
    blurred = blur_and_sample(fine, pixel_mm=pixel_mm, factor=FACTOR) / 10.0
    return np.clip(blurred, 0.0, None).astype(np.float32)
