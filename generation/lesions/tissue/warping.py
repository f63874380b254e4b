"""Changes of a condition map: what findings of the architecture do to a view before it is drawn.

Each takes a `ConditionMap` and gives another one; nothing is drawn here, the network does that.
Every change falls to nothing inside a stated reach, so that a support can enclose it.

Grey is changed as matter: gland is added as a path length through the grey table, so it saturates
as the image does. What is added is blurred by `COARSE_SIGMA_MM`, because `coarse` is grey blurred
by as much and the network has met no other; fine texture is the network's own.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation.anatomy.condition import COARSE_SIGMA_MM, MAP_PIXEL_MM, ConditionMap
from generation.anatomy.geometry import PIXEL_MM
from generation.lesions.effects import AnatomyChange, Scene
from generation.lesions.matter.projection import measure_long_axis
from generation.physics.attenuation import attenuation_per_cm
from generation.physics.look import GreyTable
from generation.spec import LesionSpec

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]

LINE_SIGMA_PX = 0.8
# The network carries a change this far beyond where its input differs.
DRAWING_REACH_MM = 7.0
# Below this a change of `coarse` or `lines` is none.
COARSE_FLOOR, LINES_FLOOR = 0.003, 0.02
VISIBLE_SIGMA_MM = 2.4
VISIBLE_SHARE = 0.25
PIECE_SHARE = 0.3
# A full line draws the eye as much as this much more coarse grey.
LINES_IN_GREY = 0.35
# A dent runs to a point, as if held by a thread.
CUSP = 1.6
# Where breast is taken away, the support reaches this far out into the air.
AIR_MM = 1.0
GREY_LIMITS = (0.02, 0.90)


def place_on_map(scene: Scene, lesion: LesionSpec) -> tuple[float, float]:
    """(x, y) of the finding's centre in pixels of the condition map."""
    x, y = scene.place(lesion)
    scale = PIXEL_MM / MAP_PIXEL_MM
    return ((x + 0.5) * scale - 0.5, (y + 0.5) * scale - 0.5)


def pull(
    condition: ConditionMap, centre_xy: tuple[float, float], *, reach_mm: float, strength: float
) -> ConditionMap:
    """Draw coarse tissue and lines towards a point.

    Args:
        condition: the map.
        centre_xy: the point, in map pixels.
        reach_mm: radius at which the pull has fallen to nothing, smoothly.
        strength: how much farther out the tissue at the centre comes from, as a share of its
            distance: 0 leaves the map as it is; less than 1.2 keeps the order along every radius.

    Returns:
        The map drawn together; `coarse` blurred again where it was made finer than it may be.
    """
    box, x, y, falloff = _fall_off(condition, centre_xy, reach_mm)
    factor = 1 + strength * falloff
    source = np.stack(
        [centre_xy[1] + (y - centre_xy[1]) * factor, centre_xy[0] + (x - centre_xy[0]) * factor]
    )
    coarse, lines = condition.coarse.copy(), condition.lines.copy()
    inside = condition.mask[box]
    pulled = _sample(np.where(condition.mask, condition.coarse, 0), source)
    held = _sample(condition.mask.astype(np.float32), source)
    pulled = np.where(held > 0.5, pulled / np.maximum(held, 0.5), condition.coarse[box])
    sigma = COARSE_SIGMA_MM / MAP_PIXEL_MM * np.sqrt(1 - 1 / (1 + strength) ** 2)
    even = ndimage.gaussian_filter(pulled, sigma, mode="nearest")
    coarse[box] = np.where(inside, pulled + falloff * (even - pulled), 0)
    lines[box] = _sample(condition.lines, source) * inside
    return replace(condition, coarse=coarse, lines=lines)


