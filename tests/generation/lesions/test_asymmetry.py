"""Asymmetries: how many views, how large, how unlike a mass."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.spatial import ConvexHull

from generation.lesions import REGISTRY
from generation.lesions.effects import AnatomyChange
from generation.lesions.matter.projection import build_projection
from generation.lesions.tissue.glandular_patch import draw_patch
from generation.plausibility import find_errors
from generation.spec import PriorSpec
from generation.transformations import take_prior
from tests.generation.lesions.redrawing import make_finding, render
from tests.generation.specs import make_spec

FINDING = REGISTRY["asymmetry"]


def words_of(kind: str) -> dict[str, object]:
    words = {"type": kind}
    return {"descriptors": words, "assessment": FINDING.assess(words)}


@pytest.mark.parametrize(("kind", "views"), [("asymmetry", 1), ("focal", 2), ("developing", 2)])
def test_only_a_plain_asymmetry_shows_in_one_view(kind: str, views: int) -> None:
    assert len(render(make_finding("asymmetry", **words_of(kind)))) == views


def test_its_tissue_is_added_and_has_the_size() -> None:
    for size in (14.0, 30.0):
        for (effect,) in render(make_finding("asymmetry", size_mm=size)).values():
            assert isinstance(effect, AnatomyChange)
            assert 0.6 * size < effect.long_axis_mm < 1.4 * size


def test_a_patch_is_irregular_and_holds_fat() -> None:
    """The outline of its projection is less solid than that of any mass."""
    projection = build_projection("cc", 45.0)
    solidities = []
    for seed in range(5):
        patch = draw_patch(np.random.default_rng(seed), size_mm=30.0)
        path = patch.project(projection, centre_xy=(60.0, 60.0), shape=(121, 121), pixel_mm=0.5)
        assert path.sum() * 0.5**2 == pytest.approx(patch.volume_mm3.sum(), rel=0.02)
        seen = np.argwhere(path > 0.4 * np.quantile(path[path > 0], 0.95))
        solidities.append(len(seen) / ConvexHull(seen).volume)
    assert np.mean(solidities) < 0.85


def test_sizes_of_global_and_focal_do_not_mix() -> None:
    large = make_finding("asymmetry", size_mm=60.0)
    assert "size_mm" in FINDING.check(large, make_spec())
    assert not FINDING.check(replace(large, descriptors={"type": "global"}), make_spec())
    small = make_finding("asymmetry", size_mm=20.0, **words_of("global"))
    assert "size_mm" in FINDING.check(small, make_spec())


def test_what_is_developing_needs_a_prior_that_shows_less() -> None:
    lesion = make_finding("asymmetry", pathology="benign", **words_of("developing"))
    spec = make_spec(lesion)
    assert find_errors(spec)
    grown = replace(spec, prior=PriorSpec(years_before=2.0, shares={lesion.id: 0.6}))
    assert not find_errors(grown)
    assert take_prior(grown).lesions[0].size_mm == pytest.approx(0.6 * lesion.size_mm)


def test_drawn_words_and_sizes_agree_with_the_category() -> None:
    rng = np.random.default_rng(0)
    for actionable in (True, False):
        for _ in range(20):
            words = FINDING.draw_words(rng, actionable)
            assert words is not None
            assert (FINDING.assess(words)[0] in "45") == actionable
            lesion = make_finding("asymmetry", size_mm=FINDING.draw_size(rng, words))
            assert not FINDING.check(replace(lesion, descriptors=words), make_spec())
