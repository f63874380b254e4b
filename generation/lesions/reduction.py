"""Reduction mammoplasty: tissue moved downwards and swirled, bands of scar in the lower breast.

Model, in both views: coarse tissue and lines are turned about points of the lower breast, gland is
taken from the upper outer part and laid low, and bands of scar run along the skin of the lower
breast and up to the nipple, where skin was sewn to skin. The nipple stays where the outline has it.
Source: swirling of the lower breast, parenchymal bands, tissue that lies low, a raised nipple
(Miller 1987, AJR 149:35, "Mammographic changes after reduction mammoplasty"). Assumed: strengths.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation.anatomy.condition import MAP_PIXEL_MM, ConditionMap
from generation.lesions.drawing import draw_log_normal
from generation.lesions.effects import Effect, Scene, by_view
from generation.lesions.finding import Finding
from generation.lesions.tissue.warping import add_gland, add_lines, change_view, swirl
from generation.spec import LesionSpec

FloatArray = NDArray[np.float32]

TURN = 1.1
BAND_STRENGTH = 0.75
BAND_MM = 1.6
LOW_MM, HIGH_MM = 2.2, -2.6
# Where the middle of the change lies, and its vertices, as shares of depth and half the width:
# behind the nipple, below its level (the CC shows no level: both sides of the middle).
VORTICES = {"cc": ((0.42, 0.22), (0.55, -0.2)), "mlo": ((0.40, 0.30), (0.62, 0.12))}
LAID_LOW = {"cc": (0.40, 0.0), "mlo": (0.42, 0.38)}
TAKEN_HIGH = {"cc": (0.45, -0.45), "mlo": (0.50, -0.40)}
STEPS = 300


def render(
    lesion: LesionSpec, *, scenes: Mapping[str, Scene], rng: np.random.Generator
) -> dict[str, tuple[Effect, ...]]:
    """See `generation.lesions.finding.Renderer`."""
    streams = dict(zip(sorted(scenes), rng.spawn(len(scenes)), strict=True))
    turn = TURN * min(lesion.contrast, 1.6) * float(rng.choice([-1.0, 1.0]))
    return by_view(
        {
            view: change_view(scene, rebuild(lesion, scene, streams[view], turn=turn))
            for view, scene in scenes.items()
        }
    )


def rebuild(
    lesion: LesionSpec, scene: Scene, rng: np.random.Generator, *, turn: float
) -> ConditionMap:
    """The view's condition map after the operation; `turn` in radians about the first vortex."""
    condition = scene.anatomy.condition
    reach = lesion.size_mm / 2
    for number, share in enumerate(VORTICES[scene.view]):
        at = _find(scene, share, rng)
        condition = swirl(condition, at, reach_mm=reach, turn=turn * (-0.8) ** number)
    moved = LOW_MM * _lay(scene, LAID_LOW[scene.view], 0.55 * reach, rng)
    moved += HIGH_MM * _lay(scene, TAKEN_HIGH[scene.view], 0.7 * reach, rng)
    condition = add_gland(condition, lesion.contrast * moved, table=scene.table)
    bands = draw_bands(scene, lesion, rng)
    strength = 1 - np.exp(-BAND_STRENGTH * lesion.contrast * bands)
    tissue = BAND_MM * lesion.contrast * ndimage.gaussian_filter(bands, 2.0) * 4.0
    return add_gland(add_lines(condition, strength), tissue, table=scene.table)


def _find(
    scene: Scene, share: tuple[float, float], rng: np.random.Generator
) -> tuple[float, float]:
    """(x, y) in map pixels of a place given as shares of depth and half the width, jittered."""
    outline, spec = scene.outline, scene.spec
    behind, below = np.array(share) + rng.normal(0, 0.04, 2)
    x = outline.apex_x_mm - behind * spec.depth_mm
    y = outline.apex_y_mm + below * spec.width_mm / 2
    return (float(x) / MAP_PIXEL_MM - 0.5, float(y) / MAP_PIXEL_MM - 0.5)


def _lay(
    scene: Scene, share: tuple[float, float], reach_mm: float, rng: np.random.Generator
) -> FloatArray:
    """(h, w) of the map: an uneven patch, 1 in its middle and 0 beyond its reach."""
    x, y = _find(scene, share, rng)
    shape = scene.anatomy.condition.mask.shape
    rows, columns = np.indices(shape, np.float32)
    away = np.hypot(columns - x, rows - y) * MAP_PIXEL_MM / reach_mm
    noise = ndimage.zoom(rng.standard_normal((shape[0] // 16, shape[1] // 16)), 16, order=1)
    uneven = 1 + 0.7 * ndimage.gaussian_filter(noise, 8.0)
    return np.asarray(np.clip(1 - away**2, 0, 1) ** 2 * uneven, np.float32)


def draw_bands(scene: Scene, lesion: LesionSpec, rng: np.random.Generator) -> FloatArray:
    """(h, w) of the map: strength 0-1 along bands of scar, following the skin of the lower part."""
    outline = scene.outline
    shape = scene.anatomy.condition.mask.shape
    canvas = np.zeros(shape, np.float32)
    low = 1.0 if scene.view == "mlo" else float(rng.choice([-1.0, 1.0]))
    for _ in range(int(rng.integers(3, 6))):
        inset = rng.uniform(7.0, 24.0)
        first = rng.uniform(0.05, 0.35)
        share = np.linspace(first, min(first + rng.uniform(0.3, 0.55), 0.85), STEPS)
        y = outline.apex_y_mm + low * share * scene.spec.width_mm / 2
        wander = ndimage.gaussian_filter1d(rng.normal(0, 1, STEPS), 40) * 12.0
        x = outline.skin_depth_mm(y.astype(np.float32)) - inset * (1 + share) + wander
        course = np.sin(np.pi * np.linspace(0, 1, STEPS)) ** 0.5 * rng.uniform(0.4, 1.0)
        column = np.rint(x / MAP_PIXEL_MM - 0.5).astype(int)
        row = np.rint(y / MAP_PIXEL_MM - 0.5).astype(int)
        seen = (column >= 0) & (column < shape[1]) & (row >= 0) & (row < shape[0])
        np.maximum.at(canvas, (row[seen], column[seen]), course[seen].astype(np.float32))
    return canvas


def teach(lesion: LesionSpec) -> list[str]:
    """What it is, in sentences."""
    return [
        "The breast was made smaller: tissue lies low and swirls.",
        "Bands of scar run along the skin of the lower part, where skin was sewn to skin.",
    ]


FINDING = Finding(
    key="reduction",
    label="Reduction mammoplasty",
    group="post_surgical",
    reads_as="architectural_distortion",
    descriptors=(),
    size_mm=(40.0, 100.0),
    size_means="extent of what was moved",
    region="breast",
    render=render,
    draws_anew=True,
    teach=teach,
    draw_words=lambda rng, actionable: None if actionable else {},
    draw_size=lambda rng, words: draw_log_normal(rng, 65.0, 0.15, 45.0, 90.0),
    malignancy=lambda words: 0.0,
    assess=lambda words: "2",
)
