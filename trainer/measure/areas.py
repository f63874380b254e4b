"""Two areas under ROC curves of one reader, who read the same cases twice."""

import numpy as np

from trainer.measure.covariance import FloatArray
from trainer.measure.estimates import Difference
from trainer.measure.mrmc import compare_modalities
from trainer.measure.readings import Readings


def compare_areas(first: FloatArray, second: FloatArray) -> Difference:
    """Compare two areas under ROC curves on the same cases, by DeLong's paired test.

    Args:
        first: (P, N) kernel of one reading of the cases, as of `localised.pair_ratings`.
        second: (P, N) of the other.
    """
    readings = Readings.from_kernel(np.stack([first, second])[:, None], by="delong")
    (difference,) = compare_modalities(readings, generalise="cases").differences
    return difference
