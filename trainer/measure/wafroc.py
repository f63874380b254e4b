"""Area under the weighted AFROC curve of one reader's cases: right only in the right place."""

from collections.abc import Sequence

import numpy as np
from scipy.special import ndtri

from trainer.measure.covariance import delong_covariance
from trainer.measure.localised import Ratings, pair_wafroc, weigh_equally
from trainer.measure.proportions import find_slack
from trainer.measure.roc import MINIMUM_PER_CLASS, RocArea


def estimate_wafroc(
    lesions: Sequence[Sequence[float]],
    false_marks: Sequence[float],
    *,
    minimum_n: int = MINIMUM_PER_CLASS,
) -> RocArea:
    """Estimate the area with its 95 % interval over cases.

    Where all cases agree the interval reaches as far as that of the area under the ROC curve.

    Args:
        lesions: of each positive case, the rating of each lesion that it asks for, one at least;
            -inf where it was missed.
        false_marks: (N,) highest false mark of each case without a lesion; -inf where none.
        minimum_n: fewest cases of each class for which a figure is given, at least 2.

    Source: Chakraborty and Zhai, Medical Physics 43:2548 (2016); variance by structural
    components, as DeLong, DeLong and Clarke-Pearson, Biometrics 44:837 (1988).
    """
    positive, negative = len(lesions), len(false_marks)
    if min(positive, negative) < max(minimum_n, 2):
        return RocArea(None, None, None, positive, negative, enough=False)
    most = max(len(case) for case in lesions)
    rated = np.full((positive, most), -np.inf)
    present = np.zeros((positive, most), dtype=bool)
    for place, case in enumerate(lesions):
        rated[place, : len(case)] = case
        present[place, : len(case)] = True
    kernel = pair_wafroc(
        Ratings(
            lesions=rated,
            weights=weigh_equally(present),
            # What was marked falsely beside a lesion does not count in this figure.
            false_positive=np.full(positive, -np.inf),
            false_negative=np.asarray(false_marks, dtype=np.float64),
        )
    )
    area = float(kernel.mean())
    variance = float(delong_covariance(kernel[None])[0, 0])
    half = float(ndtri(0.975)) * float(np.sqrt(max(variance, 0.0)))
    if variance <= 0:
        half = find_slack(min(positive, negative))
    return RocArea(
        area, max(area - half, 0.0), min(area + half, 1.0), positive, negative, enough=True
    )
