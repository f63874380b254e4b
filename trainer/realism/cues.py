"""What told real from synthetic without looking at the tissue: a test of the test."""

from collections.abc import Sequence

import numpy as np

from cases.previews import window_pixels
from generation.realism.framing import Framed
from trainer.measure.roc import compute_delong_variance
from trainer.realism.models import RealismImage

CUES = ("size", "brightness", "contrast", "file")


def measure_cues(images: Sequence[tuple[RealismImage, Framed]]) -> dict[str, float]:
    """ROC area of each cue alone; 0.5 tells nothing, 0 and 1 tell all.

    Size is the breast's area, brightness and contrast the mean and deviation of its grey as first
    shown, file the bytes of its frame.
    """
    values = np.array([_see(image, shown) for image, shown in images])
    real = np.array([image.real for image, _ in images])
    return {
        cue: round(compute_delong_variance(values[real, at], values[~real, at])[0], 3)
        for at, cue in enumerate(CUES)
    }


def _see(image: RealismImage, shown: Framed) -> tuple[float, float, float, float]:
    breast = shown.pixels[shown.pixels > 0]
    grey = window_pixels(breast, center=shown.window_center, width=shown.window_width)
    return breast.size, float(grey.mean()), float(grey.std()), image.frame_bytes
