"""A body in 3D and its projection: what masses, cysts, nodes and their like are made of.

A body is a surface (a radius in every direction), an edge over which it thins out, and the matter
inside, a mix of fat (0) and gland (1) that may vary from place to place. It is drawn once and
projected per view, so that the views agree.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation.lesions.matter.grain import Grain
from generation.lesions.matter.projection import Projection, measure_long_axis
from generation.lesions.matter.surface import Surface
from generation.physics.attenuation import mixture_per_cm
from generation.physics.blur import blur_and_sample
from generation.physics.layers import Layer

FloatArray = NDArray[np.float32]
# (N, 3) points in mm and their distance from the centre relative to the surface's -> glandularity.
Matter = Callable[[FloatArray, FloatArray], FloatArray]

RAY_SAMPLES = 60
BODY_STEPS = 120
SHARPEST_MM = 0.08
MARGIN_MM = 2.0
# The body reads as far as its path exceeds this share of its thickest path.
MASK_SHARE = 0.15
# Changes below this log exposure move no 12-bit level.
SUPPORT_FLOOR = 1.5e-4
# Grain at the edge is held within so many deviations.
ROUGHEST = 2.2
# A wide or wandering edge reads as lying outside the middle of its zone, by this share of it: the
# body is held back by as much, so that its size is what a reader measures.
EDGE_INSET = 0.30
# On the side where the edge is lost it thins out over this share of the radius.
LOST_EDGE_SHARE = 0.9
# Beyond this size a body counts as thinner along the beam than it is across, by a power of the
# ratio: soft tissue spreads under the paddle, and presentation processing holds back what is
# large, which a look-up table cannot. Assumed, by eye beside real masses of 20-50 mm.
SPREADING_MM = 11.0
SPREADING_POWER = 0.7


@dataclass(frozen=True)
class Body:
    """A body centred on the origin. Lengths in mm.

    Attributes:
        surface: where its edge is seen.
        matter: see `Matter`.
        edge_share: width of the zone in which it thins out, as a share of the local radius.
        roughness: how far the edge wanders, as a share of the radius, with the grain.
        grain: of the edge; None where it is smooth.
        lost_axis: (3,) unit vector towards which the edge cannot be followed, or None.
    """

    surface: Surface
    matter: Matter
    edge_share: float
    roughness: float = 0.0
    grain: Grain | None = None
    lost_axis: FloatArray | None = None

    @property
    def reach_mm(self) -> float:
        """Farthest distance from the centre at which there is any of it."""
        edge = max(self.edge_share, 0.0 if self.lost_axis is None else LOST_EDGE_SHARE)
        rough = 1 + (self.roughness * ROUGHEST if self.grain else 0.0)
        return self.surface.largest_mm * rough * (1 + edge / 2) + SHARPEST_MM

    def sample(self, points: FloatArray) -> tuple[FloatArray, FloatArray]:
        """(occupancy 0-1, glandularity of the matter) at (N, 3) points, mm."""
        distance = np.linalg.norm(points, axis=1)
        inset = EDGE_INSET * (self.edge_share / 2 + (self.roughness if self.grain else 0.0))
        radius = self.surface.radius_along(points) * np.float32(1 - inset)
        if self.grain is not None:
            rough = np.clip(self.grain.at(points), -ROUGHEST, ROUGHEST)
            radius = radius * (1 + self.roughness * rough)
        share = np.full(len(points), self.edge_share, np.float32)
        if self.lost_axis is not None:
            toward = points @ self.lost_axis / np.maximum(distance, 1e-6)
            share += LOST_EDGE_SHARE * smoothstep((toward + 0.15) / 0.8)
            share = np.minimum(share, max(self.edge_share, LOST_EDGE_SHARE))
        edge = np.maximum(share * radius, SHARPEST_MM)
        occupancy = smoothstep((radius - distance) / edge + 0.5)
        relative = distance / np.maximum(radius, 1e-6)
        return occupancy, self.matter(points, np.asarray(relative, np.float32))


def smoothstep(value: FloatArray) -> FloatArray:
    """0 below 0, 1 above 1, smooth between; any shape."""
    clipped = np.clip(value, 0.0, 1.0)
    return np.asarray(clipped * clipped * (3 - 2 * clipped), np.float32)


def fill(glandularity: float) -> Matter:
    """Matter that is the same throughout."""
    return lambda points, relative: np.full(len(points), glandularity, np.float32)


def fill_unevenly(glandularity: float, grain: Grain, *, share: float, inside: Surface) -> Matter:
    """Matter that varies with the grain by `share` (rms); its mean over the body is exact."""
    axis = np.linspace(-1, 1, 15, dtype=np.float32) * np.float32(inside.largest_mm)
    points = np.stack(np.meshgrid(axis, axis, axis, indexing="ij"), axis=-1).reshape(-1, 3)
    held = grain.at(points[np.linalg.norm(points, axis=1) < inside.radius_along(points)])
    middle = float(held.mean())

    def vary(points: FloatArray, relative: FloatArray) -> FloatArray:
        return np.asarray(glandularity * (1 + share * (grain.at(points) - middle)), np.float32)

    return vary


def spread_share(size_mm: float) -> float:
    """Thickness along the beam relative to the body's own; see `SPREADING_MM`."""
    return float(min(1.0, (SPREADING_MM / size_mm) ** SPREADING_POWER))


