"""Reliability: published values, and what must hold of any form."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtr, ndtri

from trainer.measure.ability import Difficulty
from trainer.measure.reliability import (
    MINIMUM_READERS,
    alpha_of_variances,
    bound_alpha,
    compute_alpha,
    compute_information,
    correlate_forms,
    estimate_alpha,
    predict_reliability,
)

difficulties = st.lists(
    st.builds(Difficulty, st.floats(-3, 3), st.floats(0, 2)), min_size=1, max_size=40
)


def test_alpha_is_that_of_a_published_table() -> None:
    """Bland and Altman, BMJ 314:572 (1997): ten items of the mini-HAQ, alpha .95."""
    alpha = alpha_of_variances([1.116] * 10, 77.44)
    assert alpha == pytest.approx(10 / 9 * (1 - 11.16 / 77.44))
    assert alpha == pytest.approx(0.95, abs=0.005)


@pytest.mark.parametrize(
    ("alpha", "readers", "items", "low", "high", "within"),
    [
        # Evans' feldt1 as published by the MRC Cognition and Brain Sciences Unit.
        (0.913, 873, 20, 0.9044024, 0.9211588, 1e-7),
        # Bonett, statpsych: ci.cronbach(.05, .85, 7, 89), whose second freedom is a little larger.
        (0.85, 89, 7, 0.7971254, 0.8931436, 1e-4),
    ],
)
def test_its_interval_is_the_published_one(
    alpha: float, readers: int, items: int, low: float, high: float, within: float
) -> None:
    found = bound_alpha(alpha, readers=readers, items=items)
    assert found == pytest.approx((low, high), abs=within)


def test_kr20_by_hand() -> None:
    """Four readers, three items: p q of 3/16, 4/16, 3/16, totals 3, 2, 1, 0 of variance 5/4."""
    table = np.array([[1, 1, 1], [1, 1, 0], [1, 0, 0], [0, 0, 0]])
    assert compute_alpha(table) == pytest.approx(3 / 2 * (1 - (10 / 16) / (5 / 4)))


@given(st.integers(0, 2**32 - 1))
def test_items_that_agree_are_perfect_and_noise_is_worth_nothing(seed: int) -> None:
    rng = np.random.default_rng(seed)
    ability = rng.normal(size=60)
    assert compute_alpha(np.tile(ability[:, None], (1, 8))) == pytest.approx(1)
    alone = estimate_alpha(rng.normal(size=(400, 8)))
    assert alone.value is not None and abs(alone.value) < 0.35


def test_the_interval_covers_the_alpha_of_simulated_readers() -> None:
    """Items of equal loading: the true alpha is K rho / (1 + (K - 1) rho)."""
    rng = np.random.default_rng(4)
    k, rho = 10, 0.3
    true = k * rho / (1 + (k - 1) * rho)
    covered = 0
    for _ in range(200):
        common = rng.normal(size=(30, 1)) * np.sqrt(rho)
        found = estimate_alpha(common + rng.normal(size=(30, k)) * np.sqrt(1 - rho))
        assert found.low is not None and found.high is not None
        covered += found.low <= true <= found.high
    assert 0.90 <= covered / 200 <= 0.99


def test_too_few_readers_or_no_spread_give_no_figure() -> None:
    few = estimate_alpha(np.eye(MINIMUM_READERS - 1))
    assert (few.value, few.n, few.enough) == (None, MINIMUM_READERS - 1, False)
    assert estimate_alpha(np.ones((30, 5))).value is None
    assert estimate_alpha(np.empty((0, 0))).n == 0
    assert correlate_forms(np.ones(30), np.arange(30)).value is None
    assert not correlate_forms([1.0, 2.0], [2.0, 1.0]).enough


def test_the_correlation_of_forms_has_fishers_interval() -> None:
    """r = .5 of 30 pairs: tanh(atanh .5 -+ 1.96 / sqrt 27), .170 to .729."""
    rng = np.random.default_rng(1)
    a = rng.normal(size=30)
    noise = rng.normal(size=30)
    a, noise = a - a.mean(), noise - noise.mean()
    noise -= a * (noise @ a) / (a @ a)
    b = 0.5 * a / np.linalg.norm(a) + np.sqrt(0.75) * noise / np.linalg.norm(noise)
    found = correlate_forms(a, b)
    assert found.value == pytest.approx(0.5)
    assert (found.low, found.high) == pytest.approx((0.170, 0.729), abs=5e-4)


def test_information_at_each_chance_of_success_is_that_of_the_design() -> None:
    """design/learning.md: 100, 85, 77 and 67 % of the most at chances of .50, .75, .80, .85."""
    item = [Difficulty(0.0, 0.0)]
    most = compute_information(0.0, item)
    assert most == pytest.approx(2 / np.pi)
    for chance, share in ((0.75, 0.85), (0.80, 0.77), (0.85, 0.67)):
        theta = float(ndtri(chance))
        assert compute_information(theta, item) / most == pytest.approx(share, abs=0.006)


@given(difficulties, st.floats(-3, 3))
def test_more_items_tell_more_and_uncertain_ones_less(
    items: list[Difficulty], theta: float
) -> None:
    one = float(compute_information(theta, items))
    assert 0 < one <= len(items) * 2 / np.pi + 1e-9
    assert float(compute_information(theta, items * 2)) == pytest.approx(2 * one)
    told = predict_reliability([(item, 0.0) for item in items])
    twice = predict_reliability([(item, 0.0) for item in items * 2])
    assert 0 < told.marginal < twice.marginal < 1
    assert told.at_target == pytest.approx(1 - 1 / (1 + 1 / told.error**2))


def test_the_error_is_that_of_simulated_readers() -> None:
    """The most likely ability of readers at the target spreads by about the standard error."""
    rng = np.random.default_rng(2)
    items = [Difficulty(mean, 0.0) for mean in np.linspace(-1.5, 1.5, 60)]
    told = predict_reliability([(item, 0.0) for item in items])
    grid = np.linspace(-2, 2, 401)
    chances = ndtr(grid[:, None] - [item.mean for item in items])
    found = []
    for _ in range(300):
        right = rng.random(60) < ndtr([-item.mean for item in items])
        likelihood = np.log(np.where(right, chances, 1 - chances)).sum(axis=1)
        found.append(grid[likelihood.argmax()])
    assert np.std(found) == pytest.approx(told.error, rel=0.15)


def test_a_form_without_items_is_refused() -> None:
    with pytest.raises(ValueError, match="without an item"):
        predict_reliability([])
