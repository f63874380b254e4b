"""The spectrum's exponent on fields whose exponent is known."""

import numpy as np
import pytest

from generation.quality.spectrum import cut_regions, fit_exponent


def draw_power_law(exponent: float, size: int = 1024) -> np.ndarray:
    rng = np.random.default_rng(0)
    f = np.hypot(np.fft.fftfreq(size)[:, None], np.fft.rfftfreq(size)[None, :])
    f[0, 0] = 1
    shaped = np.fft.rfft2(rng.standard_normal((size, size))) * f ** (-exponent / 2)
    field = np.fft.irfft2(shaped, (size, size))
    return ((field - field.mean()) / field.std()).astype(np.float32)


@pytest.mark.parametrize("exponent", [0.0, 2.0, 3.0])
def test_known_exponent_is_found(exponent: float) -> None:
    field = draw_power_law(exponent)
    found = fit_exponent(cut_regions(field, np.ones(field.shape, bool)))
    assert found == pytest.approx(exponent, abs=0.15)


def test_regions_lie_wholly_inside() -> None:
    inside = np.zeros((600, 600), bool)
    inside[:300, :300] = True
    assert cut_regions(np.zeros(inside.shape, np.float32), inside).shape == (1, 256, 256)


def test_no_region_is_an_error() -> None:
    nothing = cut_regions(np.zeros((300, 300), np.float32), np.zeros((300, 300), bool))
    with pytest.raises(ValueError, match="no region"):
        fit_exponent(nothing)
