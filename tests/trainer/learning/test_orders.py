"""What is ordered for a reader: every lesion competency can be, and normals stay normal."""

import numpy as np
import pytest

from generation.lesions import REGISTRY
from trainer.learning.domain.orders import draw_lesion, draw_normal
from trainer.learning.kinds import list_lesion_kinds
from trainer.measure.ability import Ability, start_ability
from trainer.measure.competencies import competency_of

KINDS = [
    (competency, kind)
    for competency, chapters in list_lesion_kinds().items()
    for chapter in chapters
    for kind in chapter
]


def weak_in(competency: str) -> Ability:
    """A reader of whom nothing is known but that this competency is poor."""
    ability = start_ability()
    mean = np.full(len(ability.mean), 6.0)
    mean[ability.position(competency)], mean[-1] = -2.0, 0.0
    return Ability(ability.competencies, mean, ability.covariance)


def test_every_lesion_kind_belongs_to_its_competency() -> None:
    assert {"mass", "calcification"} <= {competency for competency, _ in KINDS}
    for competency, kind in KINDS:
        reads_as = REGISTRY[kind].reads_as
        assert reads_as is not None
        assert competency_of(reads_as) == competency


@pytest.mark.parametrize("competency", list(list_lesion_kinds()))
def test_a_weakness_is_ordered_as_an_actionable_lesion(competency: str) -> None:
    wanted = {kind for own, kind in KINDS if own == competency}
    drawn = [draw_lesion(weak_in(competency), np.random.default_rng(seed)) for seed in range(4)]
    kinds = [{lesion.kind for lesion in spec.lesions if lesion.actionable} for spec in drawn]
    assert sum(bool(kind & wanted) for kind in kinds) >= 3
    assert all(kind for kind in kinds)


def test_a_normal_holds_nothing_to_act_on() -> None:
    drawn = [draw_normal(np.random.default_rng(seed)) for seed in range(12)]
    assert not any(lesion.actionable for spec in drawn for lesion in spec.lesions)
    assert any(spec.lesions for spec in drawn)
    assert not all(spec.lesions for spec in drawn)


def test_an_exam_before_tells_little_of_what_was_ordered() -> None:
    rng = np.random.default_rng(5)
    normals = [draw_normal(rng).prior is not None for _ in range(150)]
    lesions = [draw_lesion(start_ability(), rng).prior is not None for _ in range(150)]
    assert 0.2 < np.mean(normals) < 0.4
    # Half of the cases are lesions; among those with a prior they stay about that.
    assert 0.4 < sum(lesions) / (sum(lesions) + sum(normals)) < 0.68
