import math
import subprocess
import sys
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generation.difficulty import (
    SEARCH_BY_DENSITY,
    UNMEASURED_TIER,
    Hardness,
    case_hardness,
    case_tier,
    expect_hardness,
    finding_hardness,
    load_fit,
    normal_hardness,
)
from generation.truth import FindingTruth, FindingViewTruth, LesionLikeness
from tests.generation.specs import make_lesion, make_spec

CALM = LesionLikeness(0.6, "left_cc", 10.0, 10.0)
BLANK = np.zeros((1, 1), bool)


def make_found(*dprimes: float | None, visible: bool = True, **changes: Any) -> FindingTruth:
    views = {
        key: FindingViewTruth(
            mask=BLANK,
            support=BLANK,
            centre_px=(0.0, 0.0),
            long_axis_mm=9.0,
            visible=visible,
            dprime=dprime,
        )
        for key, dprime in zip(("left_cc", "left_mlo"), dprimes, strict=False)
    }
    fields: dict[str, Any] = {
        "id": "f1",
        "kind": "mass",
        "reads_as": "mass",
        "actionable": True,
        "side": "left",
        "descriptors": {},
        "assessment": "4B",
        "pathology": "benign",
        "malignancy": 0.3,
        "centre_mm": (40.0, 0.0, 0.0),
        "extent_mm": (9.0, 9.0, 9.0),
        "clock": 12,
        "distance_from_nipple_mm": 40.0,
        "teaching": "",
        "views": views,
    }
    return FindingTruth(**{**fields, **changes})


def test_the_fainter_the_harder() -> None:
    tiers = [case_tier("B", [make_found(d, d)], CALM) for d in (60.0, 6.0, 4.0, 3.0, 0.5)]
    assert tiers == sorted(tiers)
    assert tiers[0] == 1
    assert tiers[-1] == 5


def test_density_one_view_and_pattern_make_it_harder() -> None:
    plain = finding_hardness([4.0, 3.0], density="A", group="mass")
    assert plain is not None and plain == pytest.approx(-math.log(5.0))
    assert plain < (finding_hardness([4.0, 3.0], density="D", group="mass") or 0)
    assert plain < (finding_hardness([5.0], density="A", group="mass") or 0)
    assert plain < (finding_hardness([4.0, 3.0], density="A", group="distortion") or 0)
    assert finding_hardness([None], density="A", group="mass") is None


def test_the_hardest_actionable_finding_decides() -> None:
    clear, faint = make_found(40.0, 40.0), make_found(0.6, 0.6)
    assert case_tier("B", [clear, faint], CALM) == 5
    assert case_tier("B", [clear, replace(faint, actionable=False)], CALM) == 1
    assert case_tier("B", [make_found(0.4, 0.4, visible=False)], CALM) == 5


def test_a_case_to_be_left_alone_is_as_hard_as_its_tissue() -> None:
    values = (0.2, 0.6, 1.0, 1.6, 4.0)
    tiers = [case_tier("B", [], replace(CALM, value=value)) for value in values]
    assert tiers == sorted(tiers)
    assert (tiers[0], tiers[-1]) == (1, 5)
    benign = make_found(9.0, 9.0, actionable=False)
    assert case_hardness("B", [benign], CALM).value > case_hardness("B", [], CALM).value
    unread = replace(benign, reads_as=None)
    assert case_hardness("B", [unread], CALM) == case_hardness("B", [], CALM)
    with pytest.raises(ValueError, match="lesion-like"):
        case_hardness("B", [], None)


def test_what_fills_the_breast_is_rated_among_findings_and_never_by_its_tissue() -> None:
    filling = make_found(None, None)
    cuts = tuple(load_fit()["finding_cuts"])
    hardness = case_hardness("D", [filling], None)
    assert (hardness.cuts, hardness.tier) == (cuts, UNMEASURED_TIER)
    assert case_hardness("B", [filling, make_found(0.6, 0.6)], None).tier == 5
    assert case_hardness("B", [filling, make_found(60.0, 60.0)], None).tier == UNMEASURED_TIER
    assert case_hardness("B", [make_found()], None).tier == 5


@given(value=st.floats(-5, 5))
def test_tiers_are_cut_in_order_and_middles_lie_within(value: float) -> None:
    hardness = Hardness(value, (-1.0, 0.0, 0.5, 1.0))
    assert 1 <= hardness.tier <= 5
    for tier in range(1, 6):
        assert Hardness(hardness.middle_of(tier), hardness.cuts).tier == tier


@pytest.mark.parametrize("name", ["finding_cuts", "normal_cuts"])
def test_the_fitted_cuts_rise(name: str) -> None:
    cuts = load_fit()[name]
    assert len(cuts) == 4
    assert cuts == sorted(set(cuts))


def test_expectations_follow_contrast_size_and_density() -> None:
    lesion = make_lesion(assessment="4B", size_mm=10.0)
    plain, deviation = expect_hardness(make_spec(lesion))
    assert 0 < deviation < 2
    for harder in (replace(lesion, contrast=0.5), replace(lesion, size_mm=5.0)):
        assert expect_hardness(make_spec(harder))[0].value > plain.value
    benign = make_spec(make_lesion())
    assert expect_hardness(benign)[0].value > expect_hardness(make_spec())[0].value
    assert SEARCH_BY_DENSITY["D"] > SEARCH_BY_DENSITY["A"]
    assert normal_hardness(0.0, density="A") == pytest.approx(math.log(0.05))


def test_drawing_a_spec_loads_no_images() -> None:
    asked = "import sys, generation.population.cases; print('generation.placement' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"
