"""Where a finding meets the outline of a view."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.anatomy.condition import MAP_PIXEL_MM
from generation.lesions.effects import Scene
from generation.lesions.tissue.warping import place_on_map
from generation.spec import LesionSpec

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]

# Depth behind the nipple is what both views share: moving along it costs so much more.
DEPTH_COST = 3.0
NORMAL_MM = 3.0
# Skin farther than this from a point is another place's.
IN_PROFILE_MM = 20.0


@dataclass(frozen=True)
class SkinPlace:
    """A place of the outline.

    x, y: in map pixels. inwards: (2,) unit vector x, y into the breast. away_mm: from the finding.
    """

    x: float
    y: float
    inwards: FloatArray
    away_mm: float


def meet_skin(scene: Scene, lesion: LesionSpec) -> SkinPlace:
    """The place of the outline nearest to a finding, at its depth as far as there is one."""
    x, y = place_on_map(scene, lesion)
    heights = np.arange(scene.anatomy.condition.mask.shape[0], dtype=np.float32)
    skin = scene.outline.skin_depth_mm((heights + 0.5) * MAP_PIXEL_MM) / MAP_PIXEL_MM - 0.5
    seen = skin > NORMAL_MM / MAP_PIXEL_MM
    cost = np.hypot(DEPTH_COST * (skin - x), heights - y)
    nearest = int(np.where(seen, cost, np.inf).argmin())
    at = (float(skin[nearest]), float(heights[nearest]))
    away = float(np.hypot(at[0] - x, at[1] - y)) * MAP_PIXEL_MM
    return SkinPlace(*at, _point_inwards(scene.anatomy.condition.mask, at), away)


def meet_in_profile(scenes: Mapping[str, Scene], lesion: LesionSpec) -> dict[str, SkinPlace]:
    """By view, where a finding shows in profile: in the nearest view, in others if near enough."""
    places = {view: meet_skin(scene, lesion) for view, scene in scenes.items()}
    nearest = min(places, key=lambda view: places[view].away_mm)
    return {
        view: place
        for view, place in places.items()
        if view == nearest or place.away_mm <= IN_PROFILE_MM
    }


def _point_inwards(mask: BoolArray, at: tuple[float, float]) -> FloatArray:
    """(2,) unit vector x, y into the breast, from how much breast lies on which side."""
    reach = int(2 * NORMAL_MM / MAP_PIXEL_MM)
    padded = np.pad(mask, reach, mode="edge")
    x, y = round(at[0]), round(at[1])
    near = padded[y : y + 2 * reach + 1, x : x + 2 * reach + 1].astype(np.float32)
    rows, columns = np.mgrid[: near.shape[0], : near.shape[1]] - reach
    towards = np.array([(near * columns).sum(), (near * rows).sum()])
    return np.asarray(towards / max(float(np.linalg.norm(towards)), 1e-6), np.float32)
