"""Frechet radiomics distance: d squared by its formula, none to itself, more for worse."""

import numpy as np
import pytest
from scipy import linalg, ndimage

from generation.quality.radiomics import (
    discretise,
    extract_radiomics,
    measure_radiomics_distance,
    name_radiomics,
)

PATCHES = 12


def draw_patches(sigma: float, *, seed: int) -> np.ndarray:
    grain = np.random.default_rng(seed).standard_normal((PATCHES, 48, 48))
    smooth = ndimage.gaussian_filter(grain, (0, sigma, sigma))
    scaled = 0.4 + 0.1 * smooth / smooth.std()
    return (np.round(np.clip(scaled, 0, 1) * 255) / 255).astype(np.float32)


def test_nothing_lies_between_a_set_and_itself() -> None:
    rows = np.random.default_rng(0).standard_normal((40, 90))
    assert measure_radiomics_distance(rows, rows) == pytest.approx(0, abs=1e-9)


def test_it_is_the_frechet_distance_of_the_scaled_features() -> None:
    rng = np.random.default_rng(0)
    real, other = rng.standard_normal((60, 6)) * 7 + 3, rng.standard_normal((50, 6)) * 9 - 1
    a, b = ((rows - real.mean(0)) / real.std(0) for rows in (real, other))
    first, second = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    root = linalg.sqrtm(first @ second).real
    expected = ((a.mean(0) - b.mean(0)) ** 2).sum() + np.trace(first + second - 2 * root)
    assert measure_radiomics_distance(real, other) == pytest.approx(expected)


def test_units_do_not_matter_and_a_constant_feature_is_left_out() -> None:
    rng = np.random.default_rng(1)
    real, other = rng.standard_normal((30, 5)), rng.standard_normal((30, 5)) + 0.5
    scale = np.array([1, 1e6, 1e-6, 3, 50])
    plain = measure_radiomics_distance(real, other)
    assert measure_radiomics_distance(real * scale + 7, other * scale + 7) == pytest.approx(plain)
    constant = np.full((30, 1), 2.5)
    assert measure_radiomics_distance(
        np.hstack([real, constant]), np.hstack([other, constant + 1])
    ) == pytest.approx(plain)


def test_a_blur_is_far_and_a_stronger_one_farther() -> None:
    real = extract_radiomics(draw_patches(1.0, seed=0))
    same, slight, strong = (
        measure_radiomics_distance(real, extract_radiomics(draw_patches(sigma, seed=1)))
        for sigma in (1.0, 1.15, 1.6)
    )
    assert same < slight / 3
    assert slight < strong / 3


def test_brightness_and_contrast_are_scaled_away() -> None:
    patch = draw_patches(1.5, seed=2)[0]
    found, dimmed = name_radiomics(patch), name_radiomics(patch * np.float32(0.5))
    assert dimmed == pytest.approx(found, rel=1e-3, abs=0.1)


def test_rounding_about_zero_does_not_decide_a_level() -> None:
    image = np.array([[-1e-13, 1e-13, 0.0, 7.0, -7.0]])
    levels = discretise(image, 5.0)
    assert levels[0, 0] == levels[0, 1] == levels[0, 2]
    assert levels.min() == 1
    assert levels[0, 4] < levels[0, 2] < levels[0, 3]


def test_features_are_named_once_and_in_one_order() -> None:
    patches = draw_patches(1.0, seed=3)[:2]
    names = list(name_radiomics(patches[0]))
    assert len(set(names)) == len(names) == extract_radiomics(patches).shape[1]
    assert names == list(name_radiomics(patches[1]))
    assert extract_radiomics(patches[:0]).shape[0] == 0


def test_one_patch_has_no_spread() -> None:
    with pytest.raises(ValueError, match="two patches"):
        measure_radiomics_distance(np.zeros((1, 4)), np.zeros((9, 4)))
