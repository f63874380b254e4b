"""Outlines of the compressed breast in both views, and where a point of it falls in the image.

Left-breast orientation: chest wall at image left, nipple to the right, lateral (CC) and superior
(MLO) at the top. A right breast is the finished image mirrored.

Shapes are drawn from the modes fitted to real outlines (`generation.anatomy.shapes`), stretched
in height until they hold the ellipse in which findings are kept (`generation.frame`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation import seeds
from generation.anatomy.shapes import HEIGHTS, pectoral_shape, skin_modes
from generation.frame import oblique_mm
from generation.spec import CaseSpec

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]

CANVAS_PX = (2304, 1792)  # height, width
PIXEL_MM = 0.1
CANVAS_MM = (230.4, 179.2)
VIEW_KEYS = ("left_cc", "right_cc", "left_mlo", "right_mlo")
FOOT_MARGIN_MM = 7.0
END_MARGIN_MM = 2.5
PECTORAL_EDGE_MM = 0.9
SHAPE_STREAM = 2
SIDES_ALIKE = 0.93  # of the shape's variance, shared by right and left
# How far, of the depth, the ellipse may reach beyond the drawn shape before the shape is stretched.
REACH_OUT = 0.04
STRETCHES = np.geomspace(0.3, 3.0, 90)
WIDEST = 1.03
SMOOTH_MM = 2.0
AXILLA_SMOOTH_MM = 14.0  # the fold before the axilla is wide
SHELF, SHELF_REACH_MM = 0.22, 34.0
PECTORAL_TOP_MM = (22.0, 66.0)
SKIN_BEFORE_MUSCLE_MM = 1.5


@dataclass(frozen=True)
class Outline:
    """One view's outline; lengths in mm, `apex` where the nipple leaves the skin.

    `profile_mm` is the skin's depth at heights 0, 1, 2 ... mm of the image (down). It is never
    narrower than the ellipse that `generation.frame.breast_fraction` keeps findings inside.
    """

    view: str
    depth_mm: float
    apex_y_mm: float
    profile_mm: tuple[float, ...]
    nipple_radius_mm: float
    nipple_length_mm: float
    pectoral_top_mm: float
    pectoral_foot_mm: float
    pectoral_bend: float

    def skin_depth_mm(self, y_mm: FloatArray) -> FloatArray:
        """x of the skin, mm from the chest wall, at heights y_mm (down) of the image."""
        heights = np.arange(len(self.profile_mm))
        return np.asarray(np.interp(y_mm, heights, self.profile_mm), np.float32)

    def mask(self, pixel_mm: float) -> BoolArray:
        """(230.4 / p, 179.2 / p) breast with nipple on a grid of `pixel_mm`."""
        y, x = _grid_mm(pixel_mm)
        body = x < self.skin_depth_mm(y)
        near = slice(
            max(int((self.apex_y_mm - 2 * self.nipple_radius_mm) / pixel_mm), 0),
            int((self.apex_y_mm + 2 * self.nipple_radius_mm) / pixel_mm) + 1,
        )
        across = np.abs(y[near] - self.apex_y_mm) / self.nipple_radius_mm
        along = (x - self.apex_x_mm) / self.nipple_length_mm
        body[near] |= (across**2.5 + np.maximum(along, 0) ** 2.5 < 1) & (along > -3)
        return np.asarray(body)

    @property
    def apex_x_mm(self) -> float:
        return float(self.skin_depth_mm(np.array([self.apex_y_mm], np.float32))[0])

    @property
    def nipple_xy_mm(self) -> tuple[float, float]:
        """Tip of the nipple, mm from the image's upper left corner."""
        return (self.apex_x_mm + self.nipple_length_mm, self.apex_y_mm)

    def pectoral(self, pixel_mm: float) -> FloatArray:
        """(h, w) share 0-1 of the pectoral muscle, with its edge softened; zero in the CC view."""
        y, x = _grid_mm(pixel_mm)
        if self.pectoral_top_mm <= 0:
            return np.zeros((y.size, x.size), np.float32)
        edge = self.pectoral_edge_mm(y)
        return np.asarray(1 / (1 + np.exp(np.clip((x - edge) / PECTORAL_EDGE_MM, -30, 30))))

    def pectoral_edge_mm(self, y_mm: FloatArray) -> FloatArray:
        """x of the muscle's edge at heights y_mm; below its foot it lies outside the image.

        Never before the skin, which a long muscle under a flat breast would pass.
        """
        along = y_mm / self.pectoral_foot_mm
        bent = 1 + self.pectoral_bend * np.minimum(along, 1)
        edge = self.pectoral_top_mm * (1 - along) * bent
        return np.asarray(np.minimum(edge, self.skin_depth_mm(y_mm) - SKIN_BEFORE_MUSCLE_MM))


