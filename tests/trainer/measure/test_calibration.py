"""Simulated answers from a model that the cold start is wrong about: does the fit find it?"""

from dataclasses import dataclass, replace

import numpy as np
import pytest
from scipy.special import ndtr

from trainer.measure.ability import start_ability
from trainer.measure.answered import (
    COLD_START,
    AnswerTable,
    DifficultyModel,
    ItemTable,
    find_centres,
    load_items,
)
from trainer.measure.calibration import calibrate
from trainer.measure.competencies import COMPETENCIES
from trainer.measure.contradictions import find_contradictions
from trainer.measure.replay import estimate_abilities

TRUTH = DifficultyModel(
    level=dict.fromkeys(COMPETENCIES, 0.3),
    gamma=dict.fromkeys(COMPETENCIES, 0.7),
    phi={"small": 0.4},
    residual_sd=0.9,
)
START = replace(COLD_START, residual_sd=0.4)


@dataclass(frozen=True)
class Answered:
    items: ItemTable
    answers: AnswerTable
    difficulty: np.ndarray
    theta: np.ndarray


@pytest.fixture(scope="module")
def answered() -> Answered:
    rng = np.random.default_rng(2)
    readers, each, count = 120, 84, 420
    names = ("mass", "normal_rejection", "density")
    competency = [names[n % 3] for n in range(count)]
    sign = np.array([{"mass": 1, "normal_rejection": -1}.get(name, 0) for name in competency])
    items = ItemTable(competency, sign, rng.normal(size=count), {"small": rng.normal(size=count)})
    difficulty = find_centres(TRUTH, items) + TRUTH.residual_sd * rng.normal(size=count)
    start = start_ability()
    theta = rng.multivariate_normal(start.mean, start.covariance, size=readers, method="cholesky")
    reader = np.repeat(np.arange(readers), each)
    item = np.concatenate([rng.permutation(count)[:each] for _ in range(readers)])
    level = np.einsum("nd,nd->n", load_items(items)[item], theta[reader]) - difficulty[item]
    answers = AnswerTable(reader, item, rng.random(len(item)) < ndtr(level), np.zeros_like(item))
    return Answered(items, answers, difficulty, theta)


def cover(answered: Answered, model: DifficultyModel) -> float:
    found = estimate_abilities(answered.answers, answered.items, model)
    places = [COMPETENCIES.index(name) for name in ("mass", "normal_rejection", "density")]
    miss = np.abs(found.mean - answered.theta)[:, places]
    error = np.sqrt(np.diagonal(found.covariance, axis1=1, axis2=2))[:, places]
    return float((miss < 1.96 * error).mean())


def test_the_fit_finds_what_the_answers_were_drawn_from(answered: Answered) -> None:
    found = calibrate(answered.answers, answered.items, START)
    # 10,080 answers: the steps of the fit are about .05 wide.
    assert found.model.residual_sd == pytest.approx(0.9, abs=0.25)
    assert found.model.gamma["mass"] == pytest.approx(0.7, abs=0.12)
    assert found.model.phi["small"] == pytest.approx(0.4, abs=0.08)
    assert found.model.level["density"] == pytest.approx(0.3, abs=0.2)
    assert found.model.gamma["distortion"] == START.gamma["distortion"]  # nobody was asked
    assert found.gain > 0.01
    assert (found.readers, found.answers, found.item_answers.sum()) == (120, 10_080, 10_080)
    # Understated, the residual made readers look surer than they are.
    assert cover(answered, START) < 0.88 < 0.92 < cover(answered, found.model) < 0.98


def test_observed_difficulties_are_those_of_the_items(answered: Answered) -> None:
    found = calibrate(answered.answers, answered.items, TRUTH)
    miss = np.abs(found.item_mean - answered.difficulty)
    assert (miss < 1.96 * np.sqrt(found.item_variance)).mean() == pytest.approx(0.95, abs=0.04)
    expected = find_centres(TRUTH, answered.items)
    assert np.sqrt((miss**2).mean()) < 0.6 * np.std(expected - answered.difficulty)


def test_a_wrong_truth_is_found_and_a_hard_item_is_not(answered: Answered) -> None:
    assert find_contradictions(answered.answers, answered.items, TRUTH) == ()
    wrong = np.array([3, 5, 16, 37])
    exchanged = np.isin(answered.answers.item, wrong)
    answers = replace(answered.answers, correct=answered.answers.correct ^ exchanged)
    found = find_contradictions(answers, answered.items, TRUTH)
    assert {one.item for one in found} <= set(wrong)
    assert len(found) >= 3
    assert all(one.answers >= 10 and one.probability >= 0.8 for one in found)
    few = np.flatnonzero(exchanged)[:4]
    some = AnswerTable(
        answers.reader[few], answers.item[few], answers.correct[few], answers.session[few]
    )
    assert find_contradictions(some, answered.items, TRUTH) == ()


def test_without_answers_the_prior_stays() -> None:
    nothing = np.zeros(0, dtype=int)
    items = ItemTable(["mass"], np.array([1]), np.array([0.5]))
    answers = AnswerTable(nothing, nothing, np.zeros(0, dtype=bool), nothing)
    found = calibrate(answers, items)
    assert found.model == COLD_START
    assert found.item_mean == pytest.approx([-0.6])
    assert COLD_START.start("mass", 0.5).mean == pytest.approx(-0.6)
    assert found.item_answers.tolist() == [0]


def test_bad_arguments() -> None:
    items = ItemTable(["mass"], np.array([1]), np.array([0.5]))
    one = np.array([1])
    with pytest.raises(ValueError, match="not in the table"):
        calibrate(AnswerTable(one, one, one > 0, one), items)
    with pytest.raises(ValueError, match="every answer"):
        AnswerTable(one, np.array([0, 0]), one > 0, one)
    with pytest.raises(ValueError, match="residual"):
        replace(COLD_START, residual_sd=0.0)
    with pytest.raises(ValueError, match="competency"):
        COLD_START.start("whistling", 0.0)
