import contextlib
from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generation.difficulty import expect_hardness
from generation.lesions import REGISTRY
from generation.likelihood import assess, estimate_malignancy
from generation.population import rates
from generation.population.findings import can_be
from generation.population.wishes import WISHES, check_wishes
from generation.spec import CaseSpec, SpecError
from generation.vocabulary import MASS_MARGINS, SUSPICIOUS_MORPHOLOGIES, term_keys


def draw_many(count: int, **wishes: Any) -> list[CaseSpec]:
    rng = np.random.default_rng(3)
    return [CaseSpec.draw(rng, **wishes) for _ in range(count)]


@pytest.fixture(scope="module")
def teaching() -> list[CaseSpec]:
    return draw_many(2500)


def share_of(cases: list[CaseSpec]) -> float:
    """Share of cases that hold an actionable finding."""
    return sum(any(lesion.actionable for lesion in case.lesions) for case in cases) / len(cases)


def test_the_women_are_the_stated_ones(teaching: list[CaseSpec]) -> None:
    densities = Counter(case.density for case in teaching)
    for density, share in rates.DENSITY_SHARE.items():
        assert densities[density] / len(teaching) == pytest.approx(share, abs=0.03)
        of_class = [case.thickness_mm for case in teaching if case.density == density]
        assert np.mean(of_class) == pytest.approx(rates.THICKNESS_MM[density], abs=3.0)
    thickness = [case.thickness_mm for case in teaching]
    assert np.mean(thickness) == pytest.approx(59.0, abs=1.5)
    assert np.std(thickness) == pytest.approx(16.0, abs=1.5)


def test_teaching_is_enriched_and_screening_is_not(teaching: list[CaseSpec]) -> None:
    assert share_of(teaching) == pytest.approx(rates.PREVALENCE["teaching"]["actionable"], abs=0.03)
    screening = draw_many(3000, prevalence="screening")
    assert share_of(screening) == pytest.approx(0.02, abs=0.008)
    quiet = sum(not case.lesions for case in screening) / len(screening)
    assert quiet == pytest.approx(rates.PREVALENCE["screening"]["none"], abs=0.05)


def test_main_findings_come_by_the_table(teaching: list[CaseSpec]) -> None:
    main = [case.lesions[0] for case in teaching if case.lesions and case.lesions[0].actionable]
    drawn = Counter(REGISTRY[lesion.kind].group for lesion in main)
    able = {finding.group for finding in REGISTRY.values() if can_be(finding.key, True)}
    shares = {group: s for group, s in rates.GROUP_SHARE["actionable"].items() if group in able}
    assert set(drawn) <= set(shares)
    for group, share in shares.items():
        assert drawn[group] / len(main) == pytest.approx(share / sum(shares.values()), abs=0.05)


def test_secondary_findings_keep_clear_and_call_for_nothing(teaching: list[CaseSpec]) -> None:
    several = [case for case in teaching if len(case.lesions) > 1]
    assert 0.02 < len(several) / len(teaching) < 0.2
    for case in several:
        assert [lesion.id for lesion in case.lesions] == [
            f"f{number + 1}" for number in range(len(case.lesions))
        ]
        for lesion in case.lesions[1:]:
            assert not lesion.actionable or REGISTRY[lesion.kind].group == "associated"


def test_denser_breasts_belong_to_younger_women_and_are_smaller() -> None:
    fatty, dense = (draw_many(150, density=density) for density in "AD")
    assert np.mean([c.age_years for c in fatty]) > np.mean([c.age_years for c in dense]) + 8
    for size in ("width_mm", "depth_mm", "thickness_mm"):
        means = [np.mean([getattr(case, size) for case in cases]) for cases in (fatty, dense)]
        assert means[0] > means[1] + 4


def test_findings_lie_in_the_quadrants_where_cancers_do() -> None:
    lesions = [case.lesions[0] for case in draw_many(800, findings="mass")]
    outer = np.mean([lesion.lateral_mm > 0 for lesion in lesions])
    upper = np.mean([lesion.superior_mm > 0 for lesion in lesions])
    assert outer == pytest.approx(0.515 + 0.142 + 0.053, abs=0.05)
    assert upper == pytest.approx(0.515 + 0.156 + 0.053, abs=0.05)


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


def test_cancers_have_grown_since_the_prior() -> None:
    cases = draw_many(120, findings="mass", actionable=True, prior=True)
    shares = []
    for case in cases:
        assert case.prior is not None
        assert 1 <= case.prior.years_before <= 3
        if case.lesions[0].pathology == "malignant":
            shares.append(case.prior.shares["f1"])
    assert 0.1 < np.mean(shares) < 0.6
    assert max(shares) < 1


