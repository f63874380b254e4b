"""Frechet radiomics distance: d squared between Gaussians fitted to radiomic features.

Source: Konz, Osuala et al., "Frechet radiomic distance" (arXiv 2412.01496), version 1: features
scaled by the mean and deviation of the real set. Its package prints log d squared; here it is d
squared itself, so that ratios mean something.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]
Features = NDArray[np.float64]


def extract_radiomics(patches: FloatArray) -> Features:
    """(N, F) radiomic features of (N, 256, 256) grey 0-1 patches, in the order of their names."""
    raise NotImplementedError


def measure_radiomics_distance(real: Features, other: Features) -> float:
    """d squared >= 0 between two sets of radiomic features.

    Args:
        real: (N, F) of `extract_radiomics`; its mean and deviation scale both sets.
        other: (M, F).

    Raises:
        ValueError: if a set has fewer than two rows.
    """
    raise NotImplementedError
