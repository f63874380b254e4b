"""Before and after: differences of figures, and of abilities in one model of both forms."""

import numpy as np
import pytest
from scipy.special import ndtr

from trainer.measure.ability import CORRELATION, CRITERION_SD, Difficulty
from trainer.measure.change import CHANGE_SD, AnsweredItem, estimate_forms
from trainer.measure.competencies import COMPETENCIES
from trainer.measure.differences import compare_unpaired
from trainer.measure.proportions import estimate_proportion
from trainer.measure.roc import compute_delong_variance, estimate_area
from trainer.measure.wafroc import estimate_wafroc

LESIONS = dict.fromkeys(("mass", "calcification", "distortion", "asymmetry"), 1.0)


def test_the_difference_of_proportions_is_newcombes() -> None:
    """Newcombe, Statistics in Medicine 17:873 (1998), table II, (a), method 10."""
    found = compare_unpaired(estimate_proportion(48, 80), estimate_proportion(56, 70))
    assert found.value == pytest.approx(0.2)
    assert (found.low, found.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_the_difference_of_areas_is_normal() -> None:
    rng = np.random.default_rng(3)
    before = rng.normal(0.7, 1, 60), rng.normal(0, 1, 60)
    after = rng.normal(0.9, 1, 60), rng.normal(0, 1, 60)
    (first, first_square), (second, second_square) = (
        compute_delong_variance(*each) for each in (before, after)
    )
    found = compare_unpaired(estimate_area(*before), estimate_area(*after))
    half = 1.959964 * np.sqrt(first_square + second_square)
    assert (found.low, found.high) == pytest.approx(
        (second - first - half, second - first + half), abs=1e-6
    )


def test_without_a_figure_there_is_no_difference() -> None:
    assert not compare_unpaired(estimate_proportion(3, 4), estimate_proportion(30, 40)).enough


def test_wafroc_asks_for_the_place_and_counts_false_marks_of_normals() -> None:
    found = estimate_wafroc([[80.0]] * 8 + [[-np.inf]] * 2, [-np.inf] * 9 + [90.0])
    # Eight of ten found and above nine of ten normals; the missed two tie with nine.
    assert found.value == pytest.approx((8 * 9 + 2 * 9 * 0.5) / 100)
    assert found.low is not None and found.low < found.value
    perfect = estimate_wafroc([[80.0]] * 10, [-np.inf] * 10)
    assert perfect.value == perfect.high == 1
    assert perfect.low == pytest.approx(0.025 ** (1 / 10))
    assert not estimate_wafroc([[80.0]] * 9, [-np.inf] * 30).enough


def test_a_case_with_two_lesions_counts_once_in_wafroc() -> None:
    half = estimate_wafroc([[80.0, -np.inf]] * 10, [50.0] * 10)
    assert half.value == pytest.approx(0.5)


def answer(
    rng: np.random.Generator, theta: np.ndarray, criterion: float, items: int
) -> list[AnsweredItem]:
    """Answers of a simulated reader to a form of lesions, normals and densities."""
    asked = [("mass", 1), ("calcification", 1), ("distortion", 1), ("asymmetry", 1)]
    asked += [("normal_rejection", -1), ("density", 0)]
    answers = []
    for number in range(items):
        competency, sign = asked[number % len(asked)]
        difficulty = Difficulty(float(rng.normal(0, 0.8)), 0.49)
        b = difficulty.mean + rng.normal() * 0.7
        chance = ndtr(theta[COMPETENCIES.index(competency)] - b + sign * criterion)
        answers.append(AnsweredItem(competency, sign, difficulty, bool(rng.random() < chance)))
    return answers


def test_the_intervals_of_change_cover_simulated_readers() -> None:
    rng = np.random.default_rng(5)
    size = len(COMPETENCIES)
    root = np.linalg.cholesky(CORRELATION + (1 - CORRELATION) * np.eye(size))
    covered, errors = 0, []
    for _ in range(120):
        theta = root @ rng.normal(size=size)
        change = CHANGE_SD * (root @ rng.normal(size=size))
        criteria = rng.normal(0, CRITERION_SD, 2)
        forms = [
            answer(rng, theta, criteria[0], 48),
            answer(rng, theta + change, criteria[1], 48),
        ]
        found = estimate_forms(*forms).estimate_change(LESIONS)
        true = float(change[:4].mean())
        covered += found.low <= true <= found.high
        errors.append(found.mean - true)
    assert 0.90 <= covered / 120 <= 0.99
    assert abs(np.mean(errors)) < 0.1


def test_better_answers_after_than_before_are_a_rise() -> None:
    item = Difficulty(0.0, 0.49)
    wrong = [AnsweredItem("mass", 1, item, False)] * 15
    right = [AnsweredItem("mass", 1, item, True)] * 15
    assert estimate_forms(wrong, right).estimate_change({"mass": 1}).low > 0
    same = estimate_forms(wrong, wrong).estimate_change({"mass": 1})
    assert same.low < 0 < same.high
    alone = estimate_forms(right)
    assert alone.estimate_level({"mass": 1}, after=False).mean > 0
    assert alone.estimate_change({"mass": 1}).mean == pytest.approx(0, abs=1e-9)