def test_an_exam_before_tells_nothing(teaching: list[CaseSpec]) -> None:
    with_prior = [case for case in teaching if case.prior is not None]
    assert len(with_prior) / len(teaching) == pytest.approx(0.30, abs=0.03)
    assert share_of(with_prior) == pytest.approx(share_of(teaching), abs=0.05)
    screening = draw_many(400, prevalence="screening")
    assert sum(case.prior is not None for case in screening) / 400 == pytest.approx(0.3, abs=0.08)


@pytest.mark.parametrize("findings", ["none", "mass", "cyst", "calcification_group"])
def test_a_named_kind_has_exams_before_at_the_rate(findings: str) -> None:
    share = np.mean([case.prior is not None for case in draw_many(200, findings=findings)])
    assert 0.12 < share < 0.42
    assert not any(case.prior for case in draw_many(10, findings=findings, prior=False))


def test_an_asymmetry_without_a_prior_is_not_developing() -> None:
    cases = draw_many(40, findings="asymmetry", prior=False)
    assert not any(case.lesions[0].actionable for case in cases)


def test_what_a_cancer_draws_in_has_grown() -> None:
    cases = draw_many(60, findings="skin_retraction", actionable=True, prior=True)
    cancers = [case for case in cases if case.lesions[0].pathology == "malignant"]
    shares = [case.prior.shares["f1"] for case in cancers if case.prior is not None]
    assert len(shares) > 10
    assert max(shares) < 1


@pytest.mark.parametrize("kind", sorted(REGISTRY))
@pytest.mark.parametrize("prior", [None, True])
def test_every_kind_can_be_drawn_alone(kind: str, prior: bool | None) -> None:
    wishes = {} if prior is None else {"prior": prior}
    for case in draw_many(4, findings=kind, **wishes):
        (lesion,) = case.lesions
        assert lesion.kind == kind
        assert (case.prior is not None) or prior is None
    for actionable in (True, False):
        if can_be(kind, actionable):
            (lesion,) = draw_many(1, findings=kind, actionable=actionable)[0].lesions
            assert lesion.actionable == actionable
        else:
            with pytest.raises(SpecError) as caught:
                CaseSpec.draw(np.random.default_rng(0), findings=kind, actionable=actionable)
            assert set(caught.value.errors) == {"actionable"}


@pytest.mark.parametrize(
    "wishes",
    [
        {"density": "D"},
        {"findings": "none"},
        {"findings": "none", "prior": True},
        {"findings": "mass", "size_mm": 25.0, "side": "right"},
        {"findings": "mass", "size_mm": 50.0, "density": "D"},
        {"findings": "calcification_group", "size_mm": 6.0, "contrast": 1.4},
        {"findings": "calcification_group", "descriptors": {"morphology": "rim"}},
        {"findings": "mass", "descriptors": {"density": "fat_containing"}},
        {"actionable": False},
        {"actionable": True, "side": "left", "size_mm": 9.0, "prevalence": "screening"},
        {"age_years": 44, "seed": 99, "dose": 0.5},
    ],
)
def test_wishes_are_met(wishes: dict[str, Any]) -> None:
    for case in draw_many(10, **wishes):
        found = case.lesions[0] if case.lesions else None
        for name in ("density", "age_years", "seed", "dose"):
            assert getattr(case, name) == wishes.get(name, getattr(case, name))
        assert (case.prior is not None) or not wishes.get("prior", False)
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
        ({"findings": "unicorn"}, {"findings"}),
        ({"findings": ["mass"]}, {"findings"}),
        ({"colour": "red", "seed": -4}, {"colour", "seed"}),
        ({"prior": "yes"}, {"prior"}),
        ({"actionable": 1}, {"actionable"}),
        ({"dose": 3.0}, {"dose"}),
        ({"tier": 6}, {"tier"}),
        ({"tier": 2.5}, {"tier"}),
        ({"tier": 3, "contrast": 1.0}, {"contrast"}),
        ({"tier": 3, "findings": "none", "seed": 5}, {"seed"}),
        ({"tier": 3, "findings": "cyst", "seed": 5}, {"seed"}),
        (
            {"tier": 3, "seed": 5, "findings": "mass"}
            | {"descriptors": {"density": "fat_containing"}},
            {"seed"},
        ),
        (
            {"findings": "asymmetry", "actionable": True, "prior": False},
            {"findings", "prior"},
        ),
        ({"findings": [], "descriptors": {}}, {"findings", "descriptors"}),
        ({"findings": {}}, {"findings"}),
        ({"findings": "mass", "descriptors": {"margin": ["spiculated"]}}, {"descriptors.margin"}),
        (
            {"tier": 1, "findings": "mass", "actionable": True, "size_mm": 3.0, "density": "D"},
            {"tier", "size_mm", "actionable", "density"},
        ),
        ({"prevalence": "clinical"}, {"prevalence"}),
        ({"findings": "none", "side": "left"}, {"side"}),
        ({"findings": "none", "size_mm": 9}, {"size_mm"}),
        ({"size_mm": 500}, {"size_mm"}),
        ({"size_mm": "large"}, {"size_mm"}),
        ({"findings": "mass", "size_mm": 55.0}, {"size_mm"}),
        ({"descriptors": {"margin": "spiculated"}}, {"descriptors"}),
        ({"findings": "mass", "descriptors": {"margin": "fuzzy"}}, {"descriptors.margin"}),
        ({"findings": "mass", "descriptors": {"hue": "x"}}, {"descriptors.hue"}),
        (
            {"findings": "mass", "descriptors": {"margin": "spiculated", "density": "high"}}
            | {"actionable": False},
            {"descriptors", "actionable"},
        ),
        (
            {"findings": "mass", "descriptors": {"density": "fat_containing"}, "actionable": True},
            {"descriptors", "actionable"},
        ),
        (
            {
                "findings": "mass",
                "descriptors": {"density": "fat_containing", "margin": "spiculated"},
            },
            {"descriptors"},
        ),
    ],
)
def test_impossible_wishes_are_named(wishes: dict[str, Any], fields: set[str]) -> None:
    with pytest.raises(SpecError) as caught:
        CaseSpec.draw(np.random.default_rng(0), **wishes)
    assert set(caught.value.errors) == fields