def project_body(
    body: Body, projection: Projection, *, half_px: int, pixel_mm: float
) -> tuple[FloatArray, FloatArray]:
    """(path, glandularity-weighted path) in cm on a (2 * half_px + 1) square, before any blur."""
    reach = body.reach_mm
    step = max(pixel_mm, 2 * reach / BODY_STEPS)
    count = int(np.ceil(reach / step)) + 1
    axis = (np.arange(-count, count + 1) * step).astype(np.float32)
    depth = ((np.arange(RAY_SAMPLES) + 0.5) / RAY_SAMPLES * 2 - 1).astype(np.float32) * reach
    x, y = np.meshgrid(axis, axis)
    plane = x.ravel()[:, None] * projection.right + y.ravel()[:, None] * projection.down
    points = (plane[:, None, :] + depth[None, :, None] * projection.ray).reshape(-1, 3)
    near = np.flatnonzero(np.einsum("ij,ij->i", points, points) < reach**2)
    occupancy, gland = body.sample(np.asarray(points[near], np.float32))
    scale = 2 * reach / RAY_SAMPLES / 10.0 * spread_share(2 * body.surface.largest_mm)
    paths = []
    for values in (occupancy, occupancy * gland):
        path = np.bincount(near // RAY_SAMPLES, weights=values, minlength=len(plane))
        square = (path * scale).reshape(x.shape).astype(np.float32)
        paths.append(_resample(square, step, half_px, pixel_mm))
    return paths[0], paths[1]


def _resample(path: FloatArray, step: float, half_px: int, pixel_mm: float) -> FloatArray:
    place = np.arange(-half_px, half_px + 1) * (pixel_mm / step) + path.shape[0] // 2
    rows, columns = np.meshgrid(place, place, indexing="ij")
    order: Literal[1, 3] = 1 if step == pixel_mm else 3
    found = ndimage.map_coordinates(path, np.stack([rows, columns]), order=order, mode="constant")
    return np.clip(found, 0.0, None).astype(np.float32)


def half_size(reach_mm: float, pixel_mm: float) -> int:
    """Pixels from the middle to the edge of a patch that holds a body of this reach."""
    return int(np.ceil((reach_mm + MARGIN_MM) / pixel_mm))


def show_body(
    body: Body, projection: Projection, *, contrast: float, pixel_mm: float = 0.1
) -> Layer:
    """One view of a body that is nothing but a body."""
    half = half_size(body.reach_mm, pixel_mm)
    path, gland = project_body(body, projection, half_px=half, pixel_mm=pixel_mm)
    path = blur_and_sample(path, pixel_mm=pixel_mm, factor=1)
    gland = blur_and_sample(gland, pixel_mm=pixel_mm, factor=1)
    return make_layer(path, gland, mask=outline(path), contrast=contrast, pixel_mm=pixel_mm)


def outline(path: FloatArray) -> NDArray[np.bool_]:
    """(h, w) what a reader sees of a body with this path."""
    return np.asarray(ndimage.binary_fill_holes(path > MASK_SHARE * path.max()), bool)


def make_layer(
    path_cm: FloatArray,
    gland_cm: FloatArray,
    *,
    mask: NDArray[np.bool_],
    contrast: float,
    pixel_mm: float,
    calcium_cm: FloatArray | None = None,
) -> Layer:
    """A layer of blurred paths (h, w) in cm.

    Args:
        path_cm: of all the matter.
        gland_cm: the same weighted with its glandularity.
        mask: what a reader can see.
        contrast: scale on the attenuation.
        pixel_mm: spacing.
        calcium_cm: added log exposure of calcium, optional.
    """
    fat = mixture_per_cm(0.0)
    added = fat * path_cm + (mixture_per_cm(1.0) - fat) * gland_cm
    if calcium_cm is not None:
        added = added + calcium_cm
    # In fat or in gland, whichever it changes more.
    change = np.maximum(*(np.abs(added - mixture_per_cm(g) * path_cm) for g in (0.0, 1.0)))
    support = np.asarray(ndimage.binary_fill_holes((contrast * change > SUPPORT_FLOOR) | mask))
    return Layer(
        added=np.asarray(contrast * added, np.float32),
        displaced_cm=np.asarray(contrast * path_cm, np.float32),
        mask=mask,
        support=support,
        long_axis_mm=measure_long_axis(mask, pixel_mm),
    )
