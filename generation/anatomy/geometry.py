"""Outlines of the compressed breast in both views, and where a point of it falls in the image.

Left-breast orientation: chest wall at image left, nipple to the right, lateral (CC) and superior
(MLO) at the top. A right breast is the finished image mirrored.

Source: CC as a superellipse through nipple and chest wall; the MLO adds the axillary slope above
and the pectoral edge, which ends near the nipple line (IARC, Atlas of breast cancer early
detection).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.frame import oblique_mm
from generation.spec import CaseSpec

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]

CANVAS_PX = (2304, 1792)  # height, width
PIXEL_MM = 0.1
CANVAS_MM = (230.4, 179.2)
VIEW_KEYS = ("left_cc", "right_cc", "left_mlo", "right_mlo")
FOOT_MARGIN_MM = 7.0
PECTORAL_EDGE_MM = 0.9


@dataclass(frozen=True)
class Outline:
    """One view's outline; lengths in mm, `apex` where the nipple leaves the skin.

    The exponents are at least 2: the outline is never narrower than the ellipse that
    `generation.frame.breast_fraction` keeps findings inside.
    """

    view: str
    depth_mm: float
    half_width_mm: float
    apex_y_mm: float
    exponent_up: float
    exponent_down: float
    wobble: tuple[tuple[float, float, float], ...]
    axilla_mm: float
    nipple_radius_mm: float
    nipple_length_mm: float
    pectoral_top_mm: float
    pectoral_foot_mm: float

    def skin_depth_mm(self, y_mm: FloatArray) -> FloatArray:
        """x of the skin, mm from the chest wall, at heights y_mm (down) of the image."""
        up = np.maximum(self.apex_y_mm - y_mm, 0) / self.half_width_mm
        down = np.maximum(y_mm - self.apex_y_mm, 0) / self.half_width_mm
        inner = (
            1 - np.minimum(up, 1) ** self.exponent_up - np.minimum(down, 1) ** self.exponent_down
        )
        depth = self.depth_mm * np.sqrt(np.maximum(inner, 0))
        if self.axilla_mm > 0:
            # The fold falls away before the nipple, so that it leaves no step there.
            slope = self.axilla_mm + 0.22 * y_mm - 120 * (y_mm / self.apex_y_mm) ** 5
            above = np.where(y_mm < self.apex_y_mm, slope, 0)
            depth = _soft_maximum(depth, above, softness_mm=11.0, active=above > 0)
        bend = sum(
            size * np.sin(2 * np.pi * waves * y_mm / CANVAS_MM[0] + phase)
            for size, waves, phase in self.wobble
        )
        return np.asarray(np.where(depth > 0, depth + bend * np.minimum(depth / 20, 1), 0))

    def mask(self, pixel_mm: float) -> BoolArray:
        """(230.4 / p, 179.2 / p) breast with nipple on a grid of `pixel_mm`."""
        y, x = _grid_mm(pixel_mm)
        skin = self.skin_depth_mm(y[:, 0])[:, None]
        body = x < skin
        across = (y - self.apex_y_mm) / self.nipple_radius_mm
        along = (x - self.apex_x_mm) / self.nipple_length_mm
        nipple = (np.abs(across) ** 2.5 + np.maximum(along, 0) ** 2.5 < 1) & (along > -3)
        return np.asarray(body | nipple)

    @property
    def apex_x_mm(self) -> float:
        return float(self.skin_depth_mm(np.array([self.apex_y_mm]))[0])

    @property
    def nipple_xy_mm(self) -> tuple[float, float]:
        """Tip of the nipple, mm from the image's upper left corner."""
        return (self.apex_x_mm + self.nipple_length_mm, self.apex_y_mm)

    def pectoral(self, pixel_mm: float) -> FloatArray:
        """(h, w) share 0-1 of the pectoral muscle, with its edge softened; zero in the CC view."""
        y, x = _grid_mm(pixel_mm)
        if self.pectoral_top_mm <= 0:
            return np.zeros_like(x)
        along = y / self.pectoral_foot_mm
        edge = self.pectoral_top_mm * (1 - along) * (1 + 0.35 * along * (along < 1))
        return np.asarray(1 / (1 + np.exp(np.clip((x - edge) / PECTORAL_EDGE_MM, -30, 30))))


def make_outline(
    spec: CaseSpec, view: str, *, shared_rng: np.random.Generator, side_rng: np.random.Generator
) -> Outline:
    """Draw the outline of one view ("cc" or "mlo") of one breast of a case.

    Both breasts start from `shared_rng` alike; `side_rng` tells them apart.
    """
    oblique = view == "mlo"
    half_width = spec.width_mm / 2 * (1.005 + 0.025 * side_rng.random())
    depth = spec.depth_mm + (shared_rng.uniform(0, 5) + side_rng.uniform(0, 1.5) if oblique else 0)
    apex_y = CANVAS_MM[0] / 2 + shared_rng.normal(0, 2) + side_rng.normal(0, 1)
    if oblique:
        apex_y = CANVAS_MM[0] - FOOT_MARGIN_MM - half_width
    wobble = tuple(
        (float(side_rng.normal(0, 0.9 / waves)), waves, float(side_rng.uniform(0, 2 * np.pi)))
        for waves in (1.5, 2.5, 4.0)
    )
    top = depth * shared_rng.uniform(0.34, 0.52) + side_rng.normal(0, 2)
    top = float(np.clip(top, 22, 52))
    return Outline(
        view=view,
        depth_mm=depth,
        half_width_mm=half_width,
        apex_y_mm=apex_y,
        exponent_up=2 + 0.3 * shared_rng.random() + 0.05 * side_rng.random(),
        exponent_down=2.05 + 0.5 * shared_rng.random() + 0.05 * side_rng.random(),
        wobble=wobble,
        axilla_mm=_axilla_mm(top, depth, shared_rng) + side_rng.uniform(0, 3) if oblique else 0.0,
        nipple_radius_mm=shared_rng.uniform(4.0, 5.3) + side_rng.uniform(0, 0.3),
        nipple_length_mm=shared_rng.uniform(4.5, 7.5) + side_rng.uniform(0, 1),
        pectoral_top_mm=top if oblique else 0.0,
        pectoral_foot_mm=float(apex_y + side_rng.uniform(-12, 8)) if oblique else 1.0,
    )


def _axilla_mm(pectoral_top_mm: float, depth_mm: float, rng: np.random.Generator) -> float:
    """Where the skin leaves the top of an oblique view, mm from the chest wall."""
    return max(pectoral_top_mm + rng.uniform(6, 12), depth_mm * rng.uniform(0.45, 0.65))


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


def _grid_mm(pixel_mm: float) -> tuple[FloatArray, FloatArray]:
    """Pixel centres (y, x) in mm over the canvas."""
    height, width = (round(size / pixel_mm) for size in CANVAS_MM)
    y, x = np.mgrid[:height, :width].astype(np.float32)
    return (y + 0.5) * np.float32(pixel_mm), (x + 0.5) * np.float32(pixel_mm)


def _soft_maximum(
    a: FloatArray, b: FloatArray, *, softness_mm: float, active: BoolArray
) -> FloatArray:
    """Maximum of two curves with a rounded corner, where `active`; `a` elsewhere."""
    higher = np.logaddexp(a / softness_mm, b / softness_mm) * softness_mm
    return np.asarray(np.where(active, higher, a))
