"""One level of the undecimated wavelet transform with coiflet 1: four images of the same size.

Source: pyradiomics 3.0.1 `getWaveletImage`, which calls pywt.swtn; the filter is pywt's "coif1"
(Daubechies, Ten Lectures on Wavelets, 1992). The transform repeats the image beyond its edges;
unlike pyradiomics we cut off what that reaches, a false edge which by itself moved the correlation
of neighbours more than tissue does.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

GreyArray = NDArray[np.float64]

LOW = np.array(
    [
        -0.01565572813546454,
        -0.0727326195128539,
        0.38486484686420286,
        0.8525720202122554,
        0.3378976624578092,
        -0.0727326195128539,
    ]
)
EDGE_PX = len(LOW) // 2
HIGH = LOW[::-1] * np.array([-1.0, 1.0] * 3)


def split_bands(grey: GreyArray, *, edge_px: int = EDGE_PX) -> dict[str, GreyArray]:
    """Images by name: H or L across columns (x) first, then across rows (y).

    Args:
        grey: (H, W).
        edge_px: cut off on every side.

    Returns:
        (H - 2 edge_px, W - 2 edge_px) images "LL", "LH", "HL", "HH".
    """
    inside = np.s_[edge_px : len(grey) - edge_px, edge_px : grey.shape[1] - edge_px]
    bands = {}
    for along, row_filter in (("L", LOW), ("H", HIGH)):
        rows = _filter(grey, row_filter, axis=1)
        for across, column_filter in (("L", LOW), ("H", HIGH)):
            bands[f"{along}{across}"] = _filter(rows, column_filter, axis=0)[inside]
    return bands


def _filter(grey: GreyArray, taps: GreyArray, *, axis: int) -> GreyArray:
    return np.asarray(ndimage.convolve1d(grey, taps, axis=axis, mode="wrap"))
