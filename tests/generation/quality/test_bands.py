"""Octave bands: white noise is flat, a band that is lifted is the one that is seen."""

import numpy as np
import pytest
from scipy import ndimage

from generation.quality.bands import BANDS_PER_MM, measure_bands


def test_bands_are_octaves_up_to_nyquist() -> None:
    assert BANDS_PER_MM[-1] == (2.5, 5.0)
    assert all(high == 2 * low for low, high in BANDS_PER_MM)


def test_white_noise_is_flat() -> None:
    noise = np.random.default_rng(0).standard_normal((12, 256, 256)).astype(np.float32)
    assert np.ptp(measure_bands(noise)) < 1.0


@pytest.mark.parametrize("band", [2, 3, 4, 5])
def test_a_lifted_band_is_found(band: int) -> None:
    noise = np.random.default_rng(1).standard_normal((8, 256, 256))
    f = np.hypot(np.fft.fftfreq(256)[:, None], np.fft.fftfreq(256)[None, :]) / 0.1
    low, high = BANDS_PER_MM[band]
    lifted = np.fft.ifft2(np.fft.fft2(noise) * np.where((f >= low) & (f < high), 2, 1)).real
    change = measure_bands(lifted.astype(np.float32)) - measure_bands(noise.astype(np.float32))
    assert change[band] == pytest.approx(6.0, abs=0.5)
    assert np.abs(np.delete(change, band)).max() < 1.5


def test_blur_takes_the_fine_bands() -> None:
    noise = np.random.default_rng(2).standard_normal((4, 256, 256)).astype(np.float32)
    blurred = ndimage.gaussian_filter(noise, (0, 2, 2))
    change = measure_bands(blurred) - measure_bands(noise)
    assert change[0] > -1
    assert change[-1] < -20
    assert (np.diff(change) < 0).all()
