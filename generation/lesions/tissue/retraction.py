"""What retractions of skin and nipple share: an outline drawn in and strands that hold it there."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from generation.anatomy.condition import MAP_PIXEL_MM, ConditionMap
from generation.lesions.tissue.skin_line import SkinPlace
from generation.lesions.tissue.strands import splat
from generation.lesions.tissue.warping import add_gland, add_lines, dent, pull
from generation.physics.look import GreyTable

FloatArray = NDArray[np.float32]

STEPS = 200


def draw_in(
    condition: ConditionMap,
    place: SkinPlace,
    *,
    depth_mm: float,
    width_mm: float,
    reach_mm: float,
    strength: float,
    table: GreyTable,
    rng: np.random.Generator,
) -> ConditionMap:
    """Draw the outline in at one place, with the tissue behind it and strands into the breast.

    Args:
        condition: the view's map.
        place: of the outline.
        depth_mm: how far the outline is drawn in.
        width_mm: how much of the outline is.
        reach_mm: how far the strands go.
        strength: of strands and of the tissue along them; 1 is usual.
        table: grey <-> log exposure of the view.
        rng: draws the strands.
    """
    pulled = pull(condition, (place.x, place.y), reach_mm=1.2 * width_mm, strength=0.35)
    dented = dent(pulled, (place.x, place.y), place.inwards, depth_mm=depth_mm, width_mm=width_mm)
    points, course = draw_rays(rng, place, depth_mm=depth_mm, reach_mm=reach_mm)
    shape = condition.mask.shape
    lines = splat(
        points, 1 - np.exp(-strength * course), centre_xy=(place.x, place.y), shape=shape, peak=True
    )
    step = np.linalg.norm(points[:, -1] - points[:, 0], axis=1) / STEPS
    volume = 2.4 * strength * course * step[:, None] / MAP_PIXEL_MM**2
    path = splat(points, volume, centre_xy=(place.x, place.y), shape=shape, peak=False)
    return add_gland(add_lines(dented, lines), path * dented.mask, table=table)


def draw_rays(
    rng: np.random.Generator, place: SkinPlace, *, depth_mm: float, reach_mm: float
) -> tuple[FloatArray, FloatArray]:
    """((N, STEPS, 2) x, y in mm from the place, (N, STEPS) strength): strands into the breast."""
    count = int(rng.integers(7, 13))
    angle = np.arctan2(place.inwards[1], place.inwards[0]) + rng.normal(0, 0.32, count)
    length = reach_mm * rng.uniform(0.4, 1.0, count)
    start = depth_mm * place.inwards + rng.normal(0, 1.0, (count, 2))
    share = np.linspace(0, 1, STEPS)
    course = np.stack([np.cos(angle), np.sin(angle)], axis=1) * length[:, None]
    points = start[:, None] + share[None, :, None] * course[:, None]
    fade = np.clip(share / 0.08, 0, 1) * (1 - share) ** 0.8
    strength = rng.uniform(0.3, 1.0, (count, 1)) * fade
    return points.astype(np.float32), strength.astype(np.float32)
