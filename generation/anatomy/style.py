"""Style of a view's texture: how strong its finest and its middle structure is.

Two numbers tell most of how the texture of one mammogram differs from another's: over the training
images the first two principal components of the log strengths of five octave bands hold 97 % of
their variance. The network is given both; a real image's are measured, a drawn woman's are hers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]

# Blurs in pixels of 0.1 mm between which a band lies; "fine" is mostly noise.
FINE_BAND = (0.0, 1.0)
MIDDLE_BANDS = ((2.0, 4.0), (4.0, 8.0))
# Close to mean and standard deviation of the training images' log strengths.
FINE_MEAN, FINE_SD = -4.125, 0.382
MIDDLE_MEAN, MIDDLE_SD = -4.28, 0.235
CLIPPED_PERCENT = 1.0
LEAST_PIXELS = 1000


@dataclass(frozen=True)
class TextureStyle:
    """Strength of fine and of middle texture, in standard deviations of the training images."""

    fine: float = 0.0
    middle: float = 0.0


PLAIN_STYLE = TextureStyle()


def measure_style(grey: FloatArray, inside: BoolArray) -> TextureStyle:
    """Style of an image.

    Args:
        grey: (H, W) presentation grey 0-1 at 0.1 mm.
        inside: (H, W) interior of the breast, away from the skin.

    Raises:
        ValueError: if the interior is too small to measure.
    """
    if np.count_nonzero(inside) < LEAST_PIXELS:
        raise ValueError("too little of the breast to measure its texture")
    fine = _log_strength(grey, inside, FINE_BAND)
    middle = np.mean([_log_strength(grey, inside, band) for band in MIDDLE_BANDS])
    return TextureStyle(
        fine=float((fine - FINE_MEAN) / FINE_SD),
        middle=float((middle - MIDDLE_MEAN) / MIDDLE_SD),
    )


def _log_strength(grey: FloatArray, inside: BoolArray, band: tuple[float, float]) -> float:
    """Log of a band's root mean square; its brightest and darkest percent count as their limits."""
    near, far = (
        ndimage.gaussian_filter(grey, sigma, truncate=3) if sigma else grey for sigma in band
    )
    values = (near - far)[inside]
    limits = np.percentile(values, (CLIPPED_PERCENT, 100 - CLIPPED_PERCENT))
    return float(np.log(np.sqrt(np.mean(np.clip(values, *limits) ** 2)) + 1e-9))
