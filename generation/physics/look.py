"""Presentation grey <-> log exposure: one invertible table per look and thickness.

A base image is processed presentation grey. Its grey is read back as the log exposure (the line
integral of attenuation) of a breast of the spec's thickness, anchored on fat and on dense tissue;
a finding changes the log exposure, and the same table maps the sum to grey again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generation.physics.attenuation import REFERENCE_KEV, attenuation_per_cm

FloatArray = NDArray[np.float32]
AnyFloatArray = NDArray[np.floating[Any]]

GREY_LEVELS = 4096
# Half a level from black and white: keeps the table finite and hence invertible.
GREY_FLOOR = 0.5 / GREY_LEVELS


@dataclass(frozen=True)
class Look:
    """Greys that one presentation gives to fat and to dense tissue, and how crisp it is.

    dense_fraction: share of the thickness that is gland where the image shows `dense_grey`. Dense
    regions are never gland from skin to skin. fine, middle: strength of the texture beside the
    standard's, in standard deviations of the real images; the network draws by it.
    """

    fat_grey: float
    dense_grey: float
    dense_fraction: float
    fine: float = 0.0
    middle: float = 0.0


# Greys measured on the interior of 60 normal CC views of CDD-CESM blurred by 1.2 mm: 10th
# percentile .20 (median over images), 98th percentile .62. The fraction is chosen: the contrast
# of a 10 mm mass in fat then lies among the published ones.
LOOKS: dict[str, Look] = {
    "standard": Look(fat_grey=0.20, dense_grey=0.62, dense_fraction=0.20),
    # Assumed, within what single real images show: processing that lifts detail and contrast, and
    # processing that is sparing with both.
    "crisp": Look(fat_grey=0.16, dense_grey=0.68, dense_fraction=0.20, fine=0.6, middle=0.8),
    "soft": Look(fat_grey=0.24, dense_grey=0.57, dense_fraction=0.20, fine=-0.6, middle=-0.8),
}
STANDARD_LOOK = "standard"


@dataclass(frozen=True)
class GreyTable:
    """Logistic table: grey = 1 / (1 + exp(-(slope * log_exposure + offset)))."""

    look: str
    thickness_mm: float
    slope: float
    offset: float

    def to_log_exposure(self, grey: AnyFloatArray) -> FloatArray:
        """Log exposure of grey (any shape, 0-1); greys beyond the end levels read as those."""
        clipped = np.clip(np.asarray(grey, np.float64), GREY_FLOOR, 1.0 - GREY_FLOOR)
        logit = np.log(clipped / (1.0 - clipped))
        return ((logit - self.offset) / self.slope).astype(np.float32)

    def to_grey(self, log_exposure: AnyFloatArray) -> FloatArray:
        """Grey 0-1 of log exposure, any shape; strictly increasing."""
        logit = self.slope * np.asarray(log_exposure, np.float64) + self.offset
        return (1.0 / (1.0 + np.exp(-logit))).astype(np.float32)

    def glandular_fraction(self, grey: AnyFloatArray) -> FloatArray:
        """Share 0-1 of the thickness that is gland where the (coarse) grey is this; any shape."""
        fat = attenuation_per_cm("adipose")
        gland = attenuation_per_cm("glandular")
        per_cm = self.to_log_exposure(grey) / (self.thickness_mm / 10.0)
        return np.clip((per_cm - fat) / (gland - fat), 0.0, 1.0).astype(np.float32)

    def to_json(self) -> dict[str, Any]:
        """What provenance keeps: the formula's constants and a sampled table."""
        grey = np.linspace(0.05, 0.95, 19, dtype=np.float32)
        return {
            "look": self.look,
            "form": "grey = 1 / (1 + exp(-(slope * log_exposure + offset)))",
            "energy_kev": REFERENCE_KEV,
            "thickness_mm": self.thickness_mm,
            "slope": self.slope,
            "offset": self.offset,
            "grey": [round(float(value), 4) for value in grey],
            "log_exposure": [round(float(value), 5) for value in self.to_log_exposure(grey)],
        }


def present(grey: AnyFloatArray, look: str) -> FloatArray:
    """Grey of the standard look as another look shows it; any shape, 0-1.

    Raises:
        KeyError: for an unknown look.
    """
    if look == STANDARD_LOOK:
        return np.asarray(grey, np.float32)
    # Both tables are logistic in log exposure, so that one is affine in the other's logit.
    standard, shown = build_grey_table(STANDARD_LOOK, 50.0), build_grey_table(look, 50.0)
    return shown.to_grey(standard.to_log_exposure(grey))


def build_grey_table(look: str, thickness_mm: float) -> GreyTable:
    """Table of one look for one compressed thickness.

    Raises:
        KeyError: for an unknown look.
        ValueError: if the thickness is not positive.
    """
    if not thickness_mm > 0:
        raise ValueError("thickness_mm must be positive")
    anchors = LOOKS[look]
    fat = attenuation_per_cm("adipose")
    gland = attenuation_per_cm("glandular")
    thickness_cm = thickness_mm / 10.0
    fat_log = fat * thickness_cm
    dense_log = (fat + anchors.dense_fraction * (gland - fat)) * thickness_cm
    fat_logit = float(np.log(anchors.fat_grey / (1.0 - anchors.fat_grey)))
    dense_logit = float(np.log(anchors.dense_grey / (1.0 - anchors.dense_grey)))
    slope = (dense_logit - fat_logit) / (dense_log - fat_log)
    return GreyTable(look, float(thickness_mm), slope, fat_logit - slope * fat_log)
