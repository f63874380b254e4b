import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.measure.ability import Ability, Difficulty, predict_correct, start_ability
from trainer.measure.competencies import COMPETENCIES
from trainer.measure.selection import (
    Candidate,
    CandidateItem,
    Past,
    draw_normal,
    limit_exposure,
    list_slots,
    owes_normal,
    take_nearest,
    weigh_competencies,
)
from trainer.measure.targets import TARGETS

CANDIDATES = np.arange(-3, 3.1, 0.2)


def make_lesion(name: str, b: float) -> Candidate:
    return Candidate(name, True, (CandidateItem("found", "mass", 1, Difficulty(b, 0.49)),))


def draw(past: Past, rng: np.random.Generator) -> bool:
    return draw_normal(start_ability(), COMPETENCIES, past=past, targets=TARGETS, rng=rng)


def test_the_nearest_predicted_chance_is_taken() -> None:
    cases = [make_lesion(f"{b:.1f}", b) for b in CANDIDATES]
    selection = take_nearest(start_ability(), cases, "mass", p=0.8, rng=np.random.default_rng(0))
    chances = [
        predict_correct(start_ability(), c.items[0].difficulty, competency="mass", sign=1)
        for c in cases
    ]
    assert abs(selection.predicted - 0.8) == min(abs(chance - 0.8) for chance in chances)
    assert selection.near
    assert selection.competency == "mass"


def test_a_poor_fit_is_taken_and_said() -> None:
    pool = [make_lesion("hard", 3.0)]
    selection = take_nearest(start_ability(), pool, "mass", p=0.8, rng=np.random.default_rng(0))
    assert not selection.near


@given(seed=st.integers(0, 10_000))
def test_at_least_forty_per_cent_are_normal_at_every_step(seed: int) -> None:
    rng = np.random.default_rng(seed)
    normals = 0
    for n in range(20):
        normals += draw(Past(cases=n, normals=normals), rng)
        assert normals >= int(0.4 * (n + 1) + 1e-9)


def test_the_floor_counts_exactly() -> None:
    owed = owes_normal([4, 4, 1, 9], [1, 2, 0, 3])
    assert owed.tolist() == [True, False, False, True]


def test_both_kinds_of_case_come_at_random() -> None:
    rng = np.random.default_rng(0)
    assert 100 < sum(draw(Past(10, 5), rng) for _ in range(300)) < 200


def test_a_case_may_be_met_by_two_readers_or_a_fifth_of_them() -> None:
    assert (limit_exposure(3), limit_exposure(15)) == (2, 3)


@pytest.mark.parametrize("normal", [True, False])
def test_the_exposure_limit_comes_before_what_was_drawn_but_not_before_an_owed_normal(
    normal: bool,
) -> None:
    drawn, other = not normal, normal
    free = list_slots(normal=normal, owed=False)
    assert free == ((drawn, True), (other, True), (drawn, False), (other, False))
    owed = list_slots(normal=normal, owed=True)
    assert owed == ((drawn, True), (drawn, False), (other, True), (other, False))


def test_weights_follow_need_and_uncertainty() -> None:
    covariance = np.diag([0.04] * len(COMPETENCIES) + [0.1])
    covariance[1, 1] = 1.0
    mean = np.zeros(len(COMPETENCIES) + 1)
    mean[0] = 3.0
    ability = Ability(COMPETENCIES, mean, covariance)
    weights = dict(
        zip(COMPETENCIES, weigh_competencies(ability, COMPETENCIES, targets=TARGETS), strict=True)
    )
    assert sum(weights.values()) == pytest.approx(1)
    assert weights["mass"] < 0.01 < weights["density"]  # mastered
    assert weights["calcification"] > 3 * weights["density"]  # little known
    asked = weigh_competencies(ability, COMPETENCIES, targets=TARGETS, weights={"density": 5.0})
    assert asked[COMPETENCIES.index("density")] > weights["density"]


def test_a_reader_above_every_target_still_gets_cases() -> None:
    mean = np.append(np.full(len(COMPETENCIES), 40.0), 0.0)
    ability = Ability(COMPETENCIES, mean, np.eye(len(mean)) * 0.01)
    weights = weigh_competencies(ability, COMPETENCIES, targets=TARGETS)
    assert np.isfinite(weights).all()
    assert weights.sum() == pytest.approx(1)


def test_bad_arguments() -> None:
    with pytest.raises(ValueError, match="normals"):
        Past(cases=1, normals=2)
    with pytest.raises(ValueError, match="no competency"):
        weigh_competencies(start_ability(), [], targets=TARGETS)
    with pytest.raises(ValueError, match="weights"):
        weigh_competencies(start_ability(), ["mass"], targets=TARGETS, weights={"mass": 0})
