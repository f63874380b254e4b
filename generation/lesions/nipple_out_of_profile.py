"""Nipple out of profile: it lies over the breast instead of beyond its outline.

Model: the outline closes without the nipple, and at the finding's place the nipple is seen end on:
a short, rounded cylinder of skin and ducts between the paddles, in place of as much breast tissue,
with a sharp edge, a slight hollow and a thin crescent of trapped air on one side. Region
"retroareolar": its position is where the nipple came to lie.
Source: a nipple out of profile simulates a round mass behind the areola (IARC, Atlas of breast
cancer early detection); attenuation of skin from the VICTRE tables.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation.anatomy.condition import MAP_PIXEL_MM
from generation.anatomy.geometry import PIXEL_MM, Outline
from generation.anatomy.views import ViewAnatomy
from generation.lesions.drawing import draw_log_normal
from generation.lesions.effects import AnatomyChange, Effect, Scene
from generation.lesions.finding import Finding
from generation.lesions.technique import (
    VIEW_NAMES,
    call_negative,
    draw_view,
    exclude_cancer,
    view_descriptor,
)
from generation.physics.attenuation import attenuation_per_cm
from generation.physics.blur import blur_and_sample
from generation.physics.layers import Layer
from generation.spec import LesionSpec

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]

KEY = "nipple_out_of_profile"
VIEWS = ("cc", "mlo")
FLAT_MM = 0.05
# Path through the nipple as a share of its diameter, at a contrast of 1.
PATH_SHARE = 0.6
FACTOR = 3
# Trapped air: how wide the crescent is and how much path of tissue it takes.
AIR_MM = 0.5
AIR_CM = 0.05
SUPPORT_MM = 3.0
SUPPORT_FLOOR = 1.5e-4


def render(
    lesion: LesionSpec, *, scenes: Mapping[str, Scene], rng: np.random.Generator
) -> dict[str, tuple[Effect, ...]]:
    """The nipple taken from the outline and laid over the breast; see the module."""
    view = lesion.descriptors["view"]
    return {view: (_take_from_outline(scenes[view]), draw_nipple(lesion, rng))}


def _take_from_outline(scene: Scene) -> AnatomyChange:
    """The view whose outline closes without the nipple; nothing of that is to be marked."""
    anatomy = scene.anatomy
    outline = _close(anatomy.outline)
    mask = outline.mask(MAP_PIXEL_MM)
    coarse = _fill(anatomy.condition.coarse, anatomy.condition.mask, mask)
    lines = anatomy.condition.lines * mask
    condition = replace(anatomy.condition, mask=mask, coarse=coarse, lines=lines)
    before = anatomy.outline.mask(PIXEL_MM)
    gone = before & ~outline.mask(PIXEL_MM)
    support = ndimage.distance_transform_edt(~gone) <= SUPPORT_MM / PIXEL_MM
    return AnatomyChange(
        anatomy=ViewAnatomy(outline, condition, anatomy.gland),
        mask=np.zeros_like(gone),
        support=np.asarray(support),
        long_axis_mm=0.0,
    )


def _fill(coarse: FloatArray, known: BoolArray, wanted: BoolArray) -> FloatArray:
    """A coarse map over another breast: where it has no grey, the nearest one."""
    nearest = ndimage.distance_transform_edt(~known, return_distances=False, return_indices=True)
    return np.where(wanted, coarse[tuple(nearest)], 0).astype(np.float32)


def _close(outline: Outline) -> Outline:
    """The outline with skin across the nipple's base, from one side of it to the other."""
    profile = np.asarray(outline.profile_mm)
    heights = np.arange(len(profile))
    skin = np.abs(heights - outline.apex_y_mm) > outline.nipple_radius_mm
    closed = np.interp(heights, heights[skin], profile[skin])
    return replace(
        outline, nipple_length_mm=FLAT_MM, profile_mm=tuple(float(depth) for depth in closed)
    )


def draw_nipple(lesion: LesionSpec, rng: np.random.Generator) -> Layer:
    """The nipple seen end on, of diameter `size_mm`."""
    radius = lesion.size_mm / 2
    half = math.ceil((1.3 * radius + 1.5) / PIXEL_MM)
    side = (2 * half + 1) * FACTOR
    axis = (np.arange(side) - (side - 1) / 2) * PIXEL_MM / FACTOR
    x, y = axis[None, :], axis[:, None]
    bearing = np.arctan2(y, x)
    own = radius * _draw_outline(bearing, rng)
    distance = np.hypot(x, y) / own
    shape = np.clip(1 - distance**4, 0, 1) ** 0.5
    # Seen a little from the side, with the hollow of the ducts' openings off its middle.
    tilt = 1 + rng.uniform(0.1, 0.3) * distance * np.cos(bearing - rng.uniform(-np.pi, np.pi))
    hollow_x, hollow_y = rng.normal(0, 0.15 * radius, 2)
    hollow = np.exp(-((x - hollow_x) ** 2 + (y - hollow_y) ** 2) / (0.45 * radius) ** 2)
    hollow = 1 - rng.uniform(0.05, 0.15) * hollow
    path_cm = PATH_SHARE * lesion.contrast * lesion.size_mm / 10 * shape * tilt * hollow
    air = AIR_CM * np.exp(-((((distance - 1) * own - AIR_MM) / AIR_MM) ** 2))
    air *= np.clip(np.cos(bearing - rng.uniform(-np.pi, np.pi)), 0, 1) ** 2
    added, displaced = (
        blur_and_sample(part.astype(np.float32), pixel_mm=PIXEL_MM, factor=FACTOR)
        for part in (attenuation_per_cm("skin") * path_cm, path_cm + air)
    )
    mask = displaced > 0.3 * displaced.max()
    return Layer(
        added=added,
        displaced_cm=displaced,
        mask=mask,
        support=np.maximum(np.abs(added), displaced) > SUPPORT_FLOOR,
        long_axis_mm=lesion.size_mm,
    )


def _draw_outline(bearing: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Radius by bearing, at most 1 and 1 along the longest axis: an ellipse with some bumps."""
    turn = rng.uniform(0, np.pi)
    radius = 1 - rng.uniform(0.05, 0.2) * np.sin(bearing - turn) ** 2
    for waves in (3, 5):
        radius = radius + rng.normal(0, 0.02) * np.cos(waves * bearing + rng.uniform(0, 2 * np.pi))
    return np.asarray(radius / radius.max(), np.float32)


def teach(lesion: LesionSpec) -> list[str]:
    name = VIEW_NAMES[lesion.descriptors["view"]]
    return [
        f"The nipple is not in profile in the {name} view: it lies over the breast.",
        (
            "So it looks like a small round mass near the skin. No such thing stands beyond the "
            "outline, and the other view shows the nipple where it belongs."
        ),
        "Say what it is before you call a mass behind the areola; repeat the view if in doubt.",
    ]


FINDING = Finding(
    key=KEY,
    label="Nipple out of profile",
    group="technique",
    reads_as=None,
    descriptors=(view_descriptor(VIEWS),),
    size_mm=(6.0, 15.0),
    size_means="diameter of the nipple seen end on",
    region="retroareolar",
    render=render,
    draws_anew=True,
    teach=teach,
    draw_words=lambda rng, actionable: draw_view(rng, actionable, VIEWS),
    draw_size=lambda rng, words: draw_log_normal(rng, 10.0, 0.12, 7.5, 13.0),
    malignancy=exclude_cancer,
    assess=call_negative,
)
