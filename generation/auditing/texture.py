"""What of an image is compared: its texture inside the breast, without outline and coarse tissue.

Whoever compares whole greys finds that every breast is bright inside and dark outside. What
varies slowly is taken away inside the breast alone, so that neither the outline nor the skin's
dark side nor how dense the breast is decides.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation.anatomy.condition import blur_inside
from generation.quality.observer import average

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]

PIXEL_MM = 0.1
# Skin and the dark rim before it are alike in all breasts.
RIM_MM = 2.0
# In deviations of the surroundings: what is brighter counts no more.
BRIGHTEST = 3.0
LEAST_VARIANCE = 1e-8


@dataclass(frozen=True)
class Scale:
    """A resolution and what is too coarse for it.

    Attributes:
        factor: 0.1 mm pixels to one of this scale, each way.
        coarse_mm: standard deviation of the blur that is taken away.
    """

    factor: int
    coarse_mm: float

    @property
    def pixel_mm(self) -> float:
        return self.factor * PIXEL_MM

    @property
    def coarse_px(self) -> float:
        return self.coarse_mm / self.pixel_mm


@dataclass(frozen=True)
class Texture:
    """Texture of one image at one scale.

    Attributes:
        values: (h, w) grey less its blur, 0 outside `inside`.
        inside: (h, w) where it counts.
    """

    values: FloatArray
    inside: BoolArray


def take_texture(grey: FloatArray, inside: BoolArray, scale: Scale) -> Texture:
    """Texture of an image at a scale.

    Args:
        grey: (H, W) grey 0-1 at 0.1 mm, chest wall at image left.
        inside: (H, W) breast without what is excluded.
        scale: what to keep.

    Returns:
        Texture of (H // factor, W // factor) pixels.
    """
    small = average(grey, scale.factor)
    mask = average(inside.astype(np.float32), scale.factor) > 0.5
    values = small - blur_inside(small, mask, sigma_px=scale.coarse_px)
    # The breast goes on behind the chest wall: the image's left edge is no rim.
    wide = np.pad(mask, ((1, 1), (1, 1)))
    wide[:, 0] = wide[:, 1]
    deep = ndimage.distance_transform_edt(wide)[1:-1, 1:-1] * scale.pixel_mm > RIM_MM
    return Texture(np.where(deep, values, 0).astype(np.float32), np.asarray(deep))


def level_contrast(texture: Texture, *, wide_mm: float, pixel_mm: float) -> Texture:
    """Texture in deviations of its surroundings, at most 3.

    One bright vessel or the thick skin of one image would else decide a whole correlation: any two
    straight lines are alike.

    Args:
        texture: of `take_texture`.
        wide_mm: standard deviation of the surroundings.
        pixel_mm: of the texture.
    """
    squares = (texture.values**2).astype(np.float32)
    variance = blur_inside(squares, texture.inside, sigma_px=wide_mm / pixel_mm)
    levelled = texture.values / np.sqrt(np.maximum(variance, LEAST_VARIANCE))
    clipped = np.clip(levelled, -BRIGHTEST, BRIGHTEST).astype(np.float32)
    return Texture(np.where(texture.inside, clipped, 0).astype(np.float32), texture.inside)
