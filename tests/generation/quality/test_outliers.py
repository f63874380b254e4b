"""Extremes are held, the rest is left alone."""

import numpy as np

from generation.quality.outliers import limit_features
from generation.quality.radiomics import measure_radiomics_distance


def test_ordinary_values_stay_and_extremes_are_held() -> None:
    rng = np.random.default_rng(0)
    real = rng.standard_normal((200, 3))
    assert np.array_equal(limit_features(real, real), real)
    wild = real.copy()
    wild[0] = [1e6, -1e6, 0.5]
    held = limit_features(wild, real)
    assert np.array_equal(held[1:], real[1:])
    assert np.abs(held[0]).max() < 10


def test_one_wild_patch_no_longer_decides_a_distance() -> None:
    rng = np.random.default_rng(1)
    real, other = rng.standard_normal((60, 4)), rng.standard_normal((60, 4))
    calm = measure_radiomics_distance(real, other)
    other[0, 2] = 1e4
    assert measure_radiomics_distance(real, other) > 1000 * calm
    held = (limit_features(part, real) for part in (real, other))
    assert measure_radiomics_distance(*held) < 2 * calm
