import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from trainer.measure.agreement import (
    Weights,
    compute_fleiss_kappa,
    compute_kappa,
    estimate_kappa,
)

# Ten subjects, fourteen raters, five categories: the worked example of the Wikipedia article
# "Fleiss' kappa", which gives .210.
FLEISS = [
    [0, 0, 0, 0, 14],
    [0, 2, 6, 4, 2],
    [0, 0, 3, 5, 6],
    [0, 3, 9, 2, 0],
    [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0],
    [3, 2, 6, 3, 0],
    [2, 5, 3, 2, 2],
    [6, 5, 2, 1, 0],
    [0, 2, 2, 3, 7],
]


def test_fleiss_example() -> None:
    assert compute_fleiss_kappa(FLEISS) == pytest.approx(0.210, abs=5e-4)


# Fleiss, Psychol Bull 76:378 (1971): thirty patients, six psychiatrists, five diagnoses. Ratings
# as the R package irr has them (`diagnoses`), read from statsmodels (BSD),
# statsmodels/stats/tests/test_inter_rater.py, which quotes irr's .4302445; Fleiss printed .430.
DIAGNOSES = """444444 222555 233335 555555 222444 113333 333355 113334 114444 555555
    144444 124444 222333 144444 224445 333335 111455 111112 224444 133555
    555555 244444 224555 114444 144445 222224 111155 224444 133333 555555"""


def test_fleiss_diagnoses() -> None:
    counts = [[row.count(each) for each in "12345"] for row in DIAGNOSES.split()]
    assert np.sum(counts, axis=0).tolist() == [26, 26, 30, 55, 43]
    assert compute_fleiss_kappa(counts) == pytest.approx(0.4302445, abs=5e-8)


@pytest.mark.parametrize(
    ("weights", "kappa", "error", "low", "high"),
    [("none", 0.4842, 0.1380, 0.2137, 0.7547), ("linear", 0.4701, 0.1457, 0.1845, 0.7558)],
)
def test_published_standard_errors(
    weights: Weights, kappa: float, error: float, low: float, high: float
) -> None:
    """SAS's printed kappa, asymptotic error (Fleiss, Cohen and Everitt 1969) and limits.

    Quoted with its table in statsmodels (BSD), statsmodels/stats/tests/test_inter_rater.py.
    """
    table = [[0, 4, 1], [0, 8, 0], [0, 1, 5]]
    assert compute_kappa(table, weights=weights) == pytest.approx((kappa, error), abs=5e-5)
    found = estimate_kappa(table, weights=weights, minimum_n=1)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("weights", "kappa"), [("none", -0.006289308), ("linear", 0.1459075), ("quadratic", 0.2520325)]
)
def test_published_weighted_kappas(weights: Weights, kappa: float) -> None:
    """Of raters 2 and 3 of the R package irr's `anxiety`, quoted there too; irr drops level 5."""
    second = [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4]
    third = [2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2]
    levels = (1, 2, 3, 4, 6)
    table = np.zeros((5, 5))
    for row, column in zip(second, third, strict=True):
        table[levels.index(row), levels.index(column)] += 1
    assert compute_kappa(table, weights=weights)[0] == pytest.approx(kappa, abs=5e-8)


def test_worked_by_hand() -> None:
    # 35 of 50 agree; by chance .5 x .6 + .5 x .4 = .5.
    kappa, error = compute_kappa([[20, 5], [10, 15]])
    assert kappa == pytest.approx(0.4)
    # Of 2,000 redrawn sets of cases, the deviation of kappa.
    rng = np.random.default_rng(1)
    redrawn = rng.multinomial(50, np.array([20, 5, 10, 15]) / 50, size=2000).reshape(-1, 2, 2)
    assert error == pytest.approx(np.std([compute_kappa(one)[0] for one in redrawn]), rel=0.06)


@pytest.mark.parametrize("weights", ["none", "linear", "quadratic"])
@given(pairs=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=5, max_size=40))
def test_kappa_is_that_of_scikit_learn(weights: Weights, pairs: list[tuple[int, int]]) -> None:
    table = np.zeros((4, 4))
    for row, column in pairs:
        table[row, column] += 1
    first, second = zip(*pairs, strict=True)
    if set(first) == set(second) and len(set(first)) == 1:
        with pytest.raises(ValueError, match="chance"):
            compute_kappa(table, weights=weights)
        return
    named = None if weights == "none" else weights
    expected = cohen_kappa_score(first, second, labels=range(4), weights=named)
    kappa, error = compute_kappa(table, weights=weights)
    assert kappa == pytest.approx(expected)
    assert error >= 0
    assert compute_kappa(table.T, weights=weights) == pytest.approx((kappa, error), abs=1e-6)


def test_agreeing_throughout_is_no_certainty() -> None:
    found = estimate_kappa(np.diag([10, 10]))
    assert (found.value, found.high) == (1, 1)
    assert found.low == pytest.approx(0.025 ** (1 / 20))


def test_weights_forgive_what_is_near() -> None:
    table = np.diag([5, 5, 5, 5]) + np.eye(4, k=1) * 3
    kappas = [compute_kappa(table, weights=kind)[0] for kind in ("none", "linear", "quadratic")]
    assert kappas == sorted(kappas)
    assert estimate_kappa(table).enough
    assert estimate_kappa(table, minimum_n=60).value is None
    assert not estimate_kappa(np.diag([40, 0])).enough


def test_bad_arguments() -> None:
    for bad in ([[1, 2]], [[-1, 2], [3, 4]], np.zeros((2, 2))):
        with pytest.raises(ValueError):
            compute_kappa(bad)
    with pytest.raises(ValueError, match="same number"):
        compute_fleiss_kappa([[2, 0], [1, 0]])
