"""Patches of an image: where they lie, and what they hold."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from generation.auditing.patch_search import sum_boxes

BoolArray = NDArray[np.bool_]
Scalar = TypeVar("Scalar", bound=np.generic)

Place = tuple[int, int]

LEAST_INSIDE = 0.95


def choose_places(
    inside: BoolArray, *, edge_px: int, count: int, rng: np.random.Generator
) -> list[Place]:
    """Up to `count` random places of patches in the breast, half an edge apart or more.

    Args:
        inside: (h, w) where a patch may lie.
        edge_px: edge of the patches.
        count: places wanted; fewer where there is no room.
        rng: stream that picks.

    Returns:
        (row, column) of the upper left corners.
    """
    if min(inside.shape) < edge_px:
        return []
    share = sum_boxes(inside.astype(np.float64), edge_px) / edge_px**2
    free = share >= LEAST_INSIDE
    chosen: list[Place] = []
    reach = edge_px // 2
    while len(chosen) < count and free.any():
        rows, columns = np.nonzero(free)
        pick = int(rng.integers(len(rows)))
        row, column = int(rows[pick]), int(columns[pick])
        chosen.append((row, column))
        free[max(0, row - reach) : row + reach + 1, max(0, column - reach) : column + reach + 1] = 0
    return chosen


def cover_places(inside: BoolArray, *, edge_px: int, step_px: int) -> list[Place]:
    """Every place on a grid of `step_px` whose patch lies in the breast."""
    if min(inside.shape) < edge_px:
        return []
    share = sum_boxes(inside.astype(np.float64), edge_px)[::step_px, ::step_px] / edge_px**2
    rows, columns = np.nonzero(share >= LEAST_INSIDE)
    return [
        (int(row), int(column))
        for row, column in zip(rows * step_px, columns * step_px, strict=True)
    ]


def cut(image: NDArray[Scalar], place: Place, edge_px: int) -> NDArray[Scalar]:
    """(edge, edge) patch of (h, w)."""
    row, column = place
    return image[row : row + edge_px, column : column + edge_px]
