"""Nipple retraction: the nipple no longer stands out, it is drawn into the breast.

Model: the nipple leaves the condition map's mask, the outline is drawn in where it stood, and
strands run from there backwards; the drawn-in nipple is a small density behind the dent.
Assumed: how far it is drawn in, and the share of cancers of a retraction on one side, .10; a
longstanding one on both sides is a variant of the normal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from generation.anatomy.condition import MAP_PIXEL_MM, ConditionMap
from generation.lesions.drawing import draw_log_normal
from generation.lesions.effects import Effect, Scene
from generation.lesions.finding import Finding
from generation.lesions.tissue.retraction import draw_in
from generation.lesions.tissue.skin_line import SkinPlace
from generation.lesions.tissue.warping import add_gland, change_view
from generation.spec import LesionSpec
from generation.vocabulary import ASSOCIATED_FEATURES, Descriptor

DEPTH_MM = 3.4
DEEPEST_MM = 8.0
STRENGTH = 0.6
NIPPLE_MM = 7.0
MALIGNANT_SHARE = 0.10
FEATURE = Descriptor(
    "feature",
    "Feature",
    tuple(term for term in ASSOCIATED_FEATURES if term.key == "nipple_retraction"),
)


def render(
    lesion: LesionSpec, *, scenes: Mapping[str, Scene], rng: np.random.Generator
) -> dict[str, tuple[Effect, ...]]:
    """See `generation.lesions.finding.Renderer`."""
    streams = dict(zip(sorted(scenes), rng.spawn(len(scenes)), strict=True))
    return {
        view: (change_view(scene, retract(lesion, scene, streams[view])),)
        for view, scene in scenes.items()
    }


def retract(lesion: LesionSpec, scene: Scene, rng: np.random.Generator) -> ConditionMap:
    """The view's condition map with the nipple drawn in."""
    outline, bare = scene.outline, _take_nipple(scene)
    at = (outline.apex_x_mm / MAP_PIXEL_MM - 0.5, outline.apex_y_mm / MAP_PIXEL_MM - 0.5)
    place = SkinPlace(*at, np.array([-1.0, 0.0], np.float32), 0.0)
    depth_mm = min(DEPTH_MM * lesion.contrast**0.5, DEEPEST_MM)
    drawn = draw_in(
        bare,
        place,
        depth_mm=depth_mm,
        width_mm=6.5 * outline.nipple_radius_mm,
        reach_mm=lesion.size_mm,
        strength=STRENGTH * lesion.contrast,
        table=scene.table,
        rng=rng,
    )
    behind = at[0] - (depth_mm + 2.5) / MAP_PIXEL_MM
    rows, columns = np.indices(bare.mask.shape, np.float32)
    away = np.hypot(columns - behind, rows - at[1]) * MAP_PIXEL_MM / outline.nipple_radius_mm
    nipple = NIPPLE_MM * np.sqrt(np.clip(1 - away**2, 0, 1)) * drawn.mask
    return add_gland(drawn, nipple, table=scene.table)


def _take_nipple(scene: Scene) -> ConditionMap:
    """The map of the body alone."""
    condition = scene.anatomy.condition
    height, width = condition.mask.shape
    skin = scene.outline.skin_depth_mm((np.arange(height, dtype=np.float32) + 0.5) * MAP_PIXEL_MM)
    x = (np.arange(width, dtype=np.float32) + 0.5) * MAP_PIXEL_MM
    mask = condition.mask & (x[None, :] < skin[:, None])
    return replace(
        condition, mask=mask, coarse=condition.coarse * mask, lines=condition.lines * mask
    )


def teach(lesion: LesionSpec) -> list[str]:
    """What it is, in sentences."""
    return [
        "The nipple does not stand out: it is drawn in, with strands that run back from it.",
        "Compare with the other side and with earlier exams: new and on one side it needs work-up.",
    ]


FINDING = Finding(
    key="nipple_retraction",
    label="Nipple retraction",
    group="associated",
    reads_as="associated_feature",
    descriptors=(FEATURE,),
    size_mm=(8.0, 35.0),
    size_means="how far the strands reach behind the nipple",
    region="retroareolar",
    render=render,
    draws_anew=True,
    teach=teach,
    draw_words=lambda rng, actionable: {"feature": "nipple_retraction"} if actionable else None,
    draw_size=lambda rng, words: draw_log_normal(rng, 18.0, 0.25, 10.0, 30.0),
    malignancy=lambda words: MALIGNANT_SHARE,
    assess=lambda words: "4A",
)
