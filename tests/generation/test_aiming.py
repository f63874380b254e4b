"""Settling against cases whose hardness is a known function of their spec."""

import math
from collections.abc import Callable
from dataclasses import replace

import pytest

from generation.aiming import CONTRAST_LIMITS, TierOutOfReachError, aim
from generation.difficulty import UNMEASURED_TIER, Hardness, case_hardness
from generation.spec import CaseSpec
from tests.generation.specs import make_lesion, make_spec
from tests.generation.test_difficulty import make_found

CUTS = (-2.0, -1.5, -1.0, -0.5)


def by_contrast(
    at_one: float, slope: float, asked: list[CaseSpec]
) -> Callable[[CaseSpec], Hardness]:
    def measure(spec: CaseSpec) -> Hardness:
        asked.append(spec)
        return Hardness(at_one + slope * math.log(spec.lesions[0].contrast), CUTS)

    return measure


@pytest.mark.parametrize("tier", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("slope", [-0.9, -1.4])
def test_contrast_is_settled_in_few_steps(tier: int, slope: float) -> None:
    asked: list[CaseSpec] = []
    spec = make_spec(make_lesion(assessment="4B"), make_lesion(id="f2", side="right"), tier=tier)
    measure = by_contrast(-1.25, slope, asked)
    settled = aim(spec, measure)
    assert settled.tier is None
    assert measure(settled).tier == tier
    assert len(asked) <= 6
    first, second = settled.lesions
    assert CONTRAST_LIMITS[0] <= first.contrast <= CONTRAST_LIMITS[1]
    # What calls for nothing stays as it was, and so does the woman.
    assert second == spec.lesions[1]
    assert replace(settled, lesions=spec.lesions, tier=tier) == spec


def test_a_case_of_its_tier_is_left_as_it_is() -> None:
    spec = make_spec(make_lesion(assessment="4B"), tier=3)
    assert aim(spec, by_contrast(-1.25, -1.0, [])) == replace(spec, tier=None)


def test_a_tier_out_of_reach_is_refused() -> None:
    asked: list[CaseSpec] = []
    spec = make_spec(make_lesion(assessment="4B"), tier=1)
    with pytest.raises(TierOutOfReachError) as caught:
        aim(spec, by_contrast(3.0, -1.0, asked))
    assert set(caught.value.errors) == {"tier"}
    assert len(asked) <= 8
    with pytest.raises(ValueError, match="no tier"):
        aim(replace(spec, tier=None), by_contrast(0.0, -1.0, []))


def test_a_finding_without_dprime_has_its_own_tier_alone() -> None:
    spec = make_spec(make_lesion(assessment="4B"), tier=UNMEASURED_TIER)

    def measure(candidate: CaseSpec) -> Hardness:
        return case_hardness(candidate.density, [make_found(None, None)], None)

    assert aim(spec, measure) == replace(spec, tier=None)
    with pytest.raises(TierOutOfReachError, match="No contrast"):
        aim(replace(spec, tier=1), measure)


def test_other_women_are_asked_where_nothing_is_to_be_found() -> None:
    asked: list[int] = []

    def measure(candidate: CaseSpec) -> Hardness:
        asked.append(candidate.seed)
        return Hardness(-1.75 if len(asked) == 4 else 0.0, CUTS)

    spec = make_spec(tier=2)
    settled = aim(spec, measure)
    assert settled.seed == asked[-1]
    assert len(set(asked)) == 4
    assert asked[0] == spec.seed
    assert replace(settled, seed=spec.seed, tier=2) == spec
    with pytest.raises(TierOutOfReachError, match="such women"):
        aim(replace(spec, tier=4), measure)
