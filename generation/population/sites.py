"""Where in the breast a drawn finding lies, by the region that its kind asks for."""

from __future__ import annotations

import math

import numpy as np

from generation.frame import breast_fraction, oblique_mm
from generation.lesions.drawing import choose
from generation.population.rates import QUADRANT_SHARE
from generation.spec import CaseSpec

Point = tuple[float, float, float]

TRIES = 200
# Spread of the glandular cone across, as a share of half the breast's width.
CONE_SD = 0.27
CONE_REACH = 0.5
CANVAS_HEIGHT_MM = 230.4
FOOT_MM = 7.0


def draw_site(
    rng: np.random.Generator, region: str, frame: CaseSpec, size_mm: float
) -> Point | None:
    """(depth, lateral, superior) in mm of a finding of this size; None when it finds no room.

    Args:
        rng: draws the place.
        region: see `generation.lesions.finding.Finding`.
        frame: the woman; her findings do not matter.
        size_mm: of the finding.
    """
    if region == "gland":
        return _draw_in_gland(rng, frame, size_mm)
    if region == "retroareolar":
        depth = size_mm / 2 + rng.uniform(6.0, 16.0)
        return _rounded(depth, rng.normal(0.0, 4.0), rng.normal(0.0, 4.0))
    if region == "skin":
        return _draw_at_skin(rng, frame)
    if region == "axilla":
        return _draw_in_axilla(rng, frame, size_mm)
    return _rounded(frame.depth_mm / 2, 0.0, 0.0)


def room_above_mm(frame: CaseSpec) -> float:
    """How far up from the nipple the MLO reaches, mm."""
    return CANVAS_HEIGHT_MM - FOOT_MM - frame.width_mm / 2


def _rounded(depth: float, lateral: float, superior: float) -> Point:
    return round(float(depth), 1), round(float(lateral), 1), round(float(superior), 1)


def _draw_in_gland(rng: np.random.Generator, frame: CaseSpec, size_mm: float) -> Point | None:
    """A point of the glandular cone behind the nipple, in a quadrant drawn as published."""
    quadrant = choose(rng, QUADRANT_SHARE)
    half = frame.width_mm / 2.0
    up = -1 if quadrant.startswith("lower") else 1
    out = -1 if quadrant.endswith("inner") else 1
    # A large finding needs room under the skin in front and the chest wall behind.
    nearest = max(0.18 * frame.depth_mm, size_mm / 2 + 3.5)
    furthest = min(0.74 * frame.depth_mm, frame.depth_mm - size_mm / 2)
    if nearest >= furthest:
        return None
    for _ in range(TRIES):
        if quadrant == "central":
            depth = rng.uniform(nearest, max(nearest + 0.1, min(0.4 * frame.depth_mm, furthest)))
            lateral, superior = rng.normal(0.0, 0.06 * half, 2)
        else:
            depth = rng.uniform(nearest, furthest)
            lateral, superior = np.abs(rng.normal(0.0, CONE_SD * half, 2)) * (out, up)
        if _holds(depth, lateral, superior, frame, size_mm):
            return _rounded(depth, lateral, superior)
    return None


def _holds(depth: float, lateral: float, superior: float, frame: CaseSpec, size_mm: float) -> bool:
    """Whether a point lies in the cone in both views and clear of the muscle in the MLO."""
    half = frame.width_mm / 2.0
    oblique = oblique_mm(lateral, superior, frame.mlo_angle_deg)
    reach = (size_mm / 2.0 + 3.5) / min(frame.depth_mm, half)
    limit = min(0.82, 1.0 - reach)
    if any(breast_fraction(depth, value, frame) > limit for value in (lateral, oblique)):
        return False
    if any(abs(value) > CONE_REACH * half for value in (lateral, oblique)):
        return False
    return not (oblique > 0 and depth / frame.depth_mm + 0.6 * oblique / half > 0.80)


def _draw_at_skin(rng: np.random.Generator, frame: CaseSpec) -> Point:
    """A point just under the outline, at any hour of the clock, short of nipple and chest wall."""
    depth = frame.depth_mm * rng.uniform(0.12, 0.70)
    along = (frame.depth_mm - depth) / frame.depth_mm
    across = 0.92 * frame.width_mm / 2 * math.sqrt(max(0.0, 1.0 - along**2))
    hour = rng.uniform(0.0, 2 * math.pi)
    return _rounded(depth, across * math.sin(hour), across * math.cos(hour))


def _draw_in_axilla(rng: np.random.Generator, frame: CaseSpec, size_mm: float) -> Point:
    """A point that the MLO shows over the muscle near the top of the image."""
    up = room_above_mm(frame) - size_mm / 2 - rng.uniform(12.0, 42.0)
    depth = frame.depth_mm - size_mm / 2 - rng.uniform(4.0, 22.0)
    angle = math.radians(frame.mlo_angle_deg)
    return _rounded(depth, up * math.sin(angle), up * math.cos(angle))