def make_outline(spec: CaseSpec, view: str, side: str) -> Outline:
    """Draw the outline of one view ("cc" or "mlo") of one breast of a case.

    The woman's shape comes from her anatomy; the compression of the exam moves the nipple, the
    depth and the shape a little, and is drawn anew for a prior exam.
    """
    oblique = view == "mlo"
    exam = 1 if spec.exam == "prior" else 0
    shared = seeds.generator(spec.seed, "compression", view=view, index=exam)
    own = seeds.generator(spec.seed, "compression", side=side, view=view, index=exam)
    scores, pectoral, nipple = _draw_shape(spec, view, side)
    scores = scores + 0.10 * shared.standard_normal(len(scores)) + 0.07 * own.standard_normal()
    depth = spec.depth_mm + (2.5 + np.clip(shared.normal(0, 1.2), -2.4, 2.4) if oblique else 0.0)
    depth += float(own.uniform(0, 1.2))
    apex_y = _place_apex(spec, oblique, shared, own)
    profile = _fit_profile(spec, view, depth=depth, apex_y=apex_y, scores=scores)
    top, foot, bend = 0.0, 1.0, 0.0
    if oblique:
        pectoral = pectoral + 0.15 * shared.standard_normal(3) + 0.1 * own.standard_normal(3)
        top, foot, bend = pectoral_shape().draw(pectoral)
        # The muscle ends before the skin of the axilla, with fat between.
        top = float(np.clip(top * depth, PECTORAL_TOP_MM[0], min(PECTORAL_TOP_MM[1], profile[0])))
        top = min(top, 0.8 * profile[0])
        # In a small breast it would end below the breast itself.
        foot = float(min(foot * apex_y, np.flatnonzero(profile)[-1]))
    return Outline(
        view=view,
        depth_mm=depth,
        apex_y_mm=apex_y,
        profile_mm=tuple(round(float(value), 4) for value in profile),
        nipple_radius_mm=4.0 + 1.4 * nipple[0] + float(own.uniform(0, 0.2)),
        nipple_length_mm=3.8 + 3.8 * nipple[1] + float(own.uniform(0, 0.9)),
        pectoral_top_mm=float(top),
        pectoral_foot_mm=foot,
        pectoral_bend=float(bend),
    )


