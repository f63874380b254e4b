"""Two areas under ROC curves of one reader: of the same cases read twice, or of different cases."""

import numpy as np

from trainer.measure.covariance import FloatArray, count_cases, delong_covariance
from trainer.measure.estimates import Difference, differ
from trainer.measure.mrmc import compare_modalities
from trainer.measure.proportions import find_slack
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


def compare_unpaired_areas(first: FloatArray, second: FloatArray) -> Difference:
    """Compare two areas under ROC curves on different cases, by DeLong's variances.

    Args:
        first: (P, N) kernel of one set of cases, as of `localised.pair_ratings`.
        second: (P', N') of the other.

    Source: as `delong_covariance`; degrees of freedom by Welch and Satterthwaite, as the pROC
    package has them (Robin et al., BMC Bioinformatics 12:77, 2011).
    """
    squares = [float(delong_covariance(each[None])[0, 0]) for each in (first, second)]
    together = sum(squares)
    own = [
        square**2 / (count_cases(each) - 1)
        for square, each in zip(squares, (first, second), strict=True)
    ]
    freedom = together**2 / sum(own) if together else np.inf
    value = float(first.mean() - second.mean())
    slack = find_slack(min(*first.shape, *second.shape))
    return differ(value, float(np.sqrt(together)), freedom, 0, 1, slack)
