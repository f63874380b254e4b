"""Floors: halves never share an image, both sides are of one size, and a difference stands out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from generation.quality.floors import draw_rows, measure_against, measure_floor

IntArray = NDArray[np.int64]

GROUPS = np.repeat(np.arange(9), [1, 2, 3, 5, 8, 13, 21, 34, 55])


def test_halves_share_no_image_and_are_of_one_size() -> None:
    sizes = []

    def watch(first: IntArray, second: IntArray) -> float:
        assert not set(GROUPS[first]) & set(GROUPS[second])
        assert len(set(first)) == len(first) == len(second)
        sizes.append(len(first))
        return 0.0

    found = measure_floor(watch, GROUPS, patches=20, splits=30)
    assert found.images == 4
    assert found.patches == min(sizes)
    assert max(sizes) == 20


def test_mean_and_spread_are_those_of_the_values() -> None:
    values = iter([1.0, 2.0, 6.0])
    found = measure_floor(lambda _first, _second: next(values), GROUPS, patches=9, splits=3)
    assert (found.mean, found.values) == (3.0, (1.0, 2.0, 6.0))
    assert found.sd == pytest.approx(np.std([1, 2, 6], ddof=1))


def test_others_are_measured_at_the_floors_size() -> None:
    others = np.repeat(np.arange(20), 10)

    def watch(first: IntArray, second: IntArray) -> float:
        assert len(first) == len(second) <= 20
        assert len(set(GROUPS[first])) <= 4
        assert len(set(others[second])) <= 4
        return 0.0

    assert measure_against(watch, GROUPS, others, patches=20).images == 4


def test_a_layout_is_never_on_both_sides_of_a_paired_draw() -> None:
    groups = np.repeat(np.arange(8), 5)

    def share(first: IntArray, second: IntArray) -> float:
        return float(bool(set(groups[first]) & set(groups[second])))

    assert measure_against(share, groups, groups, patches=20, splits=30, paired=True).mean == 0
    assert measure_against(share, groups, groups, patches=20, splits=30).mean > 0.5


def test_another_mean_stands_out_of_the_floor() -> None:
    rng = np.random.default_rng(0)
    groups = np.repeat(np.arange(30), 10)
    real, other = rng.standard_normal(300), rng.standard_normal(300) + 1
    floor = measure_floor(lambda a, b: abs(real[a].mean() - real[b].mean()), groups, patches=100)
    apart = measure_against(
        lambda a, b: abs(real[a].mean() - other[b].mean()), groups, groups, patches=100
    )
    assert apart.mean > floor.mean + 3 * floor.sd


@given(st.lists(st.integers(1, 12), min_size=1, max_size=8), st.integers(0, 60), st.integers(0, 99))
def test_rows_are_drawn_as_evenly_as_the_images_allow(
    sizes: list[int], count: int, seed: int
) -> None:
    groups = np.repeat(np.arange(len(sizes)), sizes)
    rows = draw_rows(groups, np.arange(len(sizes)), count, np.random.default_rng(seed))
    assert len(rows) == len(set(rows.tolist())) == min(count, len(groups))
    drawn = np.bincount(groups[rows], minlength=len(sizes))
    # An image gives fewer than the most generous one by two or more only when it has no more.
    assert all(n == sizes[i] for i, n in enumerate(drawn) if n < drawn.max() - 1)


def test_too_few_images_are_refused() -> None:
    with pytest.raises(ValueError, match="3 images cannot be halved"):
        measure_floor(lambda _a, _b: 0.0, np.repeat(np.arange(3), 5), patches=5)
    with pytest.raises(ValueError, match="0 other"):
        measure_against(lambda _a, _b: 0.0, GROUPS, np.array([], np.int64), patches=5)
