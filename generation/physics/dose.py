"""Quantum noise of a lower dose; the base image already holds that of the usual one.

How much: photons at the detector behind fat at the usual dose, and the share of them that counts.
Their relative fluctuation in a pixel is 1 / sqrt(photons), less what the detector's blur averages
away. How it looks: the detector's presampled MTF shapes quantum noise as it shapes the image, and
sampling folds back what lies beyond the pixel's Nyquist frequency.

Sources: 4,639 photons per mm2 and uGy (Mo/Mo at 28 kV behind 2 mm of aluminium, IEC 62220-1-2);
about 100 uGy at the detector (Marshall 2009, PMB 54:2845); a zero-frequency DQE of .55 (Vedantham
2000, Med Phys 27:558). Together 1.05 % at 0.1 mm. Not in it: electronic and structure noise, whose
share grows at doses far below the usual one.
"""

from __future__ import annotations

import itertools
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy import fft, ndimage

from generation.physics.attenuation import attenuation_per_cm
from generation.physics.blur import scintillator_mtf
from generation.physics.look import GreyTable

FloatArray = NDArray[np.float32]

PHOTONS_PER_MM2_UGY = 4639.0
DETECTOR_UGY = 100.0
DQE_AT_ZERO = 0.55
PIXEL_MM = 0.1
NYQUIST = 0.5 / PIXEL_MM
# Multiples of the sampling frequency that are folded back.
FOLDS = 3
TABLE_SIZE = 65


def add_quantum_noise(
    grey: FloatArray, *, table: GreyTable, dose: float, rng: np.random.Generator
) -> FloatArray:
    """Grey with the noise that a smaller share of the usual dose adds.

    Photon counts fall with dose and with attenuation, so log exposure gains a deviation of
    `noise_at_fat()` sqrt((1 / dose - 1) exp(log exposure - log exposure of fat)).

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
    exposure = table.to_log_exposure(grey)
    fat = attenuation_per_cm("adipose") * table.thickness_mm / 10.0
    relative = np.sqrt((1 / dose - 1) * np.exp(exposure - np.float32(fat)))
    noisy = table.to_grey(exposure + noise_at_fat() * relative * draw_noise(grey.shape, rng))
    return np.where(grey > 0, noisy, grey).astype(np.float32)


def noise_at_fat() -> float:
    """Relative noise (1 sd) of a pixel behind fat at the usual dose."""
    photons = PHOTONS_PER_MM2_UGY * DETECTOR_UGY * PIXEL_MM**2 * DQE_AT_ZERO
    return float(np.sqrt(_kept_variance() / photons))


def draw_noise(shape: tuple[int, ...], rng: np.random.Generator) -> FloatArray:
    """(H, W) field of mean 0 and deviation 1 with the correlation of quantum noise."""
    size = (fft.next_fast_len(shape[0], real=True), fft.next_fast_len(shape[1], real=True))
    white = rng.standard_normal(size, np.float32)
    spectrum = fft.rfft2(white) * _noise_filter(size)
    return np.asarray(fft.irfft2(spectrum, size)[: shape[0], : shape[1]], np.float32)


@cache
def _noise_filter(size: tuple[int, int]) -> FloatArray:
    """Amplitude at the frequencies of a real transform of (H, W) pixels, for unit variance."""
    step = NYQUIST / (TABLE_SIZE - 1)
    rows = np.abs(fft.fftfreq(size[0], PIXEL_MM))[:, None] / step
    columns = fft.rfftfreq(size[1], PIXEL_MM)[None, :] / step
    places = np.stack(np.broadcast_arrays(rows, columns)).astype(np.float32)
    power = ndimage.map_coordinates(_tabulate_power(), places, order=1, mode="nearest")
    return np.sqrt(power / _kept_variance()).astype(np.float32)


@cache
def _kept_variance() -> float:
    """Variance of a pixel's noise as a share of what it would be without the detector's blur."""
    return float(np.trapezoid(np.trapezoid(_tabulate_power())) / (TABLE_SIZE - 1) ** 2)


@cache
def _tabulate_power() -> FloatArray:
    """Squared MTF with what sampling folds onto it, at 0 to Nyquist per mm along both axes."""
    frequency = np.linspace(0, NYQUIST, TABLE_SIZE)
    power = np.zeros((TABLE_SIZE, TABLE_SIZE), np.float32)
    for fold_y, fold_x in itertools.product(range(-FOLDS, FOLDS + 1), repeat=2):
        y, x = (frequency + fold / PIXEL_MM for fold in (fold_y, fold_x))
        aperture = np.sinc(y * PIXEL_MM)[:, None] * np.sinc(x * PIXEL_MM)[None, :]
        power += (scintillator_mtf(np.hypot(y[:, None], x[None, :])) * aperture) ** 2
    return power
