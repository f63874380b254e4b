"""The detector's blur: its presampled modulation transfer function."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import fft

FloatArray = NDArray[np.float32]
AnyFloatArray = NDArray[np.floating[Any]]

# Scintillator part of CsI at 100 um, fitted so that with the pixel's aperture the presampled
# transfer is .73 / .42 / .28 at 2 / 4 / 5 per mm (Vedantham 2000).
SCINTILLATOR_HALF_PER_MM = 4.5
SCINTILLATOR_POWER = 1.5
DETECTOR_PIXEL_MM = 0.1


def scintillator_mtf(frequency_per_mm: AnyFloatArray) -> FloatArray:
    """Transfer 0-1 of the scintillator alone at radial frequencies in cycles per mm; any shape.

    1 / (1 + (f / f_half)^p) with p <= 2: its point spread is positive and falls monotonically, so
    that no rim or halo appears beside a bright particle.
    """
    scaled = np.abs(np.asarray(frequency_per_mm, np.float64)) / SCINTILLATOR_HALF_PER_MM
    return (1.0 / (1.0 + scaled**SCINTILLATOR_POWER)).astype(np.float32)


def detector_mtf(frequency_per_mm: AnyFloatArray) -> FloatArray:
    """Presampled transfer 0-1 along a pixel axis: scintillator times aperture; any shape.

    Within .03 of the published points.
    """
    aperture = np.sinc(np.asarray(frequency_per_mm) * DETECTOR_PIXEL_MM)
    return (scintillator_mtf(frequency_per_mm) * aperture).astype(np.float32)


def blur_and_sample(fine: FloatArray, *, pixel_mm: float, factor: int) -> FloatArray:
    """Blur a supersampled patch by the detector's MTF and take the value at each pixel centre.

    The presampled MTF holds the pixel's aperture, so pixels are sampled and not averaged again.

    Args:
        fine: (h * factor, w * factor) patch, zero near its border.
        pixel_mm: pixel spacing of the result.
        factor: odd supersampling factor.

    Returns:
        (h, w) float32.

    Raises:
        ValueError: if the factor is even or does not divide the patch.
    """
    if factor % 2 == 0 or fine.shape[0] % factor or fine.shape[1] % factor:
        raise ValueError("factor must be odd and divide the patch")
    step_mm = pixel_mm / factor
    shape = tuple(fft.next_fast_len(size, real=True) for size in fine.shape)
    rows = fft.fftfreq(shape[0], step_mm)[:, None]
    columns = fft.rfftfreq(shape[1], step_mm)[None, :]
    spectrum = fft.rfft2(fine.astype(np.float32), s=shape)
    spectrum *= scintillator_mtf(np.hypot(rows, columns))
    spectrum *= np.sinc(rows * pixel_mm) * np.sinc(columns * pixel_mm)
    blurred = fft.irfft2(spectrum, s=shape)[: fine.shape[0], : fine.shape[1]]
    return np.ascontiguousarray(blurred[factor // 2 :: factor, factor // 2 :: factor], np.float32)
