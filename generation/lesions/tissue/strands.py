"""Strands: straight fibres in 3D around a point, projected once per view.

What a reader sees of a retraction is fibrous tissue drawn towards one point: fine straight lines
of unequal length and strength that converge on it, most of them gathered in a few bundles, and no
mass where they meet (ACR BI-RADS 5th edition on architectural distortion; Gaur 2013, AJR 201:W662,
"Architectural distortion of the breast").
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation.anatomy.condition import MAP_PIXEL_MM
from generation.lesions.matter.projection import Projection, deposit
from generation.physics.attenuation import attenuation_per_cm
from generation.physics.blur import blur_and_sample
from generation.physics.layers import Layer

FloatArray = NDArray[np.float32]

BUNDLE_SPREAD = 0.22
LOOSE_SHARE = 0.35
STEPS = 400
FINE_FACTOR = 3
THREAD_MM = 0.12
MEETING_SHARE = 0.3
PIXEL_MM = 0.1
# Changes below this log exposure move no 12-bit level.
SUPPORT_FLOOR = 1.5e-4


@dataclass(frozen=True)
class Strands:
    """Straight strands in the breast frame, mm from the finding's centre.

    start_mm, end_mm: (N, 3) inner and outer end. strength: (N,) 0-1 at its strongest.
    width_mm: (N,) how much tissue follows the strand: diameter of fibrous tissue along it.
    """

    start_mm: FloatArray
    end_mm: FloatArray
    strength: FloatArray
    width_mm: FloatArray

    def project(self, projection: Projection) -> tuple[FloatArray, FloatArray]:
        """((N, STEPS, 2) x, y in mm from the centre, (N, STEPS) strength 0-1 along each strand).

        A strand comes up quickly from its inner end and fades towards its outer one.
        """
        share = np.linspace(0, 1, STEPS, dtype=np.float32)
        span = (self.end_mm - self.start_mm)[:, None]
        points = self.start_mm[:, None] + share[None, :, None] * span
        course = np.clip(share / 0.15, 0, 1) * np.clip((1 - share) / 0.8, 0, 1) ** 0.7
        return projection.to_image_mm(points), self.strength[:, None] * course


def draw_strands(rng: np.random.Generator, *, count: int, reach_mm: float) -> Strands:
    """Draw strands around a point.

    Args:
        rng: generator, used for this alone.
        count: how many.
        reach_mm: the longest reach about this far from the centre.
    """
    bundles = _draw_directions(rng, max(count // 6, 3))
    weights = rng.dirichlet(np.full(len(bundles), 0.8))
    member = rng.choice(len(bundles), count, p=weights)
    direction = bundles[member] + BUNDLE_SPREAD * rng.normal(0, 1, (count, 3))
    loose = rng.random(count) < LOOSE_SHARE
    direction[loose] = _draw_directions(rng, count)[loose]
    direction /= np.linalg.norm(direction, axis=1, keepdims=True)
    # Each bundle has a reach of its own, so that no even star comes of it.
    reach = np.where(
        loose, rng.uniform(0.5, 1.0, count), rng.uniform(0.65, 1.1, len(bundles))[member]
    )
    length = reach_mm * reach * np.clip(rng.beta(3.0, 1.5, count) + 0.15, 0, 1)
    start = direction * (reach_mm * rng.uniform(0.0, 0.3, count) * reach)[:, None]
    # They meet about a point and not in it.
    aside = 0.08 * reach_mm * rng.normal(0, 1, (count, 3))
    return Strands(
        start_mm=np.asarray(start + aside, np.float32),
        end_mm=np.asarray(direction * length[:, None] + 0.5 * aside, np.float32),
        strength=(0.15 + 0.85 * rng.beta(1.2, 1.6, count)).astype(np.float32),
        width_mm=np.clip(rng.gamma(1.6, 0.5, count), 0.2, 3.0).astype(np.float32),
    )


def _draw_directions(rng: np.random.Generator, count: int) -> NDArray[np.float64]:
    drawn = rng.normal(0, 1, (count, 3))
    return np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True))


def splat(
    points_mm: FloatArray,
    values: FloatArray,
    *,
    centre_xy: tuple[float, float],
    shape: tuple[int, int],
    peak: bool,
) -> FloatArray:
    """Put samples on the map's grid, at the nearest pixel.

    Args:
        points_mm: (..., 2) x, y in mm from the centre.
        values: (...) what each sample brings.
        centre_xy: the centre in map pixels.
        shape: (h, w) of the map.
        peak: keep the largest value of a pixel; otherwise add them up.

    Returns:
        (h, w) float32.
    """
    place = np.rint(points_mm / MAP_PIXEL_MM + np.asarray(centre_xy)).astype(np.int64)
    x, y = place[..., 0].ravel(), place[..., 1].ravel()
    seen = (x >= 0) & (x < shape[1]) & (y >= 0) & (y < shape[0])
    canvas = np.zeros(shape, np.float32)
    gather = np.maximum if peak else np.add
    gather.at(canvas, (y[seen], x[seen]), values.ravel()[seen])
    return canvas


def lay_threads(strands: Strands, projection: Projection, *, path_mm: float) -> Layer:
    """The finest part of the strands as matter: sheets of ligament seen edge-on.

    The network draws lines of about a millimetre; what tells a distortion are finer ones.

    Args:
        strands: the strands.
        projection: the view.
        path_mm: path through ligament on the middle of a strand of strength 1.

    Returns:
        A layer without a mask of its own.
    """
    points, course = strands.project(projection)
    away = np.linalg.norm(points, axis=2)
    # A few stand out of many, and where all meet they cannot be told apart any more.
    course = course * strands.strength[:, None] * np.clip(away / (MEETING_SHARE * away.max()), 0, 1)
    half = int(np.ceil(np.abs(points).max() / PIXEL_MM)) + 8
    spacing = np.linalg.norm(points[:, -1] - points[:, 0], axis=1) / (STEPS - 1)
    volume = course * spacing[:, None] * path_mm * 2 * THREAD_MM
    fine = deposit(
        points.reshape(-1, 2),
        volume.ravel(),
        half_px=half * FINE_FACTOR + FINE_FACTOR // 2,
        pixel_mm=PIXEL_MM / FINE_FACTOR,
    )
    fine = ndimage.gaussian_filter(fine, THREAD_MM / PIXEL_MM * FINE_FACTOR)
    path = blur_and_sample(fine, pixel_mm=PIXEL_MM, factor=FINE_FACTOR) / 10.0
    path = np.clip(path, 0, None)
    return Layer(
        added=attenuation_per_cm("ligament") * path,
        displaced_cm=path,
        mask=np.zeros(path.shape, bool),
        support=np.asarray(path > SUPPORT_FLOOR),
        long_axis_mm=0.0,
    )
