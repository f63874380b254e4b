"""Skin retraction: a dent of the outline, held by straight strands that run into the breast.

Model: where the finding meets the skin in profile the condition map's mask is drawn in, the tissue
behind it with it, and strands run inwards from the deepest point; the network draws it, air appears
in the dent. A view that meets that skin square on does not show it.
Assumed: depth and width of the dent, and the share of cancers, .60: without surgery or injury the
usual cause is a cancer that shortens the ligaments.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from generation.anatomy.condition import MAP_PIXEL_MM
from generation.lesions.drawing import draw_log_normal
from generation.lesions.effects import Effect, Scene
from generation.lesions.finding import Finding
from generation.lesions.tissue.retraction import draw_in
from generation.lesions.tissue.skin_line import SkinPlace, meet_in_profile
from generation.lesions.tissue.warping import change_view
from generation.spec import LesionSpec
from generation.vocabulary import ASSOCIATED_FEATURES, Descriptor

BoolArray = NDArray[np.bool_]

VISIBLE_SHARE = 0.85
DEPTH_SHARE = 0.2
DEEPEST_MM = 9.0
STRENGTH = 0.8
MALIGNANT_SHARE = 0.60
FEATURE = Descriptor(
    "feature",
    "Feature",
    tuple(term for term in ASSOCIATED_FEATURES if term.key == "skin_retraction"),
)


def render(
    lesion: LesionSpec, *, scenes: Mapping[str, Scene], rng: np.random.Generator
) -> dict[str, tuple[Effect, ...]]:
    """See `generation.lesions.finding.Renderer`."""
    streams = dict(zip(sorted(scenes), rng.spawn(len(scenes)), strict=True))
    depth_mm = min(DEPTH_SHARE * lesion.size_mm * lesion.contrast**0.5, DEEPEST_MM)
    effects: dict[str, tuple[Effect, ...]] = {}
    for view, place in meet_in_profile(scenes, lesion).items():
        scene = scenes[view]
        drawn = draw_in(
            scene.anatomy.condition,
            place,
            depth_mm=depth_mm,
            width_mm=1.5 * lesion.size_mm,
            reach_mm=0.9 * lesion.size_mm,
            strength=STRENGTH * lesion.contrast,
            table=scene.table,
            rng=streams[view],
        )
        effects[view] = (change_view(scene, drawn, within=_within_reach(scene, place, lesion)),)
    return effects


def _within_reach(scene: Scene, place: SkinPlace, lesion: LesionSpec) -> BoolArray:
    """(h, w) of the map: what the strands can reach."""
    rows, columns = np.indices(scene.anatomy.condition.mask.shape, np.float32)
    away = np.hypot(columns - place.x, rows - place.y) * MAP_PIXEL_MM
    return np.asarray(away < VISIBLE_SHARE * lesion.size_mm)


def teach(lesion: LesionSpec) -> list[str]:
    """What it is, in sentences."""
    return [
        "The outline is drawn in, and straight strands run from the dent into the breast.",
        "Something shortens the ligaments there: follow the strands, and ask for surgery.",
    ]


FINDING = Finding(
    key="skin_retraction",
    label="Skin retraction",
    group="associated",
    reads_as="associated_feature",
    descriptors=(FEATURE,),
    size_mm=(8.0, 45.0),
    size_means="length of the outline that is drawn in",
    region="skin",
    render=render,
    draws_anew=True,
    teach=teach,
    draw_words=lambda rng, actionable: {"feature": "skin_retraction"} if actionable else None,
    draw_size=lambda rng, words: draw_log_normal(rng, 20.0, 0.25, 12.0, 35.0),
    malignancy=lambda words: MALIGNANT_SHARE,
    assess=lambda words: "4C",
)
