import pytest

from generation.atlas.examples import draw_example, draw_woman
from generation.lesions import REGISTRY
from generation.spec import CaseSpec
from generation.transformations import density_ladder
from generation.vocabulary import ACTIONABLE_ASSESSMENTS


@pytest.fixture(scope="module")
def woman() -> CaseSpec:
    return draw_woman(3)


@pytest.mark.parametrize("kind", REGISTRY)
def test_every_kind_has_an_example_in_every_density(kind: str, woman: CaseSpec) -> None:
    spec = draw_example(woman, kind, 1)
    (lesion,) = spec.lesions
    assert (lesion.kind, lesion.side) == (kind, "left")
    assert spec.seed == woman.seed
    assert all(step.lesions == spec.lesions for step in density_ladder(spec))
    assert draw_example(woman, kind, 1) == spec
    assert draw_example(woman, kind, 2).lesions != spec.lesions


def test_examples_take_turns_where_a_kind_can_be_both(woman: CaseSpec) -> None:
    calls = [
        draw_example(woman, "mass", number).lesions[0].assessment in ACTIONABLE_ASSESSMENTS
        for number in (1, 2, 3, 4)
    ]
    assert calls == [True, False, True, False]
