"""The breast frame: depth behind the nipple, lateral outwards, superior up, in mm, compressed."""

from __future__ import annotations

import math

from generation.spec import CaseSpec


def oblique_mm(lateral_mm: float, superior_mm: float, mlo_angle_deg: float) -> float:
    """Position along the MLO image's upward axis, mm: superior and lateral both lie up.

    The angle is measured from the true lateral projection (0 shows superior alone, 90 would
    show the CC's lateral alone); 45 is the usual oblique.
    """
    angle = math.radians(mlo_angle_deg)
    return superior_mm * math.cos(angle) + lateral_mm * math.sin(angle)


def breast_fraction(depth_mm: float, across_mm: float, spec: CaseSpec) -> float:
    """Where a point of one view lies: 0 at the middle of the chest wall, 1 on the outline.

    The outline is the ellipse through the nipple and the two ends of the chest-wall line: the
    anatomy's own outline is never narrower.
    """
    along = (spec.depth_mm - depth_mm) / spec.depth_mm
    across = across_mm / (spec.width_mm / 2.0)
    return math.hypot(along, across)
