"""Skin and nipple: air where the outline is drawn in, a thicker band where skin is thick."""

from __future__ import annotations

import numpy as np
import pytest

from generation.anatomy.geometry import PIXEL_MM
from generation.lesions.tissue.skin_line import meet_in_profile, meet_skin
from generation.physics.layers import Layer
from tests.generation.lesions.redrawing import make_finding, place, render, scenes


def test_a_finding_meets_the_skin_at_its_own_depth() -> None:
    lesion = make_finding("skin_retraction", depth_mm=30.0, lateral_mm=55.0, superior_mm=20.0)
    for scene in scenes().values():
        met = meet_skin(scene, lesion)
        depth_mm = scene.outline.apex_x_mm - (met.x + 0.5) * 0.2
        assert depth_mm == pytest.approx(lesion.depth_mm, abs=4.0)
        ahead = np.array([met.x, met.y]) + 20 * met.inwards
        behind = np.array([met.x, met.y]) - 20 * met.inwards
        mask = scene.anatomy.condition.mask
        assert mask[round(float(ahead[1])), round(float(ahead[0]))]
        assert not mask[round(float(behind[1])), round(float(behind[0]))]


def test_skin_that_lies_square_to_a_view_does_not_show_there() -> None:
    scene = scenes()["cc"]
    half = scene.spec.width_mm / 2
    lesion = make_finding(
        "skin_retraction", depth_mm=40.0, lateral_mm=0.75 * half, superior_mm=0.55 * half
    )
    above = make_finding("skin_retraction", depth_mm=45.0, lateral_mm=0.0, superior_mm=-0.8 * half)
    assert "cc" in meet_in_profile(scenes(), lesion)
    assert set(meet_in_profile(scenes(), above)) == {"mlo"}
    assert set(render(above)) == {"mlo"}


@pytest.mark.parametrize("kind", ["skin_retraction", "nipple_retraction"])
def test_air_appears_where_the_outline_is_drawn_in(kind: str) -> None:
    lesion = make_finding(kind, depth_mm=30.0, lateral_mm=60.0, superior_mm=10.0)
    for view in render(lesion):
        placed = place(view, lesion)
        scene = scenes()[view]
        change = render(lesion)[view][0]
        assert not isinstance(change, Layer)
        gone = scene.anatomy.condition.mask & ~change.anatomy.condition.mask  # type: ignore[union-attr]
        air = np.repeat(np.repeat(gone, 2, axis=0), 2, axis=1)
        inner = air & placed.breast
        assert inner.sum() * PIXEL_MM**2 > 3.0
        assert np.median(placed.pixels[inner]) < 20
        assert np.median(placed.base_pixels[inner]) > 100


def test_no_nipple_stands_out_after_its_retraction() -> None:
    lesion = make_finding("nipple_retraction")
    for view, (change,) in render(lesion).items():
        outline = scenes()[view].outline
        beyond = np.arange(1792) * PIXEL_MM > outline.apex_x_mm + 0.5
        placed = place(view, lesion)
        assert placed.base_pixels[:, beyond].max() > 100
        assert placed.pixels[:, beyond].max() < 20
        assert change.mask[:, beyond].any()


def test_skin_thickens_with_contrast_and_along_its_size() -> None:
    def measure(**changes: float) -> tuple[float, float]:
        lesion = make_finding(
            "skin_thickening", depth_mm=30.0, lateral_mm=60.0, superior_mm=10.0, **changes
        )
        (layer,) = render(lesion)["cc"]
        assert isinstance(layer, Layer)
        return float(layer.mask.sum()) * PIXEL_MM**2, layer.long_axis_mm

    usual, length = measure()
    assert measure(contrast=2.0)[0] > 1.4 * usual
    assert measure(size_mm=60.0)[1] > 1.5 * length
    # A band of 3 to 6 mm beneath the skin, as long as its size.
    assert 2.5 < usual / length < 6.5
    assert 25.0 < length < 42.0


def test_diffuse_thickening_runs_round_both_views() -> None:
    words = {"feature": "skin_thickening", "extent": "diffuse"}
    lesion = make_finding("skin_thickening", descriptors=words, assessment="4B", size_mm=100.0)
    effects = render(lesion)
    assert set(effects) == {"cc", "mlo"}
    for (layer,) in effects.values():
        assert layer.long_axis_mm > 120.0
