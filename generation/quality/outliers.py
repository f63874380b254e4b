"""Features whose few extremes would outweigh all others, held to the range of ordinary images.

Sizes of zones of one grey, squared, are thousands of deviations off in a patch that holds one large
flat zone: between two halves of the real images one such patch made a hundredfold of the Frechet
radiomics distance.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Features = NDArray[np.float64]

REACH = 5.0


def limit_features(features: Features, real: Features) -> Features:
    """Features no farther from the real median than five times the real quartiles' distance.

    Args:
        features: (N, F) of any set.
        real: (M, F) of the real images, all of them.
    """
    first, middle, third = np.percentile(real, (25, 50, 75), axis=0)
    reach = REACH * (third - first)
    return np.asarray(np.clip(features, middle - reach, middle + reach))
