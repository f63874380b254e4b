"""Every kind of finding in a drawn breast: exact truth in each view, and nothing else changed.

The network is small and untrained: where a finding lies does not depend on how tissue looks.
"""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generation.anatomy.geometry import CANVAS_PX
from generation.clock import StageClock
from generation.description import describe_findings
from generation.lesions import REGISTRY
from generation.networks.generator import Generator, GeneratorConfig
from generation.placement import PlacedView
from generation.spec import CaseSpec
from generation.synthesis import place_breast
from generation.vocabulary import DENSITIES, FINDING_KINDS, term_keys

# Depth along the nipple line agrees between the views (IARC atlas); a mark of their frame.
DEPTH_TOLERANCE_MM = 10.0


@pytest.fixture(scope="module")
def network() -> Generator:
    torch.manual_seed(0)
    return Generator(GeneratorConfig(widths=(4,) * 5, hidden=4, tail=4)).eval()


def place(spec: CaseSpec, side: str, network: Generator) -> dict[str, PlacedView]:
    clock = StageClock(lambda stage, share: None)
    return place_breast(spec, side, network, device="cpu", clock=clock)[0]


def check_breast(spec: CaseSpec, side: str, network: Generator) -> dict[str, PlacedView]:
    """The views of one breast, once everything that must hold of its findings does."""
    placed = place(spec, side, network)
    here = [lesion for lesion in spec.lesions if lesion.side == side]
    for found in describe_findings(replace(spec, lesions=tuple(here)), placed):
        assert found.views, f"{found.kind} shows in no view"
        json.dumps(found.to_json(), allow_nan=False)
        assert found.reads_as is None or found.reads_as in FINDING_KINDS
        assert 0 <= found.malignancy <= 1 and found.teaching
        for key, shown in found.views.items():
            assert shown.mask.shape == shown.support.shape == CANVAS_PX
            assert shown.mask.any(), f"{found.kind} has no mask in {key}"
            assert not (shown.mask & ~shown.support).any(), f"{found.kind}: mask beyond support"
            assert not (shown.mask & ~placed[key].oriented(placed[key].breast)).any()
            assert shown.long_axis_mm > 0
            assert shown.dprime is None or np.isfinite(shown.dprime)
    for view in placed.values():
        touched = np.zeros(CANVAS_PX, bool)
        for shown_here in view.findings.values():
            touched |= shown_here.support
        assert np.array_equal(view.pixels[~touched], view.base_pixels[~touched])
        if here and view.findings:
            assert (view.pixels != view.base_pixels).any()
    return placed


@pytest.mark.parametrize("kind", sorted(REGISTRY))
def test_truth_is_exact_and_taking_it_away_gives_the_base_bit_for_bit(
    kind: str, network: Generator
) -> None:
    spec = CaseSpec.draw(np.random.default_rng(7), findings=kind)
    side = spec.lesions[0].side
    with_it = check_breast(spec, side, network)
    without = place(replace(spec, lesions=(), prior=None), side, network)
    for key, view in with_it.items():
        assert np.array_equal(view.base_pixels, without[key].pixels)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32 - 1), density=st.sampled_from(term_keys(DENSITIES)))
def test_any_drawn_case_can_be_made(seed: int, density: str, network: Generator) -> None:
    spec = CaseSpec.draw(np.random.default_rng(seed), density=density)
    side = spec.lesions[0].side if spec.lesions else "left"
    check_breast(spec, side, network)


@pytest.mark.parametrize("kind", ["mass", "calcification_group"])
def test_both_views_show_a_finding_at_the_same_depth(kind: str, network: Generator) -> None:
    for seed in range(3):
        spec = CaseSpec.draw(np.random.default_rng(seed), findings=kind, side="left")
        depths = []
        for view in place(spec, "left", network).values():
            columns = np.nonzero(view.findings["f1"].mask)[1]
            nipple_px = view.scene.outline.apex_x_mm * 10
            depths.append((nipple_px - columns.mean()) / 10)
        assert abs(depths[0] - depths[1]) <= DEPTH_TOLERANCE_MM


def test_a_right_breast_is_stored_as_the_mirror_of_its_drawing(network: Generator) -> None:
    spec = CaseSpec.draw(np.random.default_rng(2), findings="mass", side="right")
    placed = place(spec, "right", network)
    (found,) = describe_findings(spec, placed)
    for key, shown in found.views.items():
        drawn = placed[key].findings["f1"]
        stored = placed[key].render()
        assert np.array_equal(shown.mask[:, ::-1], drawn.mask)
        assert shown.centre_px[0] == pytest.approx(CANVAS_PX[1] - 1 - drawn.centre_px[0])
        assert stored.pixels[:, -100:].mean() > stored.pixels[:, :100].mean()
        assert stored.base_pixels is not None
        changed = stored.pixels != stored.base_pixels
        assert changed.any() and not (changed & ~shown.support).any()
