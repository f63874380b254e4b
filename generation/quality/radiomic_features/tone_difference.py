"""Neighbourhood grey tone difference (NGTDM): how far a pixel is from the mean of those around it.

Source: pyradiomics 3.0.1 `radiomics.ngtdm` at distance 1.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

IntArray = NDArray[np.int64]

AROUND = np.array([[1, 1, 1], [1, 0, 1], [1, 1, 1]], np.float64)


def measure_tone_difference(levels: IntArray) -> dict[str, float]:
    """Five features of (H, W) levels from 1; at the edge those neighbours count that exist."""
    around = ndimage.convolve(levels.astype(np.float64), AROUND, mode="constant")
    there = ndimage.convolve(np.ones(levels.shape), AROUND, mode="constant")
    off = np.abs(levels - around / there)
    counts = np.bincount(levels.ravel())
    held = counts > 0
    level = np.flatnonzero(held).astype(np.float64)
    p = counts[held] / levels.size
    s = np.bincount(levels.ravel(), off.ravel())[held]
    step = np.abs(level[:, None] - level[None, :])
    pairs = p[:, None] + p[None, :]
    weighted = p * s
    total = float(weighted.sum())
    spread = float(np.abs((level * p)[:, None] - (level * p)[None, :]).sum())
    contrast = (p[:, None] * p[None, :] * step**2).sum() * s.sum() / levels.size
    kinds = len(level)
    return {
        "Coarseness": 1 / total if total > 0 else 1e6,
        "Contrast": float(contrast / (kinds * (kinds - 1))) if kinds > 1 else 0.0,
        "Busyness": total / spread if spread > 0 else 0.0,
        "Complexity": float(
            (step * (weighted[:, None] + weighted[None, :]) / pairs).sum() / levels.size
        ),
        "Strength": float((pairs * step**2).sum() / s.sum()) if s.sum() > 0 else 0.0,
    }
