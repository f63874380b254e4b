"""Grids of one view: 0.8 mm for what the coarse channel shows, 0.2 mm for the condition map."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation.anatomy.texture import COARSE_STEP, FINE_MM

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]

COARSE_MM = FINE_MM * COARSE_STEP


def centres(shape: tuple[int, ...]) -> tuple[FloatArray, FloatArray]:
    """Centres (y, x) in mm of the rows and columns of a 0.8 mm map."""
    y, x = ((np.arange(n, dtype=np.float32) + 0.5) * np.float32(COARSE_MM) for n in shape)
    return y, x


def fill_outwards(values: FloatArray, mask: BoolArray) -> FloatArray:
    """Values just outside the breast from those inside, so that enlarging darkens no border."""
    weight = ndimage.uniform_filter(mask.astype(np.float32), 5)
    near = ndimage.uniform_filter(np.where(mask, values, 0), 5)
    return np.where(mask, values, near / np.maximum(weight, 0.04)).astype(np.float32)


def shrink(values: FloatArray, step: int) -> FloatArray:
    """Mean over blocks of `step` pixels."""
    height, width = (size // step for size in values.shape)
    return np.asarray(values.reshape(height, step, width, step).mean(axis=(1, 3)), np.float32)


def enlarge(values: FloatArray, step: int) -> FloatArray:
    """Bilinear enlarging by a whole number, pixel centres kept in place."""
    for axis in (0, 1):
        size = values.shape[axis]
        at = np.clip((np.arange(size * step) + 0.5) / step - 0.5, 0, size - 1)
        first = np.minimum(at.astype(int), size - 2)
        share = (at - first).astype(np.float32)
        share = share[:, None] if axis == 0 else share[None, :]
        lower = values.take(first, axis=axis)
        values = lower + share * (values.take(first + 1, axis=axis) - lower)
    return values
