"""Exact truth of a generated case: what was inserted, where, and what of it can be seen."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

BoolArray = NDArray[np.bool_]

# A whole view taken badly is not seen against anything: there is no d' to measure.
GROUPS_WITHOUT_DPRIME = ("technique",)
# Nor is there a better view to point to where something merely lies on the breast.
GROUPS_WITHOUT_BEST_VIEW = (*GROUPS_WITHOUT_DPRIME, "artefact")


@dataclass(frozen=True)
class LesionLikeness:
    """The most lesion-like place of a case.

    value: its response over that of a typical lesion. view: view key. x, y: px of the stored
    image.
    """

    value: float
    view: str
    x: float
    y: float

    def to_json(self) -> dict[str, Any]:
        return {
            "value": round(self.value, 4),
            "view": self.view,
            "x": round(self.x, 1),
            "y": round(self.y, 1),
        }


@dataclass(frozen=True, kw_only=True)
class FindingViewTruth:
    """One finding in one view.

    mask: (H, W) bool, what a reader can see of it. support: (H, W) bool, where the image differs
    from the base. centre_px: (x, y) pixels, x right, y down, integer = pixel centre.
    dprime: detectability index, see `generation.quality.detectability`; None where there is
    nothing to be seen against: a fault of the whole view, or what leaves fewer than
    `quality.observer.MIN_BACKGROUNDS` places of its size in the breast.
    """

    mask: BoolArray
    support: BoolArray
    centre_px: tuple[float, float]
    long_axis_mm: float
    visible: bool
    dprime: float | None

    def to_json(self) -> dict[str, Any]:
        return {
            "centre_px": [round(float(value), 2) for value in self.centre_px],
            "long_axis_mm": round(float(self.long_axis_mm), 2),
            "visible": bool(self.visible),
            "dprime": None if self.dprime is None else round(float(self.dprime), 4),
        }


@dataclass(frozen=True, kw_only=True)
class FindingTruth:
    """One finding of a case, in the breast frame (mm, compressed) and in each view showing it.

    reads_as: what a reader would call it (a key of `vocabulary.FINDING_KINDS`), or None.
    malignancy: probability (0-1) that a biopsy of such a finding shows cancer, from its
    descriptors; see `generation.likelihood`.
    centre_mm: (depth behind the nipple, lateral outwards, superior up). extent_mm: projected extent
    along the same three axes, read off the masks: lateral from the CC, superior from the oblique
    (whose columns mix it with lateral), 0 where that view does not show it.
    """

    id: str
    kind: str
    reads_as: str | None
    actionable: bool
    side: str
    descriptors: Mapping[str, str]
    assessment: str
    pathology: str
    malignancy: float
    centre_mm: tuple[float, float, float]
    extent_mm: tuple[float, float, float]
    clock: int
    distance_from_nipple_mm: float
    teaching: str
    views: Mapping[str, FindingViewTruth]

    def to_json(self) -> dict[str, Any]:
        """Everything but the arrays, ready for truth.json."""
        return {
            "id": self.id,
            "kind": self.kind,
            "reads_as": self.reads_as,
            "actionable": bool(self.actionable),
            "side": self.side,
            "descriptors": dict(self.descriptors),
            "assessment": self.assessment,
            "pathology": self.pathology,
            "malignancy": round(float(self.malignancy), 4),
            "centre_mm": [round(float(value), 2) for value in self.centre_mm],
            "extent_mm": [round(float(value), 2) for value in self.extent_mm],
            "clock": int(self.clock),
            "distance_from_nipple_mm": round(float(self.distance_from_nipple_mm), 2),
            "teaching": self.teaching,
            "views": {key: view.to_json() for key, view in self.views.items()},
        }


def clock_hour(side: str, lateral_mm: float, superior_mm: float) -> int:
    """Clock face position (1-12) of a point, as seen facing the woman.

    Outwards is 3 o'clock in the left breast and 9 o'clock in the right one. A point straight
    behind the nipple reads 12.
    """
    across = lateral_mm if side == "left" else -lateral_mm
    hour = round(math.degrees(math.atan2(across, superior_mm)) / 30.0) % 12
    return 12 if hour == 0 else hour


def nipple_distance_mm(depth_mm: float, lateral_mm: float, superior_mm: float) -> float:
    """Distance of a point of the breast frame from the nipple, mm."""
    return math.sqrt(depth_mm**2 + lateral_mm**2 + superior_mm**2)
