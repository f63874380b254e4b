import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.measure.localised import (
    Ratings,
    pair_afroc,
    pair_lroc,
    pair_roc,
    pair_wafroc,
    trace_froc,
    weigh_equally,
)

UNMARKED = -np.inf
# Two positive cases, of one lesion and of two; two negative ones, one of them unmarked.
PRESENT = np.array([[True, False], [True, True]])
SMALL = Ratings(
    lesions=np.array([[3.0, UNMARKED], [1.0, UNMARKED]]),
    weights=weigh_equally(PRESENT),
    false_positive=np.array([UNMARKED, 2.0]),
    false_negative=np.array([1.0, UNMARKED]),
)


def test_worked_by_hand() -> None:
    # Case 1 outranks both: 1, 1. Case 2, half for each lesion: 1 ties with 1 and the missed one
    # loses: .25; 1 beats unmarked and unmarked ties with it: .5 + .25.
    assert pair_wafroc(SMALL).tolist() == [[1, 1], [0.25, 0.75]]
    # Every lesion a third: (1 + .5 + 0) / 3 and (1 + 1 + .5) / 3, averaged.
    assert pair_afroc(SMALL).mean() == pytest.approx((1.5 / 3 + 2.5 / 3) / 2)
    # Highest marks of the positive cases are 3 and 2, right place or not.
    assert pair_roc(SMALL).tolist() == [[1, 1], [1, 1]]


def test_published_example() -> None:
    """Chakraborty, The RJafroc Froc Book, "Meanings of FROC figures of merit", 14-meanings-foms.

    Its code lists the ratings and weights, and prints AFROC .7708333 and wAFROC .678125 (a
    figure's caption still has .7875, of other weights). The first point of the FROC curve is
    counted from the same lists, false marks in positive cases included.
    """
    ratings = Ratings(
        lesions=np.array([[0.9, UNMARKED], [-0.2, UNMARKED], [1.6, UNMARKED], [3.0, 2.0]]),
        weights=np.array([[1.0, 0.0], [1.0, 0.0], [0.1, 0.9], [0.9, 0.1]]),
        false_positive=np.array([1.5, UNMARKED, UNMARKED, UNMARKED]),
        false_negative=np.array([UNMARKED, 0.5, 0.7, -0.3]),
    )
    assert pair_afroc(ratings).mean() == pytest.approx(0.7708333, abs=5e-8)
    assert pair_wafroc(ratings).mean() == pytest.approx(0.678125)
    false, found = trace_froc(ratings, np.array([0.5, 0.7, 0.6, -0.3, 1.5]))
    assert (false[0], found[0]) == (0, pytest.approx(1 / 6))
    assert (false[-1], found[-1]) == (5 / 8, pytest.approx(5 / 6))


@given(seed=st.integers(0, 10_000))
def test_area_under_the_plotted_curve_is_the_figure(seed: int) -> None:
    """Chakraborty's first theorem: the wAFROC figure is the area under the curve of its points.

    The same for LROC: correct localisations over false positive cases (Swensson 1996).
    """
    rng = np.random.default_rng(seed)
    lesions = np.where(rng.random((9, 1)) < 0.7, rng.integers(0, 5, (9, 1)), UNMARKED)
    false = np.where(rng.random(9) < 0.4, rng.integers(0, 5, 9), UNMARKED)
    negative = np.where(rng.random(7) < 0.6, rng.integers(0, 5, 7), UNMARKED)
    ratings = Ratings(lesions, np.ones((9, 1)), false, negative)
    assert pair_wafroc(ratings).mean() == pytest.approx(_plot(lesions[:, 0], negative, end=1.0))
    placed = np.isfinite(lesions[:, 0]) & (lesions[:, 0] > false)
    right = np.where(placed, lesions[:, 0], UNMARKED)
    # The LROC curve ends at the share of cases that were placed rightly.
    area = _plot(right, negative, end=placed.mean())
    assert pair_lroc(ratings).mean() == pytest.approx(area)


def _plot(hits: np.ndarray, negative: np.ndarray, *, end: float) -> float:
    """Area under the straight lines between operating points, and on to (1, end)."""
    thresholds = np.unique(np.concatenate([hits, negative]))[::-1]
    thresholds = thresholds[np.isfinite(thresholds)]
    across = [0.0, *((negative >= t).mean() for t in thresholds), 1.0]
    up = [0.0, *((hits >= t).mean() for t in thresholds), end]
    return float(np.trapezoid(up, across))


def test_false_marks_in_positive_cases_do_not_enter_wafroc() -> None:
    other = Ratings(SMALL.lesions, SMALL.weights, np.array([9.0, 9.0]), SMALL.false_negative)
    assert (pair_wafroc(other) == pair_wafroc(SMALL)).all()


def test_lroc_asks_for_the_right_place() -> None:
    ratings = Ratings(
        lesions=np.array([[3.0], [1.0]]),
        weights=np.ones((2, 1)),
        false_positive=np.array([UNMARKED, 2.0]),
        false_negative=np.array([1.0, UNMARKED]),
    )
    assert pair_lroc(ratings).tolist() == [[1, 1], [0, 0]]
    with pytest.raises(ValueError, match="one lesion"):
        pair_lroc(SMALL)


def test_froc_steps_from_the_strictest_threshold() -> None:
    false, found = trace_froc(SMALL, np.array([2.0, 1.0]))
    assert false.tolist() == [0, 0.25, 0.5]
    assert found == pytest.approx([1 / 3, 1 / 3, 2 / 3])


@given(seed=st.integers(0, 10_000))
def test_wafroc_is_what_counting_gives(seed: int) -> None:
    rng = np.random.default_rng(seed)
    present = rng.random((5, 3)) < 0.5
    present[:, 0] = True
    lesions = np.where(rng.random((2, 5, 3)) < 0.6, rng.integers(0, 4, (2, 5, 3)), UNMARKED)
    negative = np.where(rng.random((2, 4)) < 0.6, rng.integers(0, 4, (2, 4)), UNMARKED)
    ratings = Ratings(lesions, weigh_equally(present), np.full((2, 5), UNMARKED), negative)
    for reader, area in enumerate(pair_wafroc(ratings).mean(axis=(1, 2))):
        total = 0.0
        for case in range(5):
            for rating in lesions[reader, case][present[case]]:
                for false in negative[reader]:
                    won = 1.0 if rating > false else 0.5 if rating == false else 0.0
                    total += won / present[case].sum()
        assert area == pytest.approx(total / 20)
        assert 0 <= area <= 1


def test_bad_arguments() -> None:
    with pytest.raises(ValueError, match="add up"):
        Ratings(SMALL.lesions, np.ones((2, 2)), SMALL.false_positive, SMALL.false_negative)
    with pytest.raises(ValueError, match="two cases"):
        Ratings(np.ones((1, 1)), np.ones((1, 1)), np.ones(1), np.ones(2))
    with pytest.raises(ValueError, match="not a number"):
        Ratings(SMALL.lesions, SMALL.weights, SMALL.false_positive, np.array([np.nan, 1]))
