"""Quantum noise of a lower dose; the base image already holds that of the usual one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation.physics.look import GreyTable

FloatArray = NDArray[np.float32]

# Relative noise of a pixel behind fat at the usual dose; about 1 % at 0.1 mm.
NOISE_AT_FAT = 0.01
CORRELATION_PX = 0.6


def add_quantum_noise(
    grey: FloatArray, *, table: GreyTable, dose: float, rng: np.random.Generator
) -> FloatArray:
    """Grey with the noise that a smaller share of the usual dose adds.

    Photon counts fall with dose and with attenuation, so log exposure gains a deviation of
    `NOISE_AT_FAT` sqrt((1 / dose - 1) exp(log exposure - log exposure of fat)).

    Args:
        grey: (H, W) grey 0-1.
        table: grey <-> log exposure.
        dose: share of the usual dose, 0-1; 1 gives the grey back.
        rng: draws the noise; the field does not depend on the grey.

    Raises:
        ValueError: if the dose is not in (0, 1].
    """
    if not 0 < dose <= 1:
        raise ValueError("dose must be above 0 and at most 1")
    if dose == 1:
        return grey
    noise = ndimage.gaussian_filter(
        rng.standard_normal(grey.shape, np.float32), CORRELATION_PX, truncate=4
    )
    noise /= np.float32(noise.std())
    exposure = table.to_log_exposure(grey)
    fat = float(table.to_log_exposure(np.array([0.2], np.float32))[0])
    deviation = NOISE_AT_FAT * np.sqrt((1 / dose - 1) * np.exp(exposure - fat))
    noisy = table.to_grey(exposure + deviation * noise)
    return np.where(grey > 0, noisy, grey).astype(np.float32)