def _draw_shape(
    spec: CaseSpec, view: str, side: str
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """The woman's own: (scores of her skin's modes, pectoral draws, nipple draws 0-1)."""
    rngs = (
        seeds.generator(spec.seed, "anatomy", view=view, index=SHAPE_STREAM),
        seeds.generator(spec.seed, "anatomy", side=side, view=view, index=SHAPE_STREAM),
    )
    weights = (np.sqrt(SIDES_ALIKE), np.sqrt(1 - SIDES_ALIKE))
    count = len(skin_modes(view).modes)
    scores = sum(w * rng.standard_normal(count) for w, rng in zip(weights, rngs, strict=True))
    pectoral = sum(w * rng.standard_normal(3) for w, rng in zip(weights, rngs, strict=True))
    nipple = seeds.generator(spec.seed, "anatomy", index=SHAPE_STREAM).random(2)
    return np.asarray(scores), np.asarray(pectoral), nipple


def _place_apex(
    spec: CaseSpec, oblique: bool, shared: np.random.Generator, own: np.random.Generator
) -> float:
    """Height of the nipple in the image, mm down, with room for the whole breast."""
    half = spec.width_mm / 2
    move = float(shared.normal(0, 2.5) + own.normal(0, 1.0))
    if not oblique:
        room = CANVAS_MM[0] / 2 - half - END_MARGIN_MM - 1
        return CANVAS_MM[0] / 2 + float(np.clip(move, -room, room))
    lowest = CANVAS_MM[0] - FOOT_MARGIN_MM - half
    room = max(lowest - half - 4, 0.0)
    return lowest - float(np.clip(4 + 1.5 * move, 0, min(room, 14)))


def _fit_profile(
    spec: CaseSpec, view: str, *, depth: float, apex_y: float, scores: NDArray[np.float64]
) -> NDArray[np.float64]:
    """(231,) skin depth at each mm of height: the drawn shape, scaled to the spec's size."""
    shape = skin_modes(view).profile(scores, axilla=view == "mlo")
    y = np.arange(np.ceil(CANVAS_MM[0]) + 1)
    away = (y - apex_y) / (spec.width_mm / 2)
    ellipse = depth - spec.depth_mm * (1 - np.sqrt(np.maximum(1 - away**2, 0)))
    ellipse = np.where(np.abs(away) < 1, ellipse, 0)
    profile = np.zeros_like(y)
    for part in (y <= apex_y, y >= apex_y):
        heights = (y[part] - apex_y) / depth
        for stretch in STRETCHES:
            drawn = depth * np.interp(heights / stretch, HEIGHTS, shape)
            if (drawn >= ellipse[part] - REACH_OUT * depth).all():
                break
        profile[part] = drawn
    profile = ndimage.gaussian_filter1d(np.minimum(profile, WIDEST * depth), 2 * SMOOTH_MM)
    if view == "mlo":
        calm = np.clip(2 * (apex_y - y) / depth - 1, 0, 1)
        profile += calm * (ndimage.gaussian_filter1d(profile, AXILLA_SMOOTH_MM) - profile)
    profile = _close_ends(profile, y, depth, oblique=view == "mlo")
    # The apex keeps its place.
    return np.where(np.abs(y - apex_y) < 1.5, depth, _soft_maximum(profile, ellipse))


def _soft_maximum(
    profile: NDArray[np.float64], ellipse: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Larger of both with a rounded corner, not under the ellipse."""
    higher = SMOOTH_MM * np.logaddexp(profile / SMOOTH_MM, ellipse / SMOOTH_MM)
    return np.asarray(np.where(ellipse > 0, higher, profile))


def _close_ends(
    profile: NDArray[np.float64], y: NDArray[np.float64], depth: float, *, oblique: bool
) -> NDArray[np.float64]:
    """Bring the skin to the chest wall before the image ends: at the foot, in the CC at the top.

    The modes know only what the field of view shows, where skin often still runs along the wall.
    """
    room = CANVAS_MM[0] - END_MARGIN_MM - y
    if not oblique:
        room = np.minimum(room, y - END_MARGIN_MM)
    closed = np.minimum(profile, depth * np.sqrt(np.clip(room / 14, 0, 4)))
    shelf = SHELF * depth * np.clip(1 - room / SHELF_REACH_MM, 0, 1)
    return np.asarray(np.maximum(closed - shelf, 0))


def project(
    position_mm: tuple[float, float, float], outline: Outline, spec: CaseSpec
) -> tuple[float, float]:
    """Image point (x, y) in px of 0.1 mm of a point (depth, lateral, superior) in mm.

    Left orientation; the mirrored x of a right breast is `CANVAS_PX[1] - 1 - x`.
    """
    depth, lateral, superior = position_mm
    up = lateral
    if outline.view == "mlo":
        up = oblique_mm(lateral, superior, spec.mlo_angle_deg)
    x_mm, y_mm = outline.apex_x_mm - depth, outline.apex_y_mm - up
    return (x_mm / PIXEL_MM - 0.5, y_mm / PIXEL_MM - 0.5)


def locate(
    point_px: tuple[float, float],
    outline: Outline,
    spec: CaseSpec,
    *,
    from_mm: tuple[float, float, float],
) -> tuple[float, float, float]:
    """The point (depth, lateral, superior) in mm that falls on an image point: see `project`.

    One view tells two of three: what it cannot tell stays as in `from_mm`, superior in the CC,
    lateral in the MLO.

    Args:
        point_px: (x, y) px of 0.1 mm, left orientation.
        outline: of the view.
        spec: the case.
        from_mm: where the point was.
    """
    _, lateral, superior = from_mm
    x_mm, y_mm = ((value + 0.5) * PIXEL_MM for value in point_px)
    depth, up = outline.apex_x_mm - x_mm, outline.apex_y_mm - y_mm
    if outline.view == "cc":
        return (depth, up, superior)
    angle = np.radians(spec.mlo_angle_deg)
    return (depth, lateral, float((up - lateral * np.sin(angle)) / np.cos(angle)))


def _grid_mm(pixel_mm: float) -> tuple[FloatArray, FloatArray]:
    """Pixel centres over the canvas in mm: (h, 1) down and (1, w) right."""
    height, width = (round(size / pixel_mm) for size in CANVAS_MM)
    y = (np.arange(height, dtype=np.float32) + 0.5) * np.float32(pixel_mm)
    x = (np.arange(width, dtype=np.float32) + 0.5) * np.float32(pixel_mm)
    return y[:, None], x[None, :]
