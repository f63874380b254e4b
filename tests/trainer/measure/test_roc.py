import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from trainer.measure.roc import compute_delong_variance, estimate_area

# Hanley and McNeil, Radiology 143:29 (1982), table I: 109 CT images on a five-step scale.
NORMAL = np.repeat([1, 2, 3, 4, 5], [33, 6, 6, 11, 2])
ABNORMAL = np.repeat([1, 2, 3, 4, 5], [3, 2, 2, 11, 33])


def test_hanley_mcneil_example() -> None:
    area, variance = compute_delong_variance(ABNORMAL, NORMAL)
    # Area as published; DeLong's error and interval as Stata's manual prints them ([R] roctab).
    assert area == pytest.approx(0.8932, abs=5e-5)
    assert np.sqrt(variance) == pytest.approx(0.0307, abs=5e-5)
    roc = estimate_area(ABNORMAL, NORMAL)
    assert (roc.low, roc.high) == (pytest.approx(0.83295, abs=5e-6), pytest.approx(0.95339, 1e-5))
    assert (roc.n_positive, roc.n_negative, roc.enough) == (51, 58, True)


def test_worked_by_hand() -> None:
    # Pairs: 3 > 1, 3 > 2, 2 > 1, 2 = 2: 3.5 of 4. Cases win 1 and .75 of controls, controls lose
    # 1 and .75 of cases: each variance .03125, each over 2.
    area, variance = compute_delong_variance([3, 2], [1, 2])
    assert area == pytest.approx(0.875)
    assert variance == pytest.approx(0.03125)


def test_unmarked_is_the_lowest_rating() -> None:
    unmarked = compute_delong_variance([80, -np.inf, 40], [-np.inf, -np.inf, 10])
    assert unmarked == pytest.approx(compute_delong_variance([80, -1, 40], [-1, -1, 10]))


ratings = st.lists(st.integers(0, 6), min_size=2, max_size=30)


@given(positive=ratings, negative=ratings)
def test_area_is_that_of_scikit_learn(positive: list[int], negative: list[int]) -> None:
    area, variance = compute_delong_variance(positive, negative)
    truth = [1] * len(positive) + [0] * len(negative)
    assert area == pytest.approx(roc_auc_score(truth, positive + negative))
    assert variance >= 0


@given(positive=ratings, negative=ratings)
def test_interval_holds_the_area_and_never_claims_certainty(
    positive: list[int], negative: list[int]
) -> None:
    roc = estimate_area(positive, negative, minimum_n=2)
    assert roc.value is not None
    assert roc.low is not None
    assert roc.high is not None
    assert 0 <= roc.low <= roc.value <= roc.high <= 1
    assert roc.low < roc.high


@given(positive=ratings, negative=ratings)
def test_only_the_order_of_ratings_counts(positive: list[int], negative: list[int]) -> None:
    stretched = compute_delong_variance(np.exp(positive), np.exp(negative))
    assert stretched == pytest.approx(compute_delong_variance(positive, negative))
    area, variance = compute_delong_variance(negative, positive)
    assert (1 - area, variance) == pytest.approx(compute_delong_variance(positive, negative))


def test_perfect_separation_is_not_certainty() -> None:
    roc = estimate_area([5] * 10, [1] * 10)
    assert roc.value == 1
    assert roc.low == pytest.approx(0.025**0.1)  # exact one-sided bound of 10 in 10


def test_too_few_cases_of_a_class() -> None:
    roc = estimate_area([1] * 40, [1] * 9, minimum_n=10)
    assert (roc.value, roc.enough, roc.n_negative) == (None, False, 9)


def test_bad_ratings() -> None:
    with pytest.raises(ValueError, match="two cases"):
        compute_delong_variance([1], [1, 2])
    with pytest.raises(ValueError, match="not a number"):
        compute_delong_variance([1, np.nan], [1, 2])
