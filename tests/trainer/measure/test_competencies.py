"""The names of the model and of the vocabulary: written twice, as neither layer reads the other."""

import pytest

from generation import vocabulary
from generation.lesions import REGISTRY
from trainer.measure.competencies import COMPETENCIES, LABELS, competency_of


def test_what_can_be_practised_is_what_the_vocabulary_offers() -> None:
    offered = {term.key: term.label for term in vocabulary.COMPETENCIES}
    assert offered == LABELS
    assert list(offered) == list(COMPETENCIES) == list(LABELS)


@pytest.mark.parametrize("kind", vocabulary.FINDING_KINDS)
def test_each_kind_of_finding_exercises_one_competency(kind: str) -> None:
    assert competency_of(kind) == vocabulary.FINDING_KINDS[kind].competency


@pytest.mark.parametrize("kind", REGISTRY)
def test_everything_generated_reads_as_something_with_a_competency_or_as_nothing(kind: str) -> None:
    reads_as = REGISTRY[kind].reads_as
    assert reads_as is None or competency_of(reads_as) in COMPETENCIES
