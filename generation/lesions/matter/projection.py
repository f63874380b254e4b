"""How a finding's own 3D frame falls on the image of each view.

Points are mm from the finding's centre along the breast frame (depth, lateral, superior). Images
have the left breast's orientation: nipple at image right, outwards (CC) or up (MLO) at the top.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]


@dataclass(frozen=True)
class Projection:
    """Unit vectors (3,) of the image's x (right), y (down) and of the ray, orthogonal."""

    right: FloatArray
    down: FloatArray
    ray: FloatArray

    def to_image_mm(self, points_mm: FloatArray) -> FloatArray:
        """(N, 2) x, y in mm of (N, 3) points of the breast frame."""
        return np.asarray(points_mm @ np.stack([self.right, self.down], axis=1), np.float32)


def build_projection(view: str, mlo_angle_deg: float) -> Projection:
    """Projection of "cc" (along superior) or "mlo" (along the oblique); KeyError otherwise.

    The oblique is the one of `generation.frame.oblique_mm`.
    """
    angle = math.radians(mlo_angle_deg)
    sine, cosine = math.sin(angle), math.cos(angle)
    axes = {
        "cc": ((0.0, -1.0, 0.0), (0.0, 0.0, 1.0)),
        "mlo": ((0.0, -sine, -cosine), (0.0, cosine, -sine)),
    }
    down, ray = axes[view]
    return Projection(
        right=np.array([-1.0, 0.0, 0.0], np.float32),
        down=np.array(down, np.float32),
        ray=np.array(ray, np.float32),
    )


def deposit(
    points_mm: FloatArray, volumes_mm3: FloatArray, *, half_px: int, pixel_mm: float
) -> FloatArray:
    """Path length in mm of small volumes projected on a grid, bilinear, exact in total volume.

    Args:
        points_mm: (N, 2) image positions, mm from the grid's middle pixel.
        volumes_mm3: (N,) volume of each point.
        half_px: the grid is (2 * half_px + 1) square; points off it are dropped.
        pixel_mm: grid spacing.

    Returns:
        (2 * half_px + 1, 2 * half_px + 1) float32, mm of matter along the ray.
    """
    size = 2 * half_px + 1
    place = points_mm / pixel_mm + half_px
    low = np.floor(place).astype(np.int64)
    share = place - low
    flat = np.zeros(size * size, np.float64)
    for step_x in (0, 1):
        for step_y in (0, 1):
            x, y = low[:, 0] + step_x, low[:, 1] + step_y
            weight = np.abs(1 - step_x - share[:, 0]) * np.abs(1 - step_y - share[:, 1])
            on = (x >= 0) & (x < size) & (y >= 0) & (y < size)
            flat += np.bincount(
                (y * size + x)[on], weights=(weight * volumes_mm3)[on], minlength=size * size
            )
    return (flat.reshape(size, size) / pixel_mm**2).astype(np.float32)


def measure_long_axis(mask: NDArray[np.bool_], pixel_mm: float) -> float:
    """Largest distance between two pixels of a mask plus one pixel, mm; 0 for an empty mask."""
    if not mask.any():
        return 0.0
    # Only a row's two ends can be extreme; the farthest pair shows over enough directions.
    rows = np.flatnonzero(mask.any(axis=1))
    first = mask[rows].argmax(axis=1)
    last = mask.shape[1] - 1 - mask[rows, ::-1].argmax(axis=1)
    rows, columns = np.concatenate([rows, rows]), np.concatenate([first, last])
    angles = np.linspace(0.0, np.pi, 90, endpoint=False)
    spread = np.outer(columns, np.cos(angles)) + np.outer(rows, np.sin(angles))
    return float((spread.max(axis=0) - spread.min(axis=0)).max() + 1.0) * pixel_mm
