import numpy as np
import pytest

from trainer.measure.ability import DEFAULT_RULE, Ability, predict_correct, start_ability
from trainer.measure.competencies import COMPETENCIES
from trainer.measure.tiers import count_passed, find_tier_ability, list_tier_difficulties

TIERS = (1, 2, 3, 4, 5)


def known(competency: str, theta: float, *, criterion: float = 0.0, sd: float = 0.2) -> Ability:
    start = start_ability()
    mean = start.mean.copy()
    mean[start.position(competency)], mean[-1] = theta, criterion
    return Ability(start.competencies, mean, np.eye(len(mean)) * sd**2)


@pytest.mark.parametrize("competency", COMPETENCIES)
def test_a_tiers_ability_is_right_on_four_in_five_of_its_items(competency: str) -> None:
    share = 0.85 if competency == "normal_rejection" else 0.80
    for tier in TIERS:
        reader = known(competency, find_tier_ability(competency, tier), sd=1e-6)
        right = [
            predict_correct(reader, difficulty, competency=competency, sign=0)
            for difficulty in list_tier_difficulties(competency, tier)
        ]
        assert np.mean(right) == pytest.approx(share, abs=1e-6)


@pytest.mark.parametrize("competency", COMPETENCIES)
def test_harder_tiers_ask_for_more(competency: str) -> None:
    abilities = [find_tier_ability(competency, tier) for tier in TIERS]
    assert abilities == sorted(abilities)
    assert (abilities[0] < abilities[-1]) == (competency != "density")


def test_tiers_are_passed_one_after_another_by_ability_alone() -> None:
    between = (find_tier_ability("mass", 3) + find_tier_ability("mass", 4)) / 2
    reader = known("mass", between, sd=0.1)
    assert count_passed(reader, "mass", TIERS, n=20, rule=DEFAULT_RULE) == 3
    assert count_passed(reader, "mass", (3, 4, 5), n=20, rule=DEFAULT_RULE) == 1
    assert count_passed(reader, "mass", (4, 5), n=20, rule=DEFAULT_RULE) == 0
    assert count_passed(reader, "mass", (), n=20, rule=DEFAULT_RULE) == 0


def test_too_few_answers_or_marking_everything_opens_nothing() -> None:
    able = known("mass", 6.0)
    assert count_passed(able, "mass", TIERS, n=DEFAULT_RULE.items - 1, rule=DEFAULT_RULE) == 0
    everything = known("mass", 6.0, criterion=1.5)
    assert count_passed(everything, "mass", TIERS, n=200, rule=DEFAULT_RULE) == 0


def test_there_are_five_tiers_of_known_competencies() -> None:
    with pytest.raises(ValueError, match="tier"):
        list_tier_difficulties("mass", 6)
    with pytest.raises(ValueError, match="no competency"):
        list_tier_difficulties("bones", 1)
