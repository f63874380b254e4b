"""Power-law exponent of breast texture: how fast the spectrum of an image falls.

Source: Burgess, Med Phys 28, 2001; measured here as in Chen et al. 2012 (PMC3298563): digital
mammograms CC 3.17 +- .226, MLO 3.30 +- .236.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]

REGION_PX = 256
STEP_PX = REGION_PX // 2
# Cycles per pixel of 0.1 mm between which the fit is made.
FIT_RANGE = (0.012, 0.06)


def cut_regions(grey: FloatArray, inside: BoolArray) -> FloatArray:
    """(N, 256, 256) regions at half overlap that lie wholly inside.

    Args:
        grey: (H, W) at 0.1 mm.
        inside: (H, W) interior of the breast.
    """
    height, width = grey.shape
    corners = [
        (y, x)
        for y in range(0, height - REGION_PX + 1, STEP_PX)
        for x in range(0, width - REGION_PX + 1, STEP_PX)
        if inside[y : y + REGION_PX, x : x + REGION_PX].all()
    ]
    if not corners:
        return np.zeros((0, REGION_PX, REGION_PX), np.float32)
    return np.stack([grey[y : y + REGION_PX, x : x + REGION_PX] for y, x in corners])


def measure_radial_power(regions: FloatArray) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(frequency in cycles per pixel, mean power) by ring, Hann-windowed, mean removed.

    Args:
        regions: (N, n, n) grey.

    Returns:
        Two (R,) arrays, from frequency 0 to the spectrum's corner in steps of 1 / n.

    Raises:
        ValueError: if there is no region.
    """
    if len(regions) == 0:
        raise ValueError("no region lies inside the breast")
    size = regions.shape[-1]
    window = np.outer(np.hanning(size), np.hanning(size))
    flat = regions - regions.mean(axis=(1, 2), keepdims=True)
    power = (np.abs(np.fft.fft2(flat * window)) ** 2).mean(axis=0)
    f = np.hypot(np.fft.fftfreq(size)[:, None], np.fft.fftfreq(size)[None, :])
    rings = np.round(f * size).astype(int)
    count = np.bincount(rings.ravel())
    radial = np.bincount(rings.ravel(), power.ravel()) / count
    return np.arange(len(radial)) / size, radial


def fit_exponent(regions: FloatArray) -> float:
    """Exponent b of the mean power spectrum, power ~ 1 / f^b.

    Args:
        regions: (N, n, n) grey.

    Raises:
        ValueError: if there is no region.
    """
    frequency, radial = measure_radial_power(regions)
    fitted = (frequency >= FIT_RANGE[0]) & (frequency <= FIT_RANGE[1])
    slope, _ = np.polyfit(np.log(frequency[fitted]), np.log(radial[fitted]), 1)
    return -float(slope)
