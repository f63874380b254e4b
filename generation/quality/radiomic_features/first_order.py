"""First-order features: the distribution of grey, wherever it lies.

Source: pyradiomics 3.0.1 `radiomics.firstorder`; left out are total energy, a multiple of
energy, and the mean, which scaling and the wavelets make zero.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

GreyArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

# Added before squares are summed, so that grey about 0 does not fold.
ENERGY_SHIFT = 300.0


def measure_first_order(grey: GreyArray, levels: IntArray) -> dict[str, float]:
    """Sixteen features of one image.

    Args:
        grey: (H, W) scaled grey.
        levels: (H, W) the same in levels from 1.
    """
    flat = grey.ravel()
    p10, p25, median, p75, p90 = np.percentile(flat, [10, 25, 50, 75, 90])
    mean = flat.mean()
    off = flat - mean
    variance = (off**2).mean()
    spread = variance if variance > 0 else 1.0
    inner = flat[(flat >= p10) & (flat <= p90)]
    shares = np.bincount(levels.ravel()) / flat.size
    energy = ((flat + ENERGY_SHIFT) ** 2).sum()
    found = {
        "Energy": energy,
        "Entropy": -(shares * np.log2(shares + np.spacing(1))).sum(),
        "Minimum": flat.min(),
        "10Percentile": p10,
        "90Percentile": p90,
        "Maximum": flat.max(),
        "Median": median,
        "InterquartileRange": p75 - p25,
        "Range": np.ptp(flat),
        "MeanAbsoluteDeviation": np.abs(off).mean(),
        "RobustMeanAbsoluteDeviation": np.abs(inner - inner.mean()).mean(),
        "RootMeanSquared": np.sqrt(energy / flat.size),
        "Skewness": (off**3).mean() / spread**1.5,
        "Kurtosis": (off**4).mean() / spread**2,
        "Variance": variance,
        "Uniformity": (shares**2).sum(),
    }
    return {name: float(value) for name, value in found.items()}
