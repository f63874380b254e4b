from collections import Counter

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
    limit_exposure,
    must_be_normal,
    select_case,
    weigh_competencies,
)
from trainer.measure.targets import TARGETS

NOBODY = Past(cases=0, normals=0)


def make_normal(name: str, b: float = 0.0, *, readers: int = 0) -> Candidate:
    items = (
        CandidateItem("not_recalled", "normal_rejection", -1, Difficulty(b, 0.49)),
        CandidateItem("density", "density", 0, Difficulty(0.0, 0.49)),
    )
    return Candidate(name, False, items, readers)


def make_lesion(name: str, b: float = 0.0, *, kind: str = "mass", readers: int = 0) -> Candidate:
    items = (
        CandidateItem("lesion_found:f1", kind, 1, Difficulty(b, 0.49)),
        CandidateItem("no_false_mark", "normal_rejection", -1, Difficulty(0.0, 0.49)),
    )
    return Candidate(name, True, items, readers)


def select(candidates: list[Candidate], *, past: Past = NOBODY, seed: int = 0) -> str | None:
    selection = select_case(
        start_ability(),
        candidates,
        past=past,
        targets=TARGETS,
        rng=np.random.default_rng(seed),
    )
    return selection.candidate.id if selection else None


def test_nothing_to_choose_from() -> None:
    assert select([]) is None
    assert select([Candidate("empty", False, ())]) is None


def test_the_nearest_predicted_chance_is_taken() -> None:
    cases = [make_lesion(f"{b:.1f}", b) for b in np.arange(-3, 3.1, 0.2)]
    selection = select_case(
        start_ability(), cases, past=NOBODY, targets=TARGETS, rng=np.random.default_rng(0)
    )
    assert selection is not None
    chances = [
        predict_correct(start_ability(), c.items[0].difficulty, competency="mass", sign=1)
        for c in cases
    ]
    assert abs(selection.predicted - 0.8) == min(abs(chance - 0.8) for chance in chances)
    assert selection.near
    assert selection.competency == "mass"


def test_a_poor_fit_is_taken_and_said() -> None:
    selection = select_case(
        start_ability(),
        [make_lesion("hard", 3.0)],
        past=NOBODY,
        targets=TARGETS,
        rng=np.random.default_rng(0),
    )
    assert selection is not None
    assert not selection.near


@given(seed=st.integers(0, 10_000))
def test_at_least_forty_per_cent_are_normal_at_every_step(seed: int) -> None:
    pool = [make_normal(f"n{n}") for n in range(30)] + [make_lesion(f"l{n}") for n in range(30)]
    rng = np.random.default_rng(seed)
    normals = 0
    for n in range(20):
        past = Past(cases=n, normals=normals)
        selection = select_case(start_ability(), pool, past=past, targets=TARGETS, rng=rng)
        assert selection is not None
        pool.remove(selection.candidate)
        normals += not selection.candidate.positive
        assert normals >= int(0.4 * (n + 1) + 1e-9)


def test_the_floor_counts_exactly() -> None:
    assert must_be_normal(Past(cases=4, normals=1))
    assert not must_be_normal(Past(cases=4, normals=2))
    assert not must_be_normal(Past(cases=1, normals=0))
    assert must_be_normal(Past(cases=9, normals=3))


def test_both_kinds_of_case_come_at_random() -> None:
    pool = [make_normal("normal"), make_lesion("lesion")]
    drawn = Counter(select(pool, past=Past(10, 5), seed=seed) for seed in range(300))
    assert 100 < drawn["lesion"] < 200


def test_exposed_cases_wait_until_nothing_else_is_left() -> None:
    fits, poor = make_lesion("fits", -1.2, readers=2), make_lesion("poor", 2.5, readers=1)
    assert select([fits, poor], past=Past(1, 1, readers=3)) == "poor"
    assert select([fits], past=Past(1, 1, readers=3)) == "fits"
    # Twenty per cent of fifteen readers are three.
    assert select([fits, poor], past=Past(1, 1, readers=15)) == "fits"
    assert (limit_exposure(3), limit_exposure(15)) == (2, 3)


def test_normals_wanted_but_none_left() -> None:
    assert select([make_lesion("lesion")], past=Past(cases=9, normals=0)) == "lesion"


def test_cases_with_lesions_are_not_chosen_for_normal_rejection() -> None:
    for seed in range(20):
        selection = select_case(
            start_ability(),
            [make_lesion("lesion")],
            past=NOBODY,
            targets=TARGETS,
            rng=np.random.default_rng(seed),
        )
        assert selection is not None
        assert selection.competency == "mass"


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