def swirl(
    condition: ConditionMap, centre_xy: tuple[float, float], *, reach_mm: float, turn: float
) -> ConditionMap:
    """Turn coarse tissue and lines about a point by `turn` radians, falling to none at `reach_mm`.

    Arguments and result as in `pull`.
    """
    box, x, y, falloff = _fall_off(condition, centre_xy, reach_mm)
    angle = turn * falloff
    dx, dy = x - centre_xy[0], y - centre_xy[1]
    source = np.stack(
        [
            centre_xy[1] + np.sin(angle) * dx + np.cos(angle) * dy,
            centre_xy[0] + np.cos(angle) * dx - np.sin(angle) * dy,
        ]
    )
    coarse, lines = condition.coarse.copy(), condition.lines.copy()
    inside = condition.mask[box] & (_sample(condition.mask.astype(np.float32), source) > 0.99)
    coarse[box] = np.where(inside, _sample(condition.coarse, source), coarse[box])
    lines[box] = np.where(inside, _sample(condition.lines, source), lines[box])
    return replace(condition, coarse=coarse, lines=lines)


def add_lines(condition: ConditionMap, strength: FloatArray) -> ConditionMap:
    """Lay lines over the map's own: the stronger of both counts.

    Args:
        condition: the map.
        strength: (h, w) strength 0-1 on the middle of each line, zero elsewhere.
    """
    box = enclose(strength > 0, margin_px=5)
    gain = LINE_SIGMA_PX * np.sqrt(2 * np.pi)
    soft = np.clip(gain * ndimage.gaussian_filter(strength[box], LINE_SIGMA_PX), 0, 1)
    lines = condition.lines.copy()
    lines[box] = np.maximum(lines[box], soft * condition.mask[box])
    return replace(condition, lines=lines)


def add_gland(condition: ConditionMap, path_mm: FloatArray, *, table: GreyTable) -> ConditionMap:
    """Put gland in the place of fat (or, where negative, fat in the place of gland).

    Args:
        condition: the map.
        path_mm: (h, w) path through gland along the ray, before blur.
        table: grey <-> log exposure of the view.
    """
    sigma = COARSE_SIGMA_MM / MAP_PIXEL_MM
    box = enclose(path_mm != 0, margin_px=int(3 * sigma) + 1)
    path = ndimage.gaussian_filter(path_mm[box], sigma, truncate=3)
    contrast = (attenuation_per_cm("glandular") - attenuation_per_cm("adipose")) / 10.0
    coarse = condition.coarse.copy()
    grey = coarse[box]
    raised = table.to_grey(table.to_log_exposure(grey) + contrast * path)
    low, high = GREY_LIMITS
    raised = np.clip(raised, np.minimum(grey, low), np.maximum(grey, high))
    coarse[box] = np.where((np.abs(path) > 1e-3) & condition.mask[box], raised, grey)
    return replace(condition, coarse=coarse)


def dent(
    condition: ConditionMap,
    at: tuple[float, float],
    inwards: FloatArray,
    *,
    depth_mm: float,
    width_mm: float,
) -> ConditionMap:
    """Draw the outline in at one place: the mask shrinks, air appears.

    Args:
        condition: the map.
        at: (x, y) place of the outline in map pixels.
        inwards: (2,) unit vector x, y into the breast there.
        depth_mm: how far in at its deepest.
        width_mm: of the outline that is drawn in; its ends run out smoothly.
    """
    y, x = np.indices(condition.mask.shape, np.float32)
    across = ((x - at[0]) * -inwards[1] + (y - at[1]) * inwards[0]) * MAP_PIXEL_MM
    along = ((x - at[0]) * inwards[0] + (y - at[1]) * inwards[1]) * MAP_PIXEL_MM
    inset = ndimage.distance_transform_edt(np.pad(condition.mask, 1, mode="edge"))[1:-1, 1:-1]
    drawn = depth_mm * np.clip(1 - np.abs(2 * across / width_mm), 0, 1) ** CUSP
    gone = (inset * MAP_PIXEL_MM < drawn) & (along < width_mm)
    mask = condition.mask & ~gone
    coarse, lines = condition.coarse * mask, condition.lines * mask
    return replace(condition, mask=mask, coarse=coarse, lines=lines)


