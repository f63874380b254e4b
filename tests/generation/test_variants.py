"""Variants of one case, drawn whole with a small untrained network: what changes and what not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
import torch

from generation.clock import StageClock
from generation.exams import Exam
from generation.lesions import REGISTRY
from generation.networks.generator import Generator, GeneratorConfig
from generation.placement import PlacedView
from generation.spec import CaseSpec, LesionSpec
from generation.transformations import (
    change_density,
    change_dose,
    density_ladder,
    insert_lesion,
    remove_lesion,
    scale_contrast,
)
from tests.generation.specs import make_group, make_lesion, make_spec

MASS = make_lesion(id="f1", size_mm=14.0)
# Over the mass in both views.
GROUP = make_group(id="f2", depth_mm=49.0, lateral_mm=14.0, superior_mm=4.0)


def make_fault(kind: str, **changes: object) -> LesionSpec:
    fields: dict[str, object] = {
        "id": "f3",
        "kind": kind,
        "descriptors": {"view": "cc"},
        "assessment": "1",
        "pathology": "none",
    }
    return make_lesion(**{**fields, **changes})


@pytest.fixture(scope="module")
def network() -> Generator:
    torch.manual_seed(0)
    return Generator(GeneratorConfig(widths=(4,) * 5, hidden=4, tail=4)).eval()


@pytest.fixture(scope="module")
def exam(network: Generator) -> Exam:
    return open_exam(make_spec(), network)


def open_exam(spec: CaseSpec, network: Generator) -> Exam:
    return Exam(spec, network, device="cpu", clock=StageClock(lambda stage, share: None))


Views = Mapping[str, PlacedView]


def same(first: Views, second: Views) -> bool:
    return all(np.array_equal(first[key].pixels, second[key].pixels) for key in first)


def test_removing_the_only_finding_gives_the_base_and_inserting_it_the_same_bytes(
    exam: Exam, network: Generator
) -> None:
    spec = make_spec(MASS)
    placed = exam.place_breast(spec, "left")
    without = exam.place_breast(remove_lesion(spec, "f1"), "left")
    for key, view in placed.items():
        assert np.array_equal(without[key].pixels, view.base_pixels)
        assert not np.array_equal(view.pixels, view.base_pixels)
    again = insert_lesion(remove_lesion(spec, "f1"), MASS)
    assert same(placed, open_exam(again, network).place_breast(again, "left"))


@pytest.mark.parametrize(
    "spec",
    [
        make_spec(MASS, GROUP),
        make_spec(GROUP, MASS, dose=0.4),
        make_spec(MASS, GROUP, make_fault("motion_blur", size_mm=0.8)),
        make_spec(MASS, GROUP, make_fault("under_exposure", size_mm=20.0), dose=0.7),
        make_spec(
            MASS,
            GROUP,
            make_fault("motion_blur", size_mm=1.5),
            make_fault("motion_blur", size_mm=1.5, id="f4"),
        ),
    ],
    ids=["two findings", "low dose", "moved", "under-exposed", "moved twice"],
)
def test_removing_one_of_several_changes_its_support_alone(spec: CaseSpec, exam: Exam) -> None:
    placed = exam.place_breast(spec, "left")
    fewer = exam.place_breast(remove_lesion(spec, "f2"), "left")
    for key, view in placed.items():
        changed = view.pixels != fewer[key].pixels
        support = view.findings["f2"].support
        assert changed[support].any()
        assert not changed[~support].any()
        assert np.array_equal(view.base_pixels, fewer[key].base_pixels)
        kept, before = fewer[key].findings["f1"], view.findings["f1"]
        assert np.array_equal(kept.mask, before.mask)


def test_order_of_the_findings_does_not_matter(exam: Exam) -> None:
    first, second = (
        exam.place_breast(make_spec(*lesions), "left") for lesions in ((MASS, GROUP), (GROUP, MASS))
    )
    for key in first:
        assert np.array_equal(first[key].pixels, second[key].pixels)
        assert np.array_equal(first[key].findings["f2"].mask, second[key].findings["f2"].mask)


def test_taking_away_one_of_two_overlapping_leaves_the_other(exam: Exam) -> None:
    dense = replace(MASS, size_mm=22.0, contrast=2.0)
    spec = make_spec(dense, GROUP)
    placed = exam.place_breast(spec, "left")
    fewer = exam.place_breast(remove_lesion(spec, "f2"), "left")
    for key, view in placed.items():
        inside = view.findings["f2"].support
        assert np.array_equal(view.take_away("f2")[inside], fewer[key].pixels[inside])
        assert not np.array_equal(view.exposed_base[inside], fewer[key].pixels[inside])


def test_density_ladder_keeps_the_masks(network: Generator, exam: Exam) -> None:
    spec = make_spec(MASS, GROUP)
    placed = exam.place_breast(spec, "left")
    step = density_ladder(spec)[3]
    assert step == change_density(spec, "D")
    other = open_exam(step, network).place_breast(step, "left")
    for key, view in placed.items():
        for name, found in view.findings.items():
            assert np.array_equal(found.mask, other[key].findings[name].mask)
            assert np.array_equal(found.support, other[key].findings[name].support)
        assert not np.array_equal(view.base_pixels, other[key].base_pixels)


def test_a_lower_dose_changes_noise_and_no_truth(exam: Exam) -> None:
    spec = make_spec(MASS)
    usual = exam.place_breast(spec, "left")["left_cc"]
    low = exam.place_breast(change_dose(spec, 0.3), "left")["left_cc"]
    assert np.array_equal(usual.findings["f1"].mask, low.findings["f1"].mask)
    apart = low.pixels.astype(float) - usual.pixels
    assert apart[low.breast].std() > 20
    assert abs(apart[low.breast].mean()) < 0.05 * apart[low.breast].std()
    assert not apart[~low.breast].any()


def test_contrast_scales_what_a_finding_does(exam: Exam) -> None:
    spec = make_spec(MASS)
    usual = exam.place_breast(spec, "left")["left_cc"]
    strong = exam.place_breast(scale_contrast(spec, "f1", 2.0), "left")["left_cc"]
    inside = usual.findings["f1"].mask
    assert np.array_equal(strong.base_pixels, usual.base_pixels)
    change = [
        float((view.pixels.astype(float) - view.base_pixels)[inside].mean())
        for view in (usual, strong)
    ]
    assert change[1] > 1.3 * change[0] > 0


@pytest.mark.parametrize("kind", ["architectural_distortion", "nipple_out_of_profile"])
def test_what_is_drawn_anew_leaves_the_base_when_removed(kind: str, exam: Exam) -> None:
    finding = REGISTRY[kind]
    rng = np.random.default_rng(1)
    words = finding.draw_words(rng, False) or finding.draw_words(rng, True)
    assert words is not None
    lesion = make_lesion(
        id="f4",
        kind=kind,
        depth_mm=16.0 if finding.region == "retroareolar" else 45.0,
        size_mm=float(np.clip(12.0, *finding.size_mm)),
        descriptors=words,
        assessment=finding.assess(words),
        pathology="none" if finding.assess(words) == "1" else "benign",
    )
    spec = make_spec(MASS, lesion)
    placed = exam.place_breast(spec, "left")
    fewer = exam.place_breast(remove_lesion(spec, "f4"), "left")
    shown = [key for key, view in placed.items() if "f4" in view.findings]
    assert shown
    for key in shown:
        changed = placed[key].pixels != fewer[key].pixels
        assert changed.any()
        assert not (changed & ~placed[key].findings["f4"].support).any()
    both = replace(spec, lesions=(lesion,))
    alone = exam.place_breast(remove_lesion(both, "f4"), "left")
    assert all(np.array_equal(view.pixels, view.base_pixels) for view in alone.values())
