"""What the beam sees of the 3D tissue: sums along it, laid on the image."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation.anatomy.geometry import Outline
from generation.anatomy.resampling import centres
from generation.anatomy.tissue import VOXEL_MM, Tissue
from generation.frame import oblique_mm
from generation.spec import CaseSpec

FloatArray = NDArray[np.float32]

CHORD_STEPS = 40


def project_tissue(tissue: Tissue, spec: CaseSpec, view: str) -> tuple[FloatArray, FloatArray]:
    """Mean gland fraction and wall share along the beam: (depth, across), across upwards.

    CC sums over superior, the MLO over the direction square to its upward axis.
    """
    inside = tissue.inside.astype(np.float32)
    stacks = [tissue.gland, tissue.walls * inside, inside]
    if view == "cc":
        gland, walls, chord = (values.sum(axis=2) for values in stacks)
    else:
        gland, walls, chord = _sum_obliquely(stacks, spec)
    chord = np.maximum(chord, 1)
    return np.asarray(gland / chord, np.float32), np.asarray(walls / chord, np.float32)


def _sum_obliquely(stacks: list[FloatArray], spec: CaseSpec) -> list[FloatArray]:
    """(depth, across) sums over the oblique beam, in plane bilinear."""
    count = stacks[0].shape[1]
    middle = (count - 1) / 2
    up = (np.arange(count) - middle)[:, None]
    beam = np.linspace(-middle, middle, CHORD_STEPS)[None, :]
    lateral_up = oblique_mm(1.0, 0.0, spec.mlo_angle_deg)
    superior_up = oblique_mm(0.0, 1.0, spec.mlo_angle_deg)
    lateral = (middle + up * lateral_up - beam * superior_up).ravel()
    superior = (middle + up * superior_up + beam * lateral_up).ravel()
    corners = _bilinear_corners(lateral, superior, count)
    sums = []
    for values in stacks:
        flat = values.reshape(len(values), -1)
        sampled = sum(weight * flat[:, index] for index, weight in corners)
        sums.append(np.asarray(sampled).reshape(len(values), count, CHORD_STEPS).sum(axis=2))
    return sums


def _bilinear_corners(
    row: NDArray[np.float64], column: NDArray[np.float64], count: int
) -> list[tuple[NDArray[np.int64], FloatArray]]:
    """Flat index and weight of the four neighbours of each point of a square grid; 0 outside."""
    top, left = np.floor(row).astype(int), np.floor(column).astype(int)
    corners = []
    for down in (0, 1):
        for right in (0, 1):
            r, c = top + down, left + right
            weight = np.abs(1 - down - (row - top)) * np.abs(1 - right - (column - left))
            seen = (r >= 0) & (r < count) & (c >= 0) & (c < count)
            index = np.clip(r, 0, count - 1) * count + np.clip(c, 0, count - 1)
            corners.append((index, np.where(seen, weight, 0).astype(np.float32)))
    return corners


def place_map(values: FloatArray, outline: Outline, shape: tuple[int, ...]) -> FloatArray:
    """Resample a (depth, across) voxel map onto the view's 0.8 mm canvas, edges held."""
    y, x = centres(shape)
    depth = (outline.apex_x_mm - x) / VOXEL_MM - 0.5
    across = (outline.apex_y_mm - y) / VOXEL_MM + (values.shape[1] - 1) / 2
    points = np.stack(np.broadcast_arrays(depth[None, :], across[:, None]))
    return np.asarray(ndimage.map_coordinates(values, points, order=1, mode="nearest"), np.float32)
