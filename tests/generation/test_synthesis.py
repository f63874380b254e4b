"""A whole case, with a small untrained network where tissue does not matter."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from generation.anatomy.geometry import CANVAS_PX, VIEW_KEYS
from generation.networks.generator import Generator, GeneratorConfig
from generation.networks.weights import DEFAULT_WEIGHTS, load_generator, save_weights
from generation.placement import RenderedView
from generation.spec import CaseSpec, SpecError
from generation.synthesis import SynthesisedCase, WeightsError, synthesise


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch.manual_seed(0)
    path = tmp_path_factory.mktemp("weights") / "small.safetensors"
    save_weights(Generator(GeneratorConfig(widths=(4,) * 5, hidden=4, tail=4)), path, record={})
    return path


@pytest.fixture(scope="module")
def spec() -> CaseSpec:
    return CaseSpec.draw(
        np.random.default_rng(5),
        density="B",
        findings="mass",
        side="right",
        size_mm=14.0,
        descriptors={"margin": "circumscribed"},
    )


@pytest.fixture(scope="module")
def case(spec: CaseSpec, weights: Path) -> SynthesisedCase:
    return synthesise(spec, weights=weights)


def test_four_views_on_the_full_canvas_in_twelve_bits(case: SynthesisedCase) -> None:
    assert set(case.views) == set(VIEW_KEYS)
    for view in case.views.values():
        assert view.pixels.shape == CANVAS_PX
        assert view.pixels.dtype == np.uint16
        assert view.pixels.max() < 4096


def test_chest_wall_is_at_the_sides_edge(case: SynthesisedCase) -> None:
    for key, view in case.views.items():
        left, right = view.pixels[:, :100].mean(), view.pixels[:, -100:].mean()
        assert (left > right) == key.startswith("left")


def test_same_spec_gives_the_same_bytes(
    case: SynthesisedCase, spec: CaseSpec, weights: Path
) -> None:
    again = synthesise(CaseSpec.from_json(spec.to_json()), weights=weights)
    for key in VIEW_KEYS:
        assert np.array_equal(case.views[key].pixels, again.views[key].pixels)
    assert case.truth == again.truth


def test_finding_shows_in_both_views_of_its_breast_alone(case: SynthesisedCase) -> None:
    (finding,) = case.findings
    assert set(finding.views) == {"right_cc", "right_mlo"}
    for key, view in case.views.items():
        assert (view.base_pixels is None) == (key not in finding.views)


def test_nothing_changes_outside_the_support(case: SynthesisedCase) -> None:
    (finding,) = case.findings
    for key, shown in finding.views.items():
        view = case.views[key]
        changed = view.pixels != view.base_pixels
        assert changed.any()
        assert not (changed & ~shown.support).any()
        assert shown.mask.any() and not (shown.mask & ~shown.support).any()


def test_base_equals_the_case_without_the_finding(
    case: SynthesisedCase, spec: CaseSpec, weights: Path
) -> None:
    without = synthesise(replace(spec, lesions=()), weights=weights)
    for key in VIEW_KEYS:
        base = case.views[key].base_pixels
        expected = case.views[key].pixels if base is None else base
        assert np.array_equal(without.views[key].pixels, expected)
    assert without.findings == ()
    assert without.truth["assessment"] == {"left": "1", "right": "1"}
    assert without.truth["recall"] is False


def test_centre_lies_in_the_mask_and_views_agree_on_depth(case: SynthesisedCase) -> None:
    (finding,) = case.findings
    for shown in finding.views.values():
        x, y = shown.centre_px
        rows, columns = np.nonzero(shown.mask)
        assert columns.min() - 5 <= x <= columns.max() + 5
        assert rows.min() - 5 <= y <= rows.max() + 5
        assert shown.long_axis_mm >= 10
    assert all(6 <= extent <= 16 for extent in finding.extent_mm)


def test_truth_and_provenance_are_json_and_complete(case: SynthesisedCase, spec: CaseSpec) -> None:
    truth = json.loads(json.dumps(case.truth))
    assert truth["density"] == {"left": "B", "right": "B"}
    assert all(0.035 < fraction <= 0.075 for fraction in truth["density_fraction"].values())
    assert truth["assessment"]["left"] == "1"
    assert truth["recall"] == spec.lesions[0].actionable
    origin = json.loads(json.dumps(case.provenance))
    assert origin["synthetic"] is True
    assert CaseSpec.from_json(origin["spec"]) == spec
    assert len(origin["weights_sha256"]) == 64


def test_progress_rises_and_names_stages(spec: CaseSpec, weights: Path) -> None:
    heard: list[tuple[str, float]] = []
    made = synthesise(
        replace(spec, lesions=()), weights=weights, progress=lambda *said: heard.append(said)
    )
    shares = [share for _, share in heard]
    assert shares == sorted(shares) and shares[-1] == 0.9
    assert {stage for stage, _ in heard} == set(made.seconds)


def test_bad_input_is_refused_before_any_work(spec: CaseSpec, tmp_path: Path) -> None:
    with pytest.raises(SpecError) as caught:
        synthesise(replace(spec, density="E"))
    assert "density" in caught.value.errors
    with pytest.raises(WeightsError, match="cannot be read"):
        synthesise(spec, weights=tmp_path / "none.safetensors")
    with pytest.raises(ValueError, match="device"):
        synthesise(spec, device="tpu")


def test_shipped_weights_fit_this_code_and_their_size_limit() -> None:
    trained = load_generator(DEFAULT_WEIGHTS, "cpu")
    described = json.loads(DEFAULT_WEIGHTS.with_suffix(".json").read_text())
    assert trained.sha256 == described["sha256"]
    assert described["training"]["step"] > 1000
    assert DEFAULT_WEIGHTS.stat().st_size <= 16 * 2**20


def measure_difference(one: RenderedView, other: RenderedView) -> float:
    """1 - correlation of what two images of one view show in blocks of 16 pixels."""
    # Means of blocks: noise of single pixels is the network's, untrained here.
    blocks = [view.pixels.reshape(144, 16, 112, 16).mean(axis=(1, 3)) for view in (one, other)]
    return 1.0 - float(np.corrcoef(*(block.ravel() for block in blocks))[0, 1])


def test_a_case_with_a_prior_shows_both_exams_of_one_woman(
    case: SynthesisedCase, weights: Path
) -> None:
    spec = CaseSpec.draw(
        np.random.default_rng(1),
        findings="asymmetry",
        descriptors={"type": "developing"},
        density="B",
    )
    made = synthesise(spec, weights=weights)
    assert made.prior is not None and set(made.prior) == set(VIEW_KEYS)
    assert spec.prior is not None
    assert made.truth["prior"]["years_before"] == spec.prior.years_before
    assert len(made.truth["prior"]["findings"]) == len(made.prior_findings) <= 1
    another_woman = case.views
    for key in VIEW_KEYS:
        now, before = made.views[key], made.prior[key]
        assert not np.array_equal(now.pixels, before.pixels)
        # Compressed anew, so the skin line moves; by far less than between two women of one density
        # (measured: at most a quarter of it).
        assert measure_difference(now, before) < measure_difference(now, another_woman[key]) / 2


def test_a_tier_that_is_asked_for_is_the_one_measured() -> None:
    # Drawn with the shipped weights: untrained tissue is smooth, and nothing is hard to see in it.
    wanted = CaseSpec.draw(
        np.random.default_rng(3), findings="mass", density="B", tier=4, prior=False
    )
    case = synthesise(wanted)
    assert case.truth["tier"] == 4
    assert case.provenance["tier_asked"] == 4
    made = CaseSpec.from_json(case.provenance["spec"])
    assert made.tier is None
    assert replace(made, tier=4, lesions=wanted.lesions) == wanted
