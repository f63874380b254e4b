"""Drawn against unseen: honest sets pass, copies and a leaning of the whole set do not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generation.auditing import comparison
from generation.auditing.comparison import CHANCE, Distances, compare

IMAGES, PATCHES = 24, 4


@pytest.fixture(autouse=True)
def few_resamplings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparison, "RESAMPLINGS", 200)


def draw_distances(seed: int, *, scale: float = 1.0, images: int = IMAGES) -> Distances:
    """Patches of one image are alike, as real ones are."""
    rng = np.random.default_rng(seed)
    own = rng.normal(0, 0.03, images)
    values = scale * (0.74 + own[:, None] + rng.normal(0, 0.03, (images, PATCHES)))
    groups = np.repeat([f"{seed}/{number}" for number in range(images)], PATCHES)
    return Distances(values.ravel(), groups)


def with_copies(distances: Distances, count: int) -> Distances:
    values = distances.values.copy()
    values[: count * PATCHES] = 0.1
    return Distances(values, distances.groups)


def test_an_honest_set_is_not_blamed() -> None:
    outcomes = [compare(draw_distances(2 * n), draw_distances(2 * n + 1)) for n in range(12)]
    assert sum(each.chance < CHANCE for each in outcomes) <= 1
    assert sum(each.ratio < each.least for each in outcomes) <= 2
    assert np.mean([each.ratio for each in outcomes]) == pytest.approx(1, abs=0.02)
    assert all(each.interval[0] < each.ratio < each.interval[1] for each in outcomes)


def test_one_copy_is_found_by_itself_and_many_in_the_tail() -> None:
    honest = draw_distances(1)
    plain = compare(honest, draw_distances(2))
    assert plain.drawn.min() > plain.copy_limit
    one = compare(with_copies(honest, 1), draw_distances(2))
    assert one.drawn.min() < one.copy_limit
    many = compare(with_copies(honest, 9), draw_distances(2))
    assert many.below >= 9 * PATCHES
    assert many.chance < CHANCE


def test_a_set_that_leans_towards_the_training_images_is_found_in_the_body() -> None:
    outcome = compare(draw_distances(1, scale=0.9), draw_distances(2))
    assert outcome.ratio < outcome.least < 1
    assert outcome.interval[1] < 1


def test_the_limit_is_the_first_percentile_of_the_unseen() -> None:
    outcome = compare(draw_distances(1), draw_distances(2, images=100))
    assert (outcome.unseen < outcome.limit).mean() <= 0.01
    assert (outcome.unseen <= outcome.limit).mean() == pytest.approx(0.01, abs=0.0051)
    assert np.median(outcome.unseen) == pytest.approx(1)


@settings(max_examples=5, deadline=None)
@given(factor=st.floats(0.01, 100))
def test_units_drop_out(factor: float) -> None:
    ours, theirs = draw_distances(3), draw_distances(4)
    plain = compare(ours, theirs)
    scaled = compare(
        Distances(factor * ours.values, ours.groups),
        Distances(factor * theirs.values, theirs.groups),
    )
    assert scaled.ratio == pytest.approx(plain.ratio)
    assert scaled.limit == pytest.approx(plain.limit)
    assert abs(scaled.below - plain.below) <= 1


def test_it_repeats() -> None:
    ours, theirs = draw_distances(5), draw_distances(6)
    first, second = compare(ours, theirs), compare(ours, theirs)
    assert (first.chance, first.interval) == (second.chance, second.interval)


def test_nothing_to_compare_is_said() -> None:
    nothing = Distances(np.zeros(0), np.zeros(0, np.str_))
    with pytest.raises(ValueError, match="nothing to compare"):
        compare(nothing, draw_distances(1))
    with pytest.raises(ValueError, match="are training images"):
        compare(draw_distances(1), draw_distances(1, scale=0))
