import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from tests.trainer.measure.published import load_asah
from trainer.measure.areas import compare_areas
from trainer.measure.covariance import delong_covariance
from trainer.measure.localised import pair_ratings
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


# pROC 1.18 (Robin et al., BMC Bioinformatics 12:77, 2011), the expected values of its own tests:
# tests/testthat/test-var.R, test-cov.R, test-auc.R, test-ci.auc.R and test-roc.test.R.
@pytest.mark.parametrize(
    ("marker", "area", "variance"),
    [
        ("wfns", 0.823678861788618, 0.00146991470882363),
        ("s100b", None, 0.00266868245717244),
        ("ndka", 0.611957994579946, 0.0031908105493913),
    ],
)
def test_published_areas(marker: str, area: float | None, variance: float) -> None:
    found = compute_delong_variance(*load_asah()[marker])
    assert found[1] == pytest.approx(variance, abs=1e-15)
    # Of S100B the printed value is 73.14 %.
    assert found[0] == pytest.approx(area or 0.7314, abs=1e-12 if area else 5e-5)


def test_published_interval() -> None:
    roc = estimate_area(*load_asah()["ndka"])
    assert (roc.low, roc.high) == pytest.approx((0.501244999271703, 0.722670989888189))


@pytest.mark.parametrize(
    ("first", "second", "z", "p", "low", "high"),
    [
        ("wfns", "s100b", 2.20898359144091, 0.0271757822291882, 0.0104061769, 0.1742144192),
        ("wfns", "ndka", 2.79777591868904, 0.00514557970691098, 0.0634011709, 0.3600405634),
        ("ndka", "s100b", -1.39077002573558, 0.164295175223054, -0.2876917446, 0.0488706064),
    ],
)
def test_published_paired_tests(
    first: str, second: str, z: float, p: float, low: float, high: float
) -> None:
    data = load_asah()
    found = compare_areas(_pair(*data[first]), _pair(*data[second]))
    assert (found.value / found.error, found.p) == pytest.approx((z, p))
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-9)


def test_published_covariance() -> None:
    data = load_asah()
    kernel = np.stack([_pair(*data["s100b"]), _pair(*data["wfns"])])
    assert delong_covariance(kernel)[0, 1] == pytest.approx(0.00119615567376754, abs=1e-15)


def _pair(positive: np.ndarray, negative: np.ndarray) -> np.ndarray:
    return pair_ratings(positive[:, None], negative[None, :])


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
