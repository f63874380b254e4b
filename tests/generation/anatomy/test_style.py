"""Style of texture: what the two numbers measure, and what they do not."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import ndimage

from generation.anatomy.style import (
    FINE_MEAN,
    FINE_SD,
    MIDDLE_SD,
    PLAIN_STYLE,
    TextureStyle,
    measure_style,
)

SHAPE = (200, 200)
INSIDE = np.ones(SHAPE, bool)


def draw_noise(*, sigma: float = 0.0, seed: int = 0) -> NDArray[np.float32]:
    """(200, 200) noise of unit spread, smooth over `sigma` pixels."""
    noise = np.random.default_rng(seed).standard_normal(SHAPE)
    if sigma:
        noise = ndimage.gaussian_filter(noise, sigma)
    return np.asarray(noise / noise.std(), np.float32)


@pytest.mark.parametrize(
    ("sigma", "name", "spread"), [(0, "fine", FINE_SD), (3, "middle", MIDDLE_SD)]
)
def test_a_style_is_the_log_of_strength_in_spreads(sigma: float, name: str, spread: float) -> None:
    texture = draw_noise(sigma=sigma)
    weak, strong = (measure_style(0.4 + gain * texture, INSIDE) for gain in (0.01, 0.02))
    rise = getattr(strong, name) - getattr(weak, name)
    assert rise == pytest.approx(np.log(2) / spread, rel=1e-3)


def test_fine_and_middle_are_two_things() -> None:
    noise, strands = 0.01 * draw_noise(), 0.03 * draw_noise(sigma=3, seed=1)
    plain = measure_style(0.4 + 0.2 * noise + 0.2 * strands, INSIDE)
    noisy = measure_style(0.4 + noise + 0.2 * strands, INSIDE)
    streaky = measure_style(0.4 + 0.2 * noise + strands, INSIDE)
    assert noisy.fine > plain.fine + 2 and abs(noisy.middle - plain.middle) < 0.5
    assert streaky.middle > plain.middle + 2
    # Strands are sharp enough to show in the finest band a little.
    assert streaky.fine - plain.fine < 0.3 * (streaky.middle - plain.middle)


def test_noise_of_the_usual_strength_has_the_usual_style() -> None:
    texture = np.exp(FINE_MEAN) * draw_noise()
    # The band holds what a blur of a pixel takes away: nearly all of white noise.
    assert measure_style(0.4 + texture, INSIDE).fine == pytest.approx(0, abs=0.5)


def test_brightness_and_slopes_of_tissue_are_no_texture() -> None:
    texture = 0.01 * draw_noise() + 0.01 * draw_noise(sigma=3)
    slope = np.linspace(0, 0.4, SHAPE[1], dtype=np.float32)
    deep = np.zeros(SHAPE, bool)
    deep[40:-40, 40:-40] = True
    flat, sloping = (measure_style(grey, deep) for grey in (0.2 + texture, 0.3 + slope + texture))
    assert sloping.fine == pytest.approx(flat.fine, abs=0.05)
    assert sloping.middle == pytest.approx(flat.middle, abs=0.05)


def test_a_few_bright_specks_are_no_texture() -> None:
    grey = 0.4 + 0.01 * draw_noise() + 0.01 * draw_noise(sigma=3)
    specks = grey.copy()
    specks[::50, ::50] = 1
    plain, speckled = measure_style(grey, INSIDE), measure_style(specks, INSIDE)
    assert speckled.fine == pytest.approx(plain.fine, abs=0.1)


def test_only_the_inside_counts() -> None:
    grey = 0.4 + 0.01 * draw_noise() + 0.01 * draw_noise(sigma=3)
    half = INSIDE.copy()
    half[:, 100:] = False
    busy = grey.copy()
    # Farther away than the widest blur reaches.
    busy[:, 130:] += 0.3 * draw_noise(seed=2)[:, 130:]
    assert measure_style(busy, half) == measure_style(grey, half)


def test_too_little_breast_is_said() -> None:
    little = np.zeros(SHAPE, bool)
    little[:30, :30] = True
    with pytest.raises(ValueError, match="too little of the breast"):
        measure_style(np.zeros(SHAPE, np.float32), little)


def test_an_image_without_texture_has_a_finite_style() -> None:
    style = measure_style(np.full(SHAPE, 0.3, np.float32), INSIDE)
    assert np.isfinite([style.fine, style.middle]).all()
    assert style.fine < -10 and PLAIN_STYLE == TextureStyle(0, 0)
