"""The condition map: what the anatomy (or a real image) tells the network about one view.

One definition serves both ways in: training computes the map of a real mammogram, the anatomical
model draws one. Maps live on the network's grid of 0.2 mm, the image on 0.1 mm; left-breast
orientation (chest wall at image left) throughout, because laterality is a flip.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation.anatomy.channels import (
    CHANNELS,
    COARSE_SIGMA_MM,
    MAP_PIXEL_MM,
    SKIN_REACH_MM,
    STYLE_REACH,
)
from generation.anatomy.style import PLAIN_STYLE, TextureStyle

__all__ = [
    "CHANNELS",
    "COARSE_SIGMA_MM",
    "MAP_PIXEL_MM",
    "SKIN_REACH_MM",
    "STYLE_REACH",
    "ConditionMap",
    "blur_inside",
]

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]

NIPPLE_REACH_MM = 100.0


@dataclass(frozen=True)
class ConditionMap:
    """Condition of one view at 0.2 mm.

    Attributes:
        mask: (h, w) breast, nipple included.
        coarse: (h, w) presentation grey 0-1 blurred by `COARSE_SIGMA_MM` inside the breast.
        lines: (h, w) strength 0-1 of linear structure (ducts, ligaments, vessels).
        nipple_xy: nipple tip in map pixels, x right, y down.
        style: strength of fine and middle texture.
    """

    mask: BoolArray
    coarse: FloatArray
    lines: FloatArray
    nipple_xy: tuple[float, float]
    style: TextureStyle = PLAIN_STYLE

    def stack(self) -> FloatArray:
        """Channels as the network reads them: (C, h, w) float32, 0 outside the breast."""
        height, width = self.mask.shape
        distance_mm = ndimage.distance_transform_edt(self.mask) * MAP_PIXEL_MM
        y, x = np.mgrid[:height, :width].astype(np.float32)
        reach_px = NIPPLE_REACH_MM / MAP_PIXEL_MM
        channels = np.stack(
            [
                np.ones_like(self.coarse),
                np.clip(distance_mm / SKIN_REACH_MM, 0, 1),
                self.coarse,
                self.lines,
                (self.nipple_xy[0] - x) / reach_px,
                (self.nipple_xy[1] - y) / reach_px,
                np.full_like(self.coarse, self.style.fine / STYLE_REACH),
                np.full_like(self.coarse, self.style.middle / STYLE_REACH),
            ]
        ).astype(np.float32)
        return channels * self.mask


def blur_inside(grey: FloatArray, mask: BoolArray, *, sigma_px: float) -> FloatArray:
    """Blur a grey image over the breast alone, so that the skin does not darken its neighbours.

    Args:
        grey: (h, w) grey 0-1.
        mask: (h, w) pixels that count.
        sigma_px: standard deviation of the Gaussian in pixels.

    Returns:
        (h, w) normalised convolution, 0 outside the mask.
    """
    weight = ndimage.gaussian_filter(mask.astype(np.float32), sigma_px, truncate=3)
    total = ndimage.gaussian_filter(
        np.where(mask, grey, 0).astype(np.float32), sigma_px, truncate=3
    )
    return np.where(mask, total / np.maximum(weight, 1e-4), 0).astype(np.float32)
