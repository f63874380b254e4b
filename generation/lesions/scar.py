"""Scar after excision: distortion around a centre of fat, and skin drawn in where it is near.

Model: a distortion (`architectural_distortion`) whose strands are fewer and thicker, around a
centre in which the strands hold fat; near the skin, the outline is drawn in as well.
Source: a spiculated scar that holds fat (Krishnamurthy 1999, Radiographics 19:S53, "Mammographic
findings after breast conservation therapy"). Assumed: all strengths.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from generation.anatomy.condition import MAP_PIXEL_MM
from generation.lesions.architectural_distortion import distort, within_reach
from generation.lesions.drawing import draw_log_normal
from generation.lesions.effects import Effect, Scene
from generation.lesions.finding import Finding
from generation.lesions.tissue.retraction import draw_in
from generation.lesions.tissue.skin_line import meet_skin
from generation.lesions.tissue.strands import draw_strands, lay_threads
from generation.lesions.tissue.warping import add_gland, change_view, place_on_map
from generation.spec import LesionSpec

FloatArray = NDArray[np.float32]

STRANDS = (16, 26)
STRAND_REACH = 0.6
THREAD_PATH_MM = 2.0
# Its strands are fewer than a distortion's and each is stronger.
STRENGTH = 1.8
# Radius of the fat in the middle as a share of the size, and the gland that it takes the place of.
FAT_SHARE = 0.16
FAT_MM = 3.0
NEAR_SKIN_MM = 14.0


def render(
    lesion: LesionSpec, *, scenes: Mapping[str, Scene], rng: np.random.Generator
) -> dict[str, tuple[Effect, ...]]:
    """See `generation.lesions.finding.Renderer`."""
    own, *others = rng.spawn(1 + len(scenes))
    streams = dict(zip(sorted(scenes), others, strict=True))
    strands = draw_strands(
        own, count=int(own.integers(*STRANDS)), reach_mm=STRAND_REACH * lesion.size_mm
    )
    stronger = replace(lesion, contrast=STRENGTH * lesion.contrast)
    effects: dict[str, tuple[Effect, ...]] = {}
    for view, scene in scenes.items():
        condition = distort(scene, stronger, strands)
        condition = add_gland(condition, -_hold_fat(scene, lesion), table=scene.table)
        place = meet_skin(scene, lesion)
        within = within_reach(scene, lesion)
        if place.away_mm < NEAR_SKIN_MM + lesion.size_mm / 2:
            condition = draw_in(
                condition,
                place,
                depth_mm=min(0.10 * lesion.size_mm, 4.0),
                width_mm=lesion.size_mm,
                reach_mm=place.away_mm,
                strength=0.5 * lesion.contrast,
                table=scene.table,
                rng=streams[view],
            )
        threads = lay_threads(strands, scene.projection, path_mm=THREAD_PATH_MM * lesion.contrast)
        effects[view] = (change_view(scene, condition, within=within), threads)
    return effects


def _hold_fat(scene: Scene, lesion: LesionSpec) -> FloatArray:
    """(h, w) of the map: mm of gland that the fat in the middle takes the place of."""
    x, y = place_on_map(scene, lesion)
    rows, columns = np.indices(scene.anatomy.condition.mask.shape, np.float32)
    radius = FAT_SHARE * lesion.size_mm
    away = np.hypot(columns - x, rows - y) * MAP_PIXEL_MM / radius
    return np.asarray(FAT_MM * lesion.contrast * np.sqrt(np.clip(1 - away**2, 0, 1)), np.float32)


def teach(lesion: LesionSpec) -> list[str]:
    """What it is, in sentences."""
    return [
        "A scar after excision: strands that converge, with fat where they meet.",
        "It lies where the surgeon cut and shrinks or stays from year to year; a scar never grows.",
    ]


FINDING = Finding(
    key="scar",
    label="Scar after excision",
    group="post_surgical",
    reads_as="architectural_distortion",
    descriptors=(),
    size_mm=(12.0, 50.0),
    size_means="diameter within which tissue is drawn together",
    region="gland",
    render=render,
    draws_anew=True,
    teach=teach,
    draw_words=lambda rng, actionable: None if actionable else {},
    draw_size=lambda rng, words: draw_log_normal(rng, 28.0, 0.25, 16.0, 42.0),
    malignancy=lambda words: 0.0,
    assess=lambda words: "2",
)
