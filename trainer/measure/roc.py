"""Area under the ROC curve of case ratings."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri
from scipy.stats import rankdata

from trainer.measure.proportions import find_slack

FloatArray = NDArray[np.float64]

# Fewest positive and fewest negative cases for which an area is shown.
MINIMUM_PER_CLASS: Final = 10


@dataclass(frozen=True)
class RocArea:
    """An area under the curve with its 95 % interval; None without enough of both classes."""

    value: float | None
    low: float | None
    high: float | None
    n_positive: int
    n_negative: int
    enough: bool


def compute_delong_variance(positive: ArrayLike, negative: ArrayLike) -> tuple[float, float]:
    """Compute the area under the ROC curve and DeLong's variance of it.

    Args:
        positive: (P,) ratings of positive cases, P >= 2; -inf stands for no mark.
        negative: (N,) ratings of negative cases, N >= 2.

    Returns:
        (area, variance); ties count one half.

    Raises:
        ValueError: if a class has fewer than two cases or a rating is not a number.

    Source: DeLong, DeLong and Clarke-Pearson, Biometrics 44:837 (1988), by mid-ranks as in
    Sun and Xu, IEEE Signal Processing Letters 21:1389 (2014).
    """
    cases = np.asarray(positive, dtype=np.float64)
    controls = np.asarray(negative, dtype=np.float64)
    if cases.size < 2 or controls.size < 2:
        raise ValueError("each class needs at least two cases")
    if np.isnan(cases).any() or np.isnan(controls).any():
        raise ValueError("a rating is not a number")
    together: NDArray[Any] = rankdata(np.concatenate([cases, controls]))
    # How often each case outranks the controls, and each control is outranked by the cases.
    case_wins = (together[: cases.size] - rankdata(cases)) / controls.size
    control_losses = 1 - (together[cases.size :] - rankdata(controls)) / cases.size
    area = float(case_wins.mean())
    variance = case_wins.var(ddof=1) / cases.size + control_losses.var(ddof=1) / controls.size
    return area, float(variance)


def estimate_area(
    positive: ArrayLike, negative: ArrayLike, *, minimum_n: int = MINIMUM_PER_CLASS
) -> RocArea:
    """Estimate the area under the ROC curve with DeLong's 95 % interval.

    Where no rating of one class lies beyond any of the other, the variance is zero and would
    claim certainty. The bound is then the exact one for as many independent pairs as the
    smaller class has cases, all of them ordered alike.

    Args:
        positive: (P,) ratings of positive cases; -inf stands for no mark, the lowest rating.
        negative: (N,) ratings of negative cases.
        minimum_n: fewest cases of each class for which a figure is given, at least 2.

    Raises:
        ValueError: if a rating is not a number.
    """
    n_positive, n_negative = np.size(positive), np.size(negative)
    if min(n_positive, n_negative) < max(minimum_n, 2):
        return RocArea(None, None, None, n_positive, n_negative, enough=False)
    area, variance = compute_delong_variance(positive, negative)
    if variance > 0:
        half = float(ndtri(0.975)) * float(np.sqrt(variance))
        low, high = max(area - half, 0.0), min(area + half, 1.0)
    else:
        slack = find_slack(min(n_positive, n_negative))
        low, high = max(area - slack, 0.0), min(area + slack, 1.0)
    return RocArea(area, low, high, n_positive, n_negative, enough=True)
