"""A figure of merit or a difference of two, with what is known of how far it may be off."""

from dataclasses import dataclass

import numpy as np
from scipy import stats


@dataclass(frozen=True)
class Estimate:
    """The mean over readers of one modality, with its 95 % interval.

    Where nothing varies, as where nobody missed anything, the error is 0 and would claim
    certainty: the interval then reaches as far as `proportions.find_slack` says.

    Attributes:
        value: mean figure of merit.
        low: end of the interval, with `high`; within 0 to 1, as every figure of merit is.
        high: see there.
        error: standard error.
        freedom: degrees of freedom; inf where the normal distribution serves.
    """

    value: float
    low: float
    high: float
    error: float
    freedom: float


@dataclass(frozen=True)
class Difference(Estimate):
    """First minus second modality, with its 95 % interval (not cut to 0 to 1).

    Attributes:
        first: index of the modality, with `second`.
        second: see there.
        p: two-sided, of no difference.
    """

    first: int
    second: int
    p: float


def divide(above: float, below: float) -> float:
    """Divide; by 0 gives inf, 0 by 0 gives 0."""
    if below > 0:
        return above / below
    return np.inf if above > 0 else 0.0


def count_freedom(own: int, square: float, spread: float) -> float:
    """Degrees of freedom of a sum of squares whose part `spread` has `own` of them.

    Source: Hillis, Statistics in Medicine 26:596 (2007).
    """
    return np.inf if spread == 0 else own * (square / spread) ** 2


def reach(error: float, freedom: float) -> float:
    """Half the 95 % interval."""
    return float(stats.t.ppf(0.975, freedom)) * error


def differ(
    value: float, error: float, freedom: float, first: int, second: int, slack: float
) -> Difference:
    """Make a difference of its value and error; `slack` is half an interval without error."""
    half = reach(error, freedom) if error else float(np.sqrt(2)) * slack
    p = float(2 * stats.t.sf(divide(abs(value), error), freedom))
    return Difference(value, value - half, value + half, error, freedom, first, second, p)
