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
