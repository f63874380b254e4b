import json
import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from generation.frame import breast_fraction, oblique_mm
from generation.lesions import REGISTRY
from generation.plausibility import find_errors
from generation.spec import SCHEMA_VERSION, CaseSpec, PriorSpec, SpecError
from generation.vocabulary import Descriptor, Term
from tests.generation.specs import make_group, make_lesion, make_spec

IN_GLAND = sorted(key for key, finding in REGISTRY.items() if finding.region == "gland")


def errors_of(spec: CaseSpec) -> dict[str, list[str]]:
    with pytest.raises(SpecError) as caught:
        spec.validate()
    return caught.value.errors


def test_a_plain_spec_is_valid_and_survives_json() -> None:
    spec = make_spec(make_lesion(), make_group(id="f2", side="right"))
    spec.validate()
    assert CaseSpec.from_json(json.loads(json.dumps(spec.to_json()))) == spec


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"density": "E"}, "density"),
        ({"age_years": 12}, "age_years"),
        ({"thickness_mm": 5.0}, "thickness_mm"),
        ({"thickness_mm": math.nan}, "thickness_mm"),
        ({"width_mm": 400.0}, "width_mm"),
        ({"depth_mm": 170.0}, "depth_mm"),
        ({"mlo_angle_deg": 10.0}, "mlo_angle_deg"),
        ({"seed": -1}, "seed"),
        ({"seed": 2**53}, "seed"),
        ({"look": "sepia"}, "look"),
        ({"indication": "curiosity"}, "indication"),
        ({"schema_version": SCHEMA_VERSION + 1}, "schema_version"),
    ],
)
def test_each_case_field_is_checked_by_name(change: dict[str, Any], field: str) -> None:
    assert list(errors_of(make_spec(**change))) == [field]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "unicorn"}, "kind"),
        ({"side": "both"}, "side"),
        ({"size_mm": 0.0}, "size_mm"),
        ({"size_mm": 52.0, "depth_mm": 20.0}, "size_mm"),
        ({"contrast": -1.0}, "contrast"),
        ({"descriptors": {"shape": "oval", "margin": "circumscribed"}}, "descriptors.density"),
        (
            {"descriptors": {"shape": "star", "margin": "circumscribed", "density": "low"}},
            "descriptors.shape",
        ),
        (
            {"descriptors": {**make_lesion().descriptors, "colour": "red"}},
            "descriptors.colour",
        ),
        ({"count": 4}, "count"),
        ({"assessment": "1"}, "assessment"),
        ({"assessment": "1", "pathology": "none"}, "assessment"),
        ({"pathology": "none"}, "assessment"),
        ({"pathology": "unknown"}, "pathology"),
        ({"pathology": "malignant"}, "assessment"),
        ({"id": ""}, "id"),
        ({"depth_mm": 1.0}, "depth_mm"),
        ({"depth_mm": 89.0}, "depth_mm"),
        ({"lateral_mm": 88.0}, "depth_mm"),
        ({"superior_mm": 110.0}, "depth_mm"),
        ({"superior_mm": 1e4}, "superior_mm"),
        ({"lateral_mm": -math.inf}, "lateral_mm"),
        ({"depth_mm": 10**400}, "depth_mm"),
    ],
)
def test_each_lesion_field_is_checked_by_name(change: dict[str, Any], field: str) -> None:
    assert f"lesions.0.{field}" in errors_of(make_spec(make_lesion(**change)))


def test_suspicious_descriptors_contradict_a_benign_assessment() -> None:
    spiculated = {"shape": "irregular", "margin": "spiculated", "density": "high"}
    errors = errors_of(make_spec(make_lesion(descriptors=spiculated)))
    assert list(errors) == ["lesions.0.assessment"]
    assert list(errors_of(make_spec(make_group(assessment="2", pathology="benign")))) == [
        "lesions.0.assessment"
    ]


@pytest.mark.parametrize("kind", ["mass", "cyst", "fibroadenoma", "fat_necrosis"])
def test_a_thick_finding_does_not_outgrow_the_compressed_breast(kind: str) -> None:
    spec = CaseSpec.draw(np.random.default_rng(4), findings=kind, size_mm=24.0, prior=False)
    assert list(errors_of(replace(spec, thickness_mm=25.0))) == ["lesions.0.size_mm"]


@pytest.mark.parametrize("kind", sorted(REGISTRY))
@pytest.mark.parametrize(
    ("field", "value"),
    [("depth_mm", 400.0), ("depth_mm", -50.0), ("lateral_mm", 1e4), ("superior_mm", -1e4)]
    + [(field, math.nan) for field in ("depth_mm", "lateral_mm", "superior_mm")],
)
def test_no_finding_lies_far_from_the_breast(kind: str, field: str, value: float) -> None:
    spec = CaseSpec.draw(np.random.default_rng(4), findings=kind, prior=False)
    change: dict[str, Any] = {field: value}
    astray = replace(spec.lesions[0], **change)
    assert list(errors_of(replace(spec, lesions=(astray,)))) == [f"lesions.0.{field}"]