def change_view(
    scene: Scene,
    condition: ConditionMap,
    *,
    within: BoolArray | None = None,
    margin_mm: float = DRAWING_REACH_MM,
) -> AnatomyChange:
    """The scene with this condition instead of its own, and where that can be seen.

    The mask is where coarse and lines together changed by more than `VISIBLE_SHARE` of their
    greatest change, in the (h, w) map area `within` if one is given; the support everything that
    changed and `margin_mm` around it.
    """
    before = scene.anatomy.condition
    moved = np.abs(condition.coarse - before.coarse)
    lined = np.abs(condition.lines - before.lines)
    taken = condition.mask != before.mask
    changed = (moved > COARSE_FLOOR) | (lined > LINES_FLOOR) | taken
    box = enclose(changed, margin_px=int(margin_mm / MAP_PIXEL_MM) + 1)
    support, visible = np.zeros_like(changed), np.zeros_like(changed)
    support[box] = grow(changed[box], margin_mm)
    felt = moved[box] + LINES_IN_GREY * lined[box]
    seen = ndimage.gaussian_filter(felt, VISIBLE_SIGMA_MM / MAP_PIXEL_MM)
    visible[box] = ndimage.binary_fill_holes(seen > VISIBLE_SHARE * seen.max())
    held = before.mask if within is None else before.mask & within
    breast = scene.outline.mask(PIXEL_MM)
    mask = enlarge(keep_large(visible & held) | taken) & breast
    return AnatomyChange(
        anatomy=replace(scene.anatomy, condition=condition),
        mask=mask,
        support=(enlarge(support) & breast) | enlarge(grow(taken, AIR_MM)) | mask,
        long_axis_mm=measure_long_axis(mask, PIXEL_MM),
    )


def enclose(area: BoolArray, *, margin_px: int) -> tuple[slice, slice]:
    """The rectangle around an (h, w) area with a margin; all of it for an empty one."""
    if not area.any():
        return (slice(0, area.shape[0]), slice(0, area.shape[1]))
    rows, columns = (np.flatnonzero(area.any(axis=axis)) for axis in (1, 0))
    return (
        slice(max(int(rows[0]) - margin_px, 0), int(rows[-1]) + margin_px + 1),
        slice(max(int(columns[0]) - margin_px, 0), int(columns[-1]) + margin_px + 1),
    )


def keep_large(area: BoolArray) -> BoolArray:
    """The pieces of an area that are at least `PIECE_SHARE` of its largest."""
    labels, count = ndimage.label(area)
    if count < 2:
        return area
    sizes = np.bincount(labels.ravel())
    sizes[0] = 0
    return np.asarray((sizes >= PIECE_SHARE * sizes.max())[labels])


def grow(area: BoolArray, reach_mm: float) -> BoolArray:
    """(h, w) map pixels at most `reach_mm` from an area; empty for an empty one."""
    if not area.any():
        return area
    away = ndimage.distance_transform_edt(~area)
    return np.asarray(away * MAP_PIXEL_MM <= reach_mm)


def enlarge(area: BoolArray) -> BoolArray:
    """A (h, w) area of the map on the canvas, (2h, 2w)."""
    factor = round(MAP_PIXEL_MM / PIXEL_MM)
    return np.repeat(np.repeat(area, factor, axis=0), factor, axis=1)


def _fall_off(
    condition: ConditionMap, centre_xy: tuple[float, float], reach_mm: float
) -> tuple[tuple[slice, slice], FloatArray, FloatArray, FloatArray]:
    """(box, x, y, weight): the box around the reach, its pixels, 1 at the centre to 0 at its edge.

    The weight and its slope are 0 at the edge.
    """
    reach = reach_mm / MAP_PIXEL_MM
    box = tuple(
        slice(max(int(middle - reach), 0), min(int(middle + reach) + 2, size))
        for middle, size in zip(centre_xy[::-1], condition.mask.shape, strict=True)
    )
    y, x = np.mgrid[box].astype(np.float32)
    share = np.hypot(x - centre_xy[0], y - centre_xy[1]) / reach
    weight = np.clip(1 - share**2, 0, 1) ** 2
    return (box[0], box[1]), x, y, weight.astype(np.float32)


def _sample(values: FloatArray, source: NDArray[np.floating[Any]]) -> FloatArray:
    return np.asarray(ndimage.map_coordinates(values, source, order=1, mode="nearest"), np.float32)
