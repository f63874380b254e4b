"""Classifier two-sample test: can a small network, trained for it, tell the two sets of patches?

Source: Lopez-Paz & Oquab, "Revisiting classifier two-sample tests", ICLR 2017 (arXiv 1610.06545).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]
IntArray = NDArray[np.int64]


@dataclass(frozen=True)
class TwoSample:
    """AUC of telling the other set from the real one on images not trained on; .5 is perfect.

    Attributes:
        auc: area under the ROC curve over all patches, each scored by a network that saw no
            patch of its image.
        low, high: 95 % interval, images of both sets drawn with replacement.
        real_scores: (N,) log odds of being of the other set.
        other_scores: (M,) the same.
    """

    auc: float
    low: float
    high: float
    real_scores: FloatArray
    other_scores: FloatArray


def measure_two_sample(
    real: FloatArray,
    real_groups: IntArray,
    other: FloatArray,
    other_groups: IntArray,
    *,
    seed: int = 0,
    folds: int = 3,
) -> TwoSample:
    """Train and test the classifier across folds of images; deterministic by seed on one device.

    Args:
        real: (N, 256, 256) grey 0-1.
        real_groups: (N,) image of each patch.
        other: (M, 256, 256).
        other_groups: (M,); numbers may repeat those of `real_groups`, they name other images.
        seed: of folds, weights, crops and intervals.
        folds: an image is in one fold only.

    Raises:
        ValueError: if a set has fewer images than folds.
    """
    raise NotImplementedError
