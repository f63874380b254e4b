"""One answer, for one reader or for many at once: the arithmetic under abilities and selection.

Leading axes (...) are readers; a single reader has none.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import log_ndtr, ndtr

FloatArray = NDArray[np.float64]


def measure_spread(
    covariance: FloatArray, loading: FloatArray, item_variance: ArrayLike
) -> FloatArray:
    """Measure v = sqrt(1 + A'PA + sigma_b^2): how widely an answer may fall.

    Args:
        covariance: (..., D, D) of the reader.
        loading: (..., D) of the item, A.
        item_variance: (...) of the item's difficulty.

    Returns:
        (...) v.
    """
    gain = np.einsum("...ij,...j->...i", covariance, loading)
    own = np.einsum("...i,...i->...", loading, gain)
    return np.asarray(np.sqrt(1 + own + np.asarray(item_variance)), dtype=np.float64)


def predict(
    mean: FloatArray,
    covariance: FloatArray,
    loading: FloatArray,
    item_mean: ArrayLike,
    item_variance: ArrayLike,
) -> FloatArray:
    """Predict the probability of a right answer, (...): shapes as in `learn`."""
    spread = measure_spread(covariance, loading, item_variance)
    level = np.einsum("...i,...i->...", loading, mean) - np.asarray(item_mean)
    return np.asarray(ndtr(level / spread), dtype=np.float64)


def learn(
    mean: FloatArray,
    covariance: FloatArray,
    loading: FloatArray,
    item_mean: ArrayLike,
    item_variance: ArrayLike,
    answer: ArrayLike,
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Learn from one answer of each reader about the reader and about the item.

    Args:
        mean: (..., D) of the reader, m.
        covariance: (..., D, D) of the reader, P.
        loading: (..., D) of the item, A.
        item_mean: (...) of the item's difficulty, mu_b.
        item_variance: (...) of the item's difficulty, sigma_b^2.
        answer: (...) 1 right, -1 wrong, 0 not asked: nothing is learnt from that.

    Returns:
        The four moments after the answer, in the order of the arguments.

    Source: design/learning.md; the moments are those of a probit factor, as in Rasmussen and
    Williams, Gaussian Processes for Machine Learning (2006), section 3.6.
    """
    y = np.asarray(answer, dtype=np.float64)
    centre, variance = np.asarray(item_mean, float), np.asarray(item_variance, float)
    gain = np.einsum("...ij,...j->...i", covariance, loading)
    spread = np.sqrt(1 + np.einsum("...i,...i->...", loading, gain) + variance)
    t = y * (np.einsum("...i,...i->...", loading, mean) - centre) / spread
    # phi(t) / Phi(t) in logarithms: Phi alone underflows for very surprising answers.
    slope = np.abs(y) * np.exp(-0.5 * t * t - 0.5 * np.log(2 * np.pi) - log_ndtr(t))
    curvature = slope * (slope + t) / spread**2
    step = y * slope / spread
    return (
        mean + step[..., None] * gain,
        covariance - curvature[..., None, None] * gain[..., :, None] * gain[..., None, :],
        centre - step * variance,
        variance * (1 - variance * curvature),
    )
