"""Moments and direction of texture on fields where they are known."""

import numpy as np
import pytest
from scipy import ndimage

from generation.quality.texture import (
    find_interior,
    measure_moments,
    measure_orientation,
    measure_texture,
)


def draw_stripes(degrees: float, count: int = 2) -> np.ndarray:
    """Noise smeared along a direction that rises by `degrees` from left to right."""
    noise = np.random.default_rng(3).standard_normal((count, 400, 400)).astype(np.float32)
    smeared = ndimage.gaussian_filter(noise, (0, 3, 20), mode="wrap")
    turned = ndimage.rotate(smeared, degrees, axes=(1, 2), reshape=False, mode="wrap")
    return turned[:, 72:328, 72:328]


@pytest.mark.parametrize("degrees", [-40.0, 0.0, 5.0, 22.5, 70.0])
def test_direction_of_stripes_is_found(degrees: float) -> None:
    found, coherence = measure_orientation(draw_stripes(degrees))
    assert found == pytest.approx(degrees, abs=4)
    assert coherence > 0.5


def test_noise_has_no_direction() -> None:
    noise = np.random.default_rng(0).standard_normal((6, 256, 256)).astype(np.float32)
    assert measure_orientation(noise)[1] < 0.15


def test_moments_of_known_distributions() -> None:
    rng = np.random.default_rng(1)
    kurtosis, skewness = measure_moments(rng.standard_normal((4, 256, 256)).astype(np.float32))
    assert kurtosis == pytest.approx(3, abs=0.05)
    assert skewness == pytest.approx(0, abs=0.03)
    kurtosis, skewness = measure_moments(rng.exponential(size=(4, 256, 256)).astype(np.float32))
    assert kurtosis == pytest.approx(9, abs=0.6)
    assert skewness == pytest.approx(2, abs=0.1)


def test_interior_leaves_the_skin_but_not_the_chest_wall() -> None:
    mask = np.zeros((800, 600), bool)
    mask[100:700, :500] = True
    interior = find_interior(mask)
    assert interior[400, 2]
    assert not interior[400, 430:].any()
    assert interior[400, 410]
    assert not interior[:175].any()
    assert not interior[625:].any()


def test_texture_of_one_image_and_of_none() -> None:
    grey = np.zeros((900, 700), np.float32)
    mask = np.zeros(grey.shape, bool)
    mask[50:850, :600] = True
    rng = np.random.default_rng(2)
    grey[mask] = ndimage.gaussian_filter(rng.standard_normal(grey.shape), 4)[mask]
    found = measure_texture(grey, mask)
    assert found is not None
    assert found.regions >= 4
    assert found.kurtosis == pytest.approx(3, abs=0.4)
    mask[:, 200:] = False
    assert measure_texture(grey, mask) is None
