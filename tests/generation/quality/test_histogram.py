"""Divergence of grey histograms."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generation.quality.histogram import BINS, count_greys, measure_divergence


def test_every_pixel_is_counted_once() -> None:
    regions = np.random.default_rng(0).random((3, 20, 20)).astype(np.float32)
    regions[0, 0, 0], regions[0, 0, 1] = 0.0, 1.0
    counts = count_greys(regions)
    assert counts.shape == (3, BINS)
    assert (counts.sum(axis=1) == 400).all()


def test_same_and_disjoint_histograms() -> None:
    dark = count_greys(np.full((2, 8, 8), 0.1, np.float32))
    bright = count_greys(np.full((2, 8, 8), 0.9, np.float32))
    assert measure_divergence(dark, dark) == pytest.approx(0, abs=1e-12)
    assert measure_divergence(dark, bright) == pytest.approx(1)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**31), st.floats(0.0, 0.3))
def test_symmetric_and_bounded(seed: int, shift: float) -> None:
    rng = np.random.default_rng(seed)
    one = count_greys(np.clip(rng.normal(0.3, 0.1, (2, 16, 16)), 0, 1).astype(np.float32))
    other = count_greys(np.clip(rng.normal(0.3 + shift, 0.1, (3, 16, 16)), 0, 1).astype(np.float32))
    value = measure_divergence(one, other)
    assert 0 <= value <= 1
    assert value == pytest.approx(measure_divergence(other, one))


def test_nothing_to_compare_is_an_error() -> None:
    with pytest.raises(ValueError, match="no pixel"):
        measure_divergence(np.zeros((0, BINS), np.int64), np.ones((1, BINS), np.int64))
