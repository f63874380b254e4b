"""Scars, reductions, implants and overlapping tissue: benign or nothing, each in its own way."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from generation.lesions import REGISTRY
from generation.lesions.effects import AnatomyChange
from generation.lesions.tissue.warping import place_on_map
from tests.generation.lesions.redrawing import make_finding, place, render, scenes


@pytest.mark.parametrize("kind", ["scar", "reduction", "implant", "overlapping_tissue"])
def test_none_of_them_is_ever_actionable(kind: str) -> None:
    finding = REGISTRY[kind]
    rng = np.random.default_rng(0)
    assert finding.draw_words(rng, True) is None
    words = finding.draw_words(rng, False)
    assert words is not None
    assert finding.assess(words) in ("1", "2")
    assert finding.malignancy(words) == 0.0


def test_a_scar_holds_fat_where_its_strands_meet() -> None:
    lesion = make_finding("scar", size_mm=30.0)
    scene = scenes()["cc"]
    change = next(part for part in render(lesion)["cc"] if isinstance(part, AnatomyChange))
    x, y = place_on_map(scene, lesion)
    rows, columns = np.indices(change.anatomy.condition.mask.shape)
    away = np.hypot(rows - y, columns - x) * 0.2
    added = change.anatomy.condition.coarse - scene.anatomy.condition.coarse
    assert added[away < 3.0].mean() < added[(away > 5.0) & (away < 9.0)].mean() - 0.01


def test_overlap_is_seen_in_one_view_and_is_no_lesion() -> None:
    lesion = make_finding("overlapping_tissue")
    assert len(render(lesion)) == 1
    assert REGISTRY["overlapping_tissue"].assess(lesion.descriptors) == "1"


def test_a_reduction_moves_tissue_in_both_views() -> None:
    effects = render(make_finding("reduction"))
    assert set(effects) == {"cc", "mlo"}
    for view, (change,) in effects.items():
        assert isinstance(change, AnatomyChange)
        moved = change.anatomy.condition.coarse - scenes()[view].anatomy.condition.coarse
        assert moved.max() > 0.05 and moved.min() < -0.05
        assert change.long_axis_mm > 30.0


def test_an_implant_is_bright_smooth_and_on_the_chest_wall() -> None:
    lesion = make_finding("implant")
    placed = place("cc", lesion)
    found = placed.findings[lesion.id]
    assert found.mask[:, :5].any()
    core = ndimage.binary_erosion(found.mask, iterations=80)
    assert np.median(placed.pixels[core]) > 3500
    assert np.std(placed.pixels[core]) < 0.5 * np.std(placed.base_pixels[core])
    assert REGISTRY["implant"].check(make_finding("implant", size_mm=150.0), scenes()["cc"].spec)
