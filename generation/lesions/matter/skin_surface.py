"""Calcifications of the skin: carried along one view's ray until the other shows them in the skin.

A spot of skin that one view meets edge on lies in that view's skin line and is projected into the
breast by the other: so moving along the ray of that other view changes nothing but this. Calcium
of the skin sits in its pores, about a millimetre deep (skin: 1.44 +- .25 mm, OSTI 22130565).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation.anatomy.geometry import PIXEL_MM
from generation.lesions.effects import Scene
from generation.lesions.matter.arrangement import Layout
from generation.spec import LesionSpec

FloatArray = NDArray[np.float32]

INSET_MM = 0.9
MAP_MM = 0.5
# Curvature of the skin along the ray of the view that meets it edge on; assumed.
RADIUS_MM = 70.0
TURNS = 4


def lay_on_skin(
    rng: np.random.Generator, lesion: LesionSpec, scenes: Mapping[str, Scene]
) -> Layout:
    """A round patch of skin, `lesion.size_mm` across, nearest to the lesion's place."""
    profiles = [_find_profile(rng, lesion, scenes, view) for view in scenes]
    found = [profile for profile in profiles if profile is not None]
    moved, view = min(found, key=lambda profile: float(np.linalg.norm(profile[0])))
    scene = scenes[view]
    depth_map = _measure_inset(scene)
    basis = np.stack([scene.projection.right, scene.projection.down])
    origin = (np.array(scene.place(lesion)) + 0.5) * PIXEL_MM
    along, normal = _orient(depth_map, origin + basis @ moved)
    tangent = np.asarray(along @ basis, np.float32)
    inwards = np.asarray(normal @ basis, np.float32)
    ray = scene.projection.ray
    radius = lesion.size_mm / 2

    def settle(disc: FloatArray) -> FloatArray:
        flat = moved + disc[:, :1] * tangent + disc[:, 1:] * ray
        sag = (disc[:, 1] ** 2 / (2 * RADIUS_MM))[:, None]
        for _ in range(TURNS):
            inset = _look_up(depth_map, origin + flat @ basis.T)[:, None]
            flat = flat + (INSET_MM + sag - inset).clip(-3, 3) * inwards
        return np.asarray(flat, np.float32)

    def draw(stream: np.random.Generator, count: int) -> FloatArray:
        distance, angle = np.sqrt(stream.random(count)) * 0.95, stream.uniform(0, 2 * np.pi, count)
        disc = radius * distance * np.stack([np.cos(angle), np.sin(angle)])
        return settle(disc.T)

    turn = rng.uniform(0, np.pi)
    pole = radius * np.array([[np.cos(turn), np.sin(turn)]])
    ends = settle(np.concatenate([pole, -pole]))
    return Layout((ends[0], ends[1]), draw)


def _find_profile(
    rng: np.random.Generator, lesion: LesionSpec, scenes: Mapping[str, Scene], view: str
) -> tuple[FloatArray, str] | None:
    """(3,) mm from the lesion's centre to the skin that this view shows edge on."""
    scene = scenes[view]
    x, y = ((value + 0.5) * PIXEL_MM for value in scene.place(lesion))
    heights = np.arange(3.0, 227.0, 0.5, dtype=np.float32)
    skin = scene.outline.skin_depth_mm(heights)
    crossings = np.flatnonzero((skin[:-1] > x) != (skin[1:] > x))
    if crossings.size == 0:
        crossings = np.array([np.abs(skin - x).argmin()])
    target = heights[crossings[np.abs(heights[crossings] - y).argmin()]]
    others = [other.projection.ray for name, other in scenes.items() if name != view]
    way = others[0] if others else scene.projection.down
    return np.asarray(way * (target - y) / float(way @ scene.projection.down), np.float32), view


def _measure_inset(scene: Scene) -> FloatArray:
    """(h, w) signed mm under the skin on a grid of `MAP_MM`, negative outside."""
    inside = np.pad(scene.outline.mask(MAP_MM), ((0, 0), (1, 0)), mode="edge")[:, 1:]
    within = ndimage.distance_transform_edt(np.pad(inside, ((8, 8), (8, 0)), mode="edge"))
    without = ndimage.distance_transform_edt(~inside)
    return np.asarray((within[8:-8, 8:] - without) * MAP_MM, np.float32)


def _look_up(values: FloatArray, xy_mm: NDArray[np.floating]) -> FloatArray:
    """(N,) values at (N, 2) places in mm from the image's corner."""
    at = xy_mm[:, ::-1].T / MAP_MM - 0.5
    return np.asarray(ndimage.map_coordinates(values, at, order=1, mode="nearest"), np.float32)


def _orient(values: FloatArray, xy_mm: FloatArray) -> tuple[FloatArray, FloatArray]:
    """(2,) unit vectors along the skin and into the breast at one place."""
    step = 2.0
    around = xy_mm + step * np.array([[1, 0], [-1, 0], [0, 1], [0, -1]])
    right, left, down, up = _look_up(values, around)
    inwards = np.array([right - left, down - up])
    inwards = inwards / max(float(np.linalg.norm(inwards)), 1e-6)
    return np.array([-inwards[1], inwards[0]], np.float32), inwards.astype(np.float32)
