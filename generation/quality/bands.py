"""Power of texture in octave bands: where between 13 mm and 0.2 mm an image has too little."""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from generation.quality.spectrum import measure_radial_power

FloatArray = NDArray[np.float32]

PIXEL_MM = 0.1
# Edges in cycles per mm: from period 12.8 mm, twice in a region of 256 px, to the pixels' Nyquist.
EDGES_PER_MM = tuple(5.0 / 2**n for n in range(6, -1, -1))
BANDS_PER_MM = tuple(itertools.pairwise(EDGES_PER_MM))


def measure_bands(regions: FloatArray) -> NDArray[np.float64]:
    """(6,) mean power in dB of each band of `BANDS_PER_MM`.

    Args:
        regions: (N, n, n) grey 0-1 at 0.1 mm.

    Raises:
        ValueError: if there is no region.
    """
    return sum_bands(*measure_radial_power(regions))


def sum_bands(frequency: NDArray[np.float64], power: NDArray[np.float64]) -> NDArray[np.float64]:
    """(6,) dB of each band, from `measure_radial_power`; rings weigh as much as they are wide."""
    per_mm = frequency / PIXEL_MM
    levels = []
    for low, high in BANDS_PER_MM:
        held = (per_mm >= low) & (per_mm < high)
        mean = float((power[held] * frequency[held]).sum() / frequency[held].sum())
        levels.append(10 * np.log10(max(mean, 1e-20)))
    return np.array(levels)