@pytest.mark.parametrize("tier", [1, 2, 3, 4, 5])
def test_a_tier_is_asked_for_where_it_is_in_reach(tier: int) -> None:
    for case in draw_many(40, tier=tier):
        expected, deviation = expect_hardness(case)
        assert case.tier == tier
        if any(lesion.actionable for lesion in case.lesions):
            assert expected.tier == tier
            assert all(0.4 <= found.contrast <= 2.0 for found in case.lesions if found.actionable)
        else:
            assert abs(expected.value - expected.middle_of(tier)) < 4 * deviation
    assert draw_many(1)[0].tier is None


def test_a_tier_for_a_given_woman_is_met_by_what_she_holds() -> None:
    assert all(case.lesions[0].actionable for case in draw_many(20, tier=3, seed=77))


def test_what_a_kind_rules_out_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    picky = replace(
        REGISTRY["mass"],
        contradiction=lambda words: "Round never is." if words["shape"] == "round" else None,
        check=lambda lesion, spec: {} if spec.density == "A" else {"size_mm": ["Only in fat."]},
    )
    monkeypatch.setitem(REGISTRY, "mass", picky)
    for case in draw_many(20, findings="mass"):
        assert case.density == "A"
        assert case.lesions[0].descriptors["shape"] != "round"
    with pytest.raises(SpecError, match="Round never is"):
        CaseSpec.draw(np.random.default_rng(0), findings="mass", descriptors={"shape": "round"})
    with pytest.raises(SpecError) as caught:
        CaseSpec.draw(np.random.default_rng(0), findings="mass", density="C")
    assert set(caught.value.errors) == {"density"}


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


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=4,
)
SENSIBLE = {
    "findings": st.sampled_from(["none", *REGISTRY]),
    "descriptors": st.dictionaries(
        st.sampled_from(["margin", "type", "place", "feature"]),
        st.sampled_from(["spiculated", "developing", "normal", "focal"]) | JSON,
    ),
    "tier": st.integers(0, 6),
    "seed": st.integers(-1, 9),
    "size_mm": st.floats(2, 60),
}


@settings(max_examples=150, deadline=None)
@given(
    st.fixed_dictionaries(
        {}, optional={name: SENSIBLE.get(name, JSON) | JSON for name in sorted(WISHES)}
    )
)
def test_whatever_is_wished_is_met_or_refused_by_field(wishes: dict[str, Any]) -> None:
    refused: dict[str, list[str]] = {}
    try:
        check_wishes(wishes)
    except SpecError as error:
        refused = error.errors
    assert {name.split(".")[0] for name in refused} <= WISHES
    with contextlib.suppress(SpecError):
        CaseSpec.draw(np.random.default_rng(0), **wishes).validate()
