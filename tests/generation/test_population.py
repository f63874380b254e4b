from collections import Counter
from typing import Any

import numpy as np
import pytest

from generation.likelihood import assess, estimate_malignancy
from generation.population import DENSITY_SHARE, PREVALENCE, THICKNESS_MM
from generation.spec import CaseSpec, SpecError
from generation.vocabulary import (
    FINDING_KINDS,
    MASS_MARGINS,
    SUSPICIOUS_MORPHOLOGIES,
    term_keys,
)


def draw_many(count: int, **wishes: Any) -> list[CaseSpec]:
    rng = np.random.default_rng(3)
    return [CaseSpec.draw(rng, **wishes) for _ in range(count)]


def test_the_population_is_the_stated_one() -> None:
    cases = draw_many(1500)
    densities = Counter(case.density for case in cases)
    for density, share in DENSITY_SHARE.items():
        assert densities[density] / len(cases) == pytest.approx(share, abs=0.04)
    actionable = sum(any(found.actionable for found in case.lesions) for case in cases)
    normal = sum(not case.lesions for case in cases)
    assert actionable / len(cases) == pytest.approx(PREVALENCE["actionable"], abs=0.04)
    assert normal / len(cases) == pytest.approx(PREVALENCE["none"], abs=0.04)
    assert {case.tier for case in cases} >= {1, 2, 3, 4}
    for density, thickness in THICKNESS_MM.items():
        drawn = [case.thickness_mm for case in cases if case.density == density]
        assert np.mean(drawn) == pytest.approx(thickness, abs=2.5)


def test_denser_breasts_belong_to_younger_women() -> None:
    ages = {density: [c.age_years for c in draw_many(80, density=density)] for density in "AD"}
    assert np.mean(ages["A"]) > np.mean(ages["D"]) + 8


def test_every_suspicious_descriptor_is_drawn() -> None:
    cases = draw_many(250, findings="mass", actionable=True)
    assert {c.lesions[0].descriptors["margin"] for c in cases} == set(term_keys(MASS_MARGINS))
    cases = draw_many(150, findings="calcification_group", actionable=True)
    drawn = {c.lesions[0].descriptors["morphology"] for c in cases}
    assert drawn == set(term_keys(SUSPICIOUS_MORPHOLOGIES))


def test_pathology_follows_the_published_probability() -> None:
    wishes = {"findings": "mass", "descriptors": {"margin": "spiculated", "shape": "irregular"}}
    found = [case.lesions[0] for case in draw_many(300, **wishes)]
    expected = np.mean([estimate_malignancy("mass", lesion.descriptors) for lesion in found])
    malignant = np.mean([lesion.pathology == "malignant" for lesion in found])
    assert malignant == pytest.approx(expected, abs=0.06)
    assert all(lesion.assessment == assess("mass", lesion.descriptors) for lesion in found)


@pytest.mark.parametrize(
    "wishes",
    [
        {"density": "D"},
        {"findings": "none"},
        {"findings": "mass", "size_mm": 25.0, "side": "right"},
        {"findings": "calcification_group", "size_mm": 6.0, "contrast": 1.4},
        {"findings": "calcification_group", "descriptors": {"morphology": "rim"}},
        {"findings": "mass", "descriptors": {"density": "fat_containing"}},
        {"actionable": False},
        {"tier": 5},
        {"tier": 1, "findings": "none"},
        {"age_years": 44, "seed": 99},
    ],
)
def test_wishes_are_met(wishes: dict[str, Any]) -> None:
    for case in draw_many(10, **wishes):
        found = case.lesions[0] if case.lesions else None
        assert case.density == wishes.get("density", case.density)
        assert case.tier == wishes.get("tier", case.tier)
        assert case.age_years == wishes.get("age_years", case.age_years)
        assert case.seed == wishes.get("seed", case.seed)
        if wishes.get("findings") == "none":
            assert found is None
        elif "findings" in wishes:
            assert found is not None
            assert found.kind == wishes["findings"]
        if found is not None:
            for name in ("side", "size_mm", "contrast", "actionable"):
                assert getattr(found, name) == wishes.get(name, getattr(found, name))
            assert dict(found.descriptors).items() >= wishes.get("descriptors", {}).items()


@pytest.mark.parametrize(
    ("wishes", "fields"),
    [
        ({"density": "E"}, {"density"}),
        ({"findings": "cyst"}, {"findings"}),
        ({"colour": "red", "seed": -4}, {"colour", "seed"}),
        ({"findings": "none", "side": "left"}, {"side"}),
        ({"findings": "none", "size_mm": 9}, {"size_mm"}),
        ({"size_mm": 500}, {"size_mm"}),
        ({"size_mm": "large"}, {"size_mm"}),
        ({"tier": 5, "density": "A"}, {"tier"}),
        ({"tier": 2.5}, {"tier"}),
        ({"descriptors": {"margin": "spiculated"}}, {"descriptors"}),
        ({"findings": "mass", "descriptors": {"margin": "fuzzy"}}, {"descriptors.margin"}),
        ({"findings": "mass", "descriptors": {"hue": "x"}}, {"descriptors.hue"}),
        (
            {"findings": "mass", "actionable": False, "descriptors": {"margin": "spiculated"}},
            {"descriptors", "actionable"},
        ),
    ],
)
def test_impossible_wishes_are_named(wishes: dict[str, Any], fields: set[str]) -> None:
    with pytest.raises(SpecError) as caught:
        CaseSpec.draw(np.random.default_rng(0), **wishes)
    assert set(caught.value.errors) == fields


def test_likelihood_orders_descriptors_as_published() -> None:
    worst = {"shape": "irregular", "margin": "spiculated", "density": "high"}
    mild = {"shape": "oval", "margin": "circumscribed", "density": "equal"}
    assert estimate_malignancy("mass", worst) > 0.95
    assert assess("mass", worst) == "5"
    assert assess("mass", mild) == "3"
    assert assess("mass", {**mild, "density": "fat_containing"}) == "2"
    by_morphology = [
        estimate_malignancy("calcification_group", {"morphology": m, "distribution": "grouped"})
        for m in ("coarse_heterogeneous", "amorphous", "fine_pleomorphic", "fine_linear_branching")
    ]
    assert by_morphology == pytest.approx([0.13, 0.21, 0.29, 0.81], abs=0.005)


def test_every_combination_has_a_category() -> None:
    for kind in FINDING_KINDS.values():
        first, *rest = kind.descriptors
        for value in first.values:
            for other in rest[0].values:
                words = {first.key: value.key, rest[0].key: other.key}
                words.update({part.key: part.values[0].key for part in rest[1:]})
                assert assess(kind.key, words) in {"2", "3", "4A", "4B", "4C", "5"}
                assert 0 <= estimate_malignancy(kind.key, words) < 1
