"""Spec -> spec: round trips, refusals, and what must stay as it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generation.lesions import REGISTRY
from generation.plausibility import find_errors
from generation.spec import CaseSpec, LesionSpec, PriorSpec, SpecError
from generation.transformations import (
    change_density,
    change_dose,
    density_ladder,
    insert_lesion,
    move_lesion,
    remove_lesion,
    resize_lesion,
    scale_contrast,
    take_prior,
)
from tests.generation.specs import make_group, make_lesion, make_spec

FIXED = ("seed", "age_years", "thickness_mm", "width_mm", "depth_mm", "mlo_angle_deg", "lesions")

lesions = st.builds(
    make_lesion,
    depth_mm=st.floats(30, 55),
    lateral_mm=st.floats(-20, 20),
    superior_mm=st.floats(-20, 20),
    size_mm=st.floats(4, 16),
    contrast=st.floats(0.6, 1.5),
    side=st.sampled_from(["left", "right"]),
)
groups = st.builds(make_group, size_mm=st.floats(4, 20), count=st.integers(5, 40))


def cases() -> st.SearchStrategy[CaseSpec]:
    """Valid cases of one to three findings, some with an exam before."""
    parts = st.lists(lesions | groups, min_size=1, max_size=3)
    shares = st.none() | st.lists(st.floats(0, 1), min_size=3, max_size=3)
    return st.builds(build_case, parts, shares, st.integers(0, 2**40))


def build_case(parts: list[LesionSpec], shares: list[float] | None, seed: int) -> CaseSpec:
    named = tuple(replace(part, id=f"f{index}") for index, part in enumerate(parts))
    prior = None
    if shares is not None:
        by_id = {part.id: share for part, share in zip(named, shares, strict=False)}
        prior = PriorSpec(years_before=2.0, shares=by_id)
    return make_spec(*named, seed=seed, prior=prior)


@given(cases(), st.data())
def test_a_finding_put_back_gives_the_identical_case(spec: CaseSpec, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(spec.lesions) - 1))
    lesion = spec.lesions[place]
    without = remove_lesion(spec, lesion.id)
    assert lesion.id not in {other.id for other in without.lesions}
    share = None if spec.prior is None else spec.prior.shares[lesion.id]
    assert insert_lesion(without, lesion, place=place, prior_share=share) == spec


@given(cases())
def test_order_of_removals_does_not_matter(spec: CaseSpec) -> None:
    first, last = spec.lesions[0].id, spec.lesions[-1].id
    if first != last:
        there = remove_lesion(remove_lesion(spec, first), last)
        assert there == remove_lesion(remove_lesion(spec, last), first)


CHANGES: tuple[Callable[[CaseSpec], CaseSpec], ...] = (
    lambda spec: move_lesion(spec, "f0", depth_mm=40, lateral_mm=3),
    lambda spec: resize_lesion(spec, "f0", 9),
    lambda spec: scale_contrast(spec, "f0", 1.25),
    lambda spec: change_density(spec, "D"),
    lambda spec: change_dose(spec, 0.4),
)


@given(cases(), st.permutations(range(len(CHANGES))))
def test_changes_of_different_fields_compose_in_any_order(spec: CaseSpec, order: list[int]) -> None:
    expected, changed = spec, spec
    for change in CHANGES:
        expected = change(expected)
    for index in order:
        changed = CHANGES[index](changed)
    assert changed == expected
    assert CaseSpec.from_json(changed.to_json()) == changed


@given(cases(), st.data())
def test_moving_back_and_scaling_back_gives_the_case(spec: CaseSpec, data: st.DataObject) -> None:
    lesion = spec.lesions[0]
    moved = move_lesion(spec, lesion.id, depth_mm=41.0, superior_mm=-4.0)
    assert moved.lesions[0].position_mm == (41.0, lesion.lateral_mm, -4.0)
    back = move_lesion(moved, lesion.id, depth_mm=lesion.depth_mm, superior_mm=lesion.superior_mm)
    assert back == spec
    factor = data.draw(st.floats(0.5, 2.0))
    scaled = scale_contrast(scale_contrast(spec, lesion.id, factor), lesion.id, 1 / factor)
    assert scaled.lesions[0].contrast == pytest.approx(lesion.contrast)


@given(cases())
def test_density_ladder_changes_density_alone(spec: CaseSpec) -> None:
    steps = density_ladder(spec)
    assert [step.density for step in steps] == ["A", "B", "C", "D"]
    for step in steps:
        assert all(getattr(step, name) == getattr(spec, name) for name in FIXED)
        assert change_density(step, spec.density) == spec


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (lambda spec: remove_lesion(spec, "f9"), "lesions"),
        (lambda spec: resize_lesion(spec, "f9", 10), "lesions"),
        (lambda spec: insert_lesion(spec, make_lesion()), "lesions.1.id"),
        (lambda spec: insert_lesion(spec, make_lesion(id="f2"), prior_share=0.5), "prior"),
        (lambda spec: insert_lesion(spec, make_lesion(id="f2", kind="wart")), "lesions.1.kind"),
        (lambda spec: move_lesion(spec, "f1", depth_mm=89), "lesions.0.depth_mm"),
        (lambda spec: move_lesion(spec, "f1", lateral_mm=float("nan")), "lesions.0.lateral_mm"),
        (lambda spec: resize_lesion(spec, "f1", 500), "lesions.0.size_mm"),
        (lambda spec: scale_contrast(spec, "f1", 0.0), "lesions.0.contrast"),
        (lambda spec: scale_contrast(spec, "f1", float("nan")), "lesions.0.contrast"),
        (lambda spec: change_density(spec, "E"), "density"),
        (lambda spec: change_dose(spec, 0.0), "dose"),
        (lambda spec: change_dose(spec, float("inf")), "dose"),
        (take_prior, "prior"),
    ],
)
def test_nonsense_is_refused_by_field(change: Callable[[CaseSpec], CaseSpec], field: str) -> None:
    with pytest.raises(SpecError) as caught:
        change(make_spec(make_lesion()))
    assert field in caught.value.errors


@given(cases())
def test_the_exam_before_is_of_the_same_woman(spec: CaseSpec) -> None:
    spec = spec if spec.prior else replace(spec, prior=PriorSpec(years_before=1.5, shares={}))
    before = take_prior(spec)
    assert before == take_prior(CaseSpec.from_json(spec.to_json()))
    assert (before.exam, before.prior) == ("prior", None)
    for name in ("seed", "density", "width_mm", "depth_mm", "look", "dose"):
        assert getattr(before, name) == getattr(spec, name)
    assert before.age_years <= spec.age_years
    assert abs(before.mlo_angle_deg - spec.mlo_angle_deg) < 8
    assert before.thickness_mm == pytest.approx(spec.thickness_mm, rel=0.15)
    assert not find_errors(before)
    now = {lesion.id: lesion for lesion in spec.lesions}
    for lesion in before.lesions:
        assert lesion.size_mm <= now[lesion.id].size_mm
        assert lesion.position_mm == now[lesion.id].position_mm


def test_compression_of_the_exam_before_differs_a_little() -> None:
    prior = PriorSpec(years_before=2.0, shares={})
    befores = [take_prior(make_spec(seed=seed, prior=prior)) for seed in range(40)]
    angles = np.array([before.mlo_angle_deg for before in befores])
    assert len(set(angles)) > 10
    assert abs(angles.mean() - 45.0) < 1.0 and 0.5 < angles.std() < 3.0


def test_findings_of_the_exam_before_follow_their_shares() -> None:
    prior = PriorSpec(years_before=2.0, shares={"f1": 0.0, "f2": 0.5, "f3": 0.2})
    spec = make_spec(
        make_lesion(id="f1"),
        make_group(id="f2", size_mm=20, count=30),
        make_lesion(id="f3", size_mm=10),
        make_lesion(id="f4", size_mm=6, depth_mm=40, lateral_mm=-20),
        prior=prior,
    )
    before = {lesion.id: lesion for lesion in take_prior(spec).lesions}
    # f3 would be smaller than any mass; f4 is not named.
    assert set(before) == {"f2", "f4"}
    assert before["f2"].size_mm == 10
    assert before["f2"].count == 15
    assert before["f4"] == spec.lesions[3]
    assert take_prior(spec).age_years == 55


def test_no_change_leaves_a_tier_that_would_undo_it() -> None:
    prior = PriorSpec(years_before=2.0, shares={})
    spec = make_spec(make_lesion(id="f0"), tier=3, prior=prior)
    for change in (*CHANGES, take_prior, lambda case: remove_lesion(case, "f0")):
        assert change(spec).tier is None
    assert insert_lesion(spec, make_lesion(id="f9", side="right")).tier is None
    assert all(step.tier is None for step in density_ladder(spec))


@pytest.mark.parametrize("kind", ["architectural_distortion", "calcification_group", "mass"])
def test_a_case_whose_prior_cannot_be_is_refused(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    picky = replace(
        REGISTRY[kind],
        check=lambda lesion, spec: {"size_mm": ["Never."]} if spec.exam == "prior" else {},
    )
    spec = CaseSpec.draw(np.random.default_rng(1), findings=kind, prior=False)
    monkeypatch.setitem(REGISTRY, kind, picky)
    spec.validate()
    with_prior = replace(spec, prior=PriorSpec(years_before=1.0, shares={}))
    assert list(find_errors(with_prior)) == ["prior"]


def test_a_global_asymmetry_was_smaller_before() -> None:
    words = {"type": "global"}
    for seed in range(30):
        rng = np.random.default_rng(seed)
        spec = CaseSpec.draw(rng, findings="asymmetry", descriptors=words, prior=True)
        small = PriorSpec(years_before=2.0, shares={"f1": 0.5})
        (before,) = take_prior(replace(spec, prior=small)).lesions
        assert before.size_mm == spec.lesions[0].size_mm / 2


@pytest.mark.parametrize("kind", REGISTRY)
def test_every_kind_has_an_exam_before_and_a_ladder(kind: str) -> None:
    for seed in range(24):
        spec = CaseSpec.draw(np.random.default_rng(seed), findings=kind, prior=True)
        before = take_prior(spec)
        assert not find_errors(before)
        assert len(density_ladder(spec)) == 4
        without = remove_lesion(spec, "f1")
        share = spec.prior.shares["f1"] if spec.prior else None
        assert insert_lesion(without, spec.lesions[0], prior_share=share) == spec


def test_what_is_developing_was_less_before() -> None:
    words = {"type": "developing"}
    for seed in range(20):
        rng = np.random.default_rng(seed)
        spec = CaseSpec.draw(rng, findings="asymmetry", descriptors=words)
        before = {lesion.id: lesion for lesion in take_prior(spec).lesions}
        assert "f1" not in before or before["f1"].size_mm < spec.lesions[0].size_mm
        with pytest.raises(SpecError) as caught:
            replace(spec, prior=None).validate()
        assert "prior" in caught.value.errors


def test_what_belongs_to_one_exam_is_not_in_the_exam_before() -> None:
    passing = [kind for kind in REGISTRY.values() if kind.group in ("artefact", "technique")]
    for kind in passing:
        case = CaseSpec.draw(np.random.default_rng(2), findings=kind.key)
        with_prior = replace(case, prior=PriorSpec(years_before=1.0, shares={}))
        assert kind.key not in {lesion.kind for lesion in take_prior(with_prior).lesions}


def test_a_woman_cannot_be_too_young_for_the_exam_before() -> None:
    prior = PriorSpec(years_before=9.0, shares={})
    assert take_prior(make_spec(age_years=31, prior=prior)).age_years == 30