def test_what_is_developing_needs_a_prior_that_shows_less(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    descriptor = Descriptor("type", "Type", (Term("developing", "Developing"),))
    kind = replace(
        REGISTRY["mass"],
        descriptors=(descriptor,),
        assess=lambda words: "4A",
        contradiction=lambda words: None,
    )
    monkeypatch.setitem(REGISTRY, "mass", kind)
    lesion = make_lesion(descriptors={"type": "developing"}, assessment="4A")
    assert list(errors_of(make_spec(lesion))) == ["prior"]
    unchanged = PriorSpec(years_before=2.0, shares={"f1": 1.0})
    assert list(errors_of(make_spec(lesion, prior=unchanged))) == ["prior"]
    make_spec(lesion, prior=PriorSpec(years_before=2.0, shares={"f1": 0.0})).validate()


def test_a_group_needs_a_count_and_ids_differ() -> None:
    assert "lesions.0.count" in errors_of(make_spec(make_group(count=None)))
    assert "lesions.1.id" in errors_of(make_spec(make_lesion(), make_lesion(side="right")))


@pytest.mark.parametrize("name", sorted(make_spec().to_json()))
def test_json_misses_no_field(name: str) -> None:
    data = make_spec().to_json()
    del data[name]
    with pytest.raises(SpecError) as caught:
        CaseSpec.from_json(data)
    assert caught.value.errors == {name: ["This field is missing."]}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("extra", 1),
        ("seed", "7"),
        ("seed", True),
        ("age_years", 50.5),
        ("thickness_mm", None),
        ("thickness_mm", 10**400),
        ("age_years", 10**400),
        ("seed", 10**400),
        ("density", 3),
        ("lesions", {}),
    ],
)
def test_json_is_read_strictly(path: str, value: Any) -> None:
    with pytest.raises(SpecError) as caught:
        CaseSpec.from_json({**make_spec().to_json(), path: value})
    assert list(caught.value.errors) == [path]


def test_json_names_fields_inside_lesions() -> None:
    data = make_spec(make_lesion()).to_json()
    data["lesions"][0]["size_mm"] = "big"
    del data["lesions"][0]["side"]
    with pytest.raises(SpecError) as caught:
        CaseSpec.from_json(data)
    assert set(caught.value.errors) == {"lesions.0.size_mm", "lesions.0.side"}


@pytest.mark.parametrize("data", [None, [], "spec", 4])
def test_json_that_is_no_object_is_refused(data: Any) -> None:
    with pytest.raises(SpecError, match="object"):
        CaseSpec.from_json(data)


def test_age_band_and_actionable() -> None:
    assert make_spec(age_years=57).age_band == "50-59"
    assert make_group().actionable
    assert not make_lesion().actionable


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_every_draw_is_valid_and_survives_json(seed: int) -> None:
    spec = CaseSpec.draw(np.random.default_rng(seed))
    assert find_errors(spec) == {}
    assert CaseSpec.from_json(json.loads(json.dumps(spec.to_json()))) == spec
    assert CaseSpec.draw(np.random.default_rng(seed)) == spec


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32), kind=st.sampled_from(IN_GLAND))
def test_drawn_findings_lie_in_the_gland_in_both_views(seed: int, kind: str) -> None:
    spec = CaseSpec.draw(np.random.default_rng(seed), findings=kind)
    (lesion,) = spec.lesions
    assume(REGISTRY[kind].region_of(lesion.descriptors) == "gland")
    oblique = oblique_mm(lesion.lateral_mm, lesion.superior_mm, spec.mlo_angle_deg)
    for across in (lesion.lateral_mm, oblique):
        assert breast_fraction(lesion.depth_mm, across, spec) < 0.9
    assert lesion.depth_mm > lesion.size_mm / 2
    assert 140 <= spec.width_mm <= 210
    assert 60 <= spec.depth_mm <= 120


def make_version_1(**lesion: Any) -> dict[str, Any]:
    data = make_spec(make_group(**lesion)).to_json()
    for name in ("dose", "exam", "tier", "prior"):
        del data[name]
    return {**data, "schema_version": 1}


@pytest.mark.parametrize(
    ("kind", "words", "now"),
    [
        (
            "calcification_group",
            {"morphology": morphology, "distribution": was},
            {"morphology": morphology, "distribution": becomes},
        )
        for morphology, was, becomes in [
            ("large_rod_like", "grouped", "segmental"),
            ("large_rod_like", "regional", "regional"),
            ("round", "segmental", "regional"),
            ("rim", "diffuse", "regional"),
            ("coarse", "linear", "grouped"),
            ("milk_of_calcium", "grouped", "grouped"),
            ("fine_linear_branching", "diffuse", "regional"),
        ]
    ]
    + [
        (
            "mass",
            {"shape": "oval", "margin": "indistinct", "density": "fat_containing"},
            {"shape": "oval", "margin": "circumscribed", "density": "fat_containing"},
        ),
    ],
)
def test_what_version_1_stored_stays_good(
    kind: str, words: dict[str, str], now: dict[str, str]
) -> None:
    suspicious = words.get("morphology") == "fine_linear_branching"
    call = {"assessment": "4C" if suspicious else "2", "pathology": "benign"}
    count = 8 if kind == "calcification_group" else None
    data = make_version_1(kind=kind, descriptors=words, count=count, **call)
    assert CaseSpec.from_json(data).lesions[0].descriptors == now


def test_every_pair_of_words_of_version_1_is_read() -> None:
    distributions = ("diffuse", "regional", "grouped", "linear", "segmental")
    for morphology in REGISTRY["calcification_group"].values_of("morphology"):
        for distribution in distributions:
            words = {"morphology": morphology, "distribution": distribution}
            data = make_version_1(descriptors=words, assessment="4B", pathology="benign")
            assert CaseSpec.from_json(data).lesions[0].descriptors["morphology"] == morphology


@pytest.mark.parametrize("lesions", [None, 3, [None], [{}], [{"kind": [], "descriptors": {}}]])
def test_nonsense_of_version_1_is_refused_by_field(lesions: Any) -> None:
    with pytest.raises(SpecError) as caught:
        CaseSpec.from_json({**make_version_1(), "lesions": lesions})
    assert all(name.startswith("lesions") for name in caught.value.errors)
