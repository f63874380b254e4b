"""How far a test set's figures can be trusted: by the model of answers, and by readers' scores.

The model tells what a form can tell of a reader before anybody has read it; coefficient alpha and
the correlation of parallel forms say what came of it, once enough readers have.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import log_ndtr, ndtri
from scipy.stats import f as fisher

from trainer.measure.ability import Difficulty

FloatArray = NDArray[np.float64]

# Fewest readers for a figure about readers: at 20 an alpha of .8 still spans .65 to .91.
MINIMUM_READERS: Final = 20
# Abilities over which the marginal reliability is averaged: N(0, 1) by Gauss and Hermite.
_NODES: Final = 41


@dataclass(frozen=True)
class Reliability:
    """A reliability with its 95 % interval; None without enough readers or any spread of them."""

    value: float | None
    low: float | None
    high: float | None
    n: int
    enough: bool


@dataclass(frozen=True)
class ModelReliability:
    """What a form can tell of one ability, by the model of answers.

    Attributes:
        items: how many items ask for it.
        information: of all items together, for a reader with the target ability.
        error: standard error of that reader's ability, from the form alone.
        at_target: reliability there, when abilities vary with standard deviation 1.
        marginal: reliability averaged over readers whose abilities are N(0, 1).
    """

    items: int
    information: float
    error: float
    at_target: float
    marginal: float


def compute_information(abilities: ArrayLike, difficulties: Sequence[Difficulty]) -> FloatArray:
    """Information of some items about one ability, the criterion being neutral.

    An item's difficulty b ~ N(m, s^2) is not known exactly: P(right) = Phi((theta - m) / v) with
    v^2 = 1 + s^2, and information phi(t)^2 / (Phi(t) Phi(-t) v^2), t = (theta - m) / v.

    Args:
        abilities: (...) abilities theta.
        difficulties: of the items.

    Returns:
        (...) information, in 1 / ability^2.

    Source: Lord, Applications of Item Response Theory (1980), chapter 5, for the normal ogive.
    """
    theta = np.asarray(abilities, dtype=np.float64)[..., None]
    means = np.array([each.mean for each in difficulties], dtype=np.float64)
    spreads = np.sqrt(1 + np.array([each.variance for each in difficulties], dtype=np.float64))
    t = (theta - means) / spreads
    # In logarithms: far from an item's difficulty numerator and denominator both vanish.
    logarithm = -t * t - np.log(2 * np.pi) - log_ndtr(t) - log_ndtr(-t)
    return np.asarray((np.exp(logarithm) / spreads**2).sum(axis=-1), dtype=np.float64)


def predict_reliability(items: Sequence[tuple[Difficulty, float]]) -> ModelReliability:
    """Predict how reliably a form measures one ability, or several as one.

    Args:
        items: difficulty of each item, and the target of the ability that it asks for: items of
            several abilities are taken together for readers as far from the target in each.

    Raises:
        ValueError: if there is no item.

    Source: Green, Bock, Humphreys, Linn and Reckase, J Educ Meas 21:347 (1984): with abilities
    of variance 1, a reliability is I / (I + 1).
    """
    if not items:
        raise ValueError("a form without an item measures nothing")
    # Each difficulty is counted from its own target, so that all targets lie at 0.
    shifted = [Difficulty(each.mean - target, each.variance) for each, target in items]
    information = float(compute_information(0.0, shifted))
    nodes, weights = np.polynomial.hermite_e.hermegauss(_NODES)
    over = compute_information(nodes, [each for each, _ in items])
    return ModelReliability(
        items=len(items),
        information=information,
        error=1 / float(np.sqrt(information)),
        at_target=information / (information + 1),
        marginal=float((weights * over / (over + 1)).sum() / weights.sum()),
    )


def compute_alpha(scores: ArrayLike) -> float:
    """Compute coefficient alpha; of right and wrong answers it is Kuder and Richardson's 20.

    Args:
        scores: (N, K) of N readers on K cases or items, N and K at least 2.

    Raises:
        ValueError: if there are too few, or all readers have the same total.

    Source: Cronbach, Psychometrika 16:297 (1951); Kuder and Richardson, Psychometrika 2:151
    (1937), formula 20.
    """
    table = np.asarray(scores, dtype=np.float64)
    if table.ndim != 2 or min(table.shape) < 2:
        raise ValueError("at least two readers and two items are needed")
    total = float(table.sum(axis=1).var(ddof=1))
    return alpha_of_variances(table.var(axis=0, ddof=1), total)


def alpha_of_variances(items: ArrayLike, total: float) -> float:
    """Coefficient alpha from the variances of the items, (K,), and of their sum.

    Raises:
        ValueError: if the sum does not vary.
    """
    variances = np.asarray(items, dtype=np.float64)
    if not total > 0:
        raise ValueError("the totals do not vary")
    k = variances.size
    return float(k / (k - 1) * (1 - variances.sum() / total))


def bound_alpha(alpha: float, *, readers: int, items: int) -> tuple[float, float]:
    """The 95 % interval of a coefficient alpha.

    Source: Feldt, Psychometrika 30:357 (1965); Feldt, Woodruff and Salih, Appl Psychol Meas
    11:93 (1987), formulas 6 and 7.
    """
    freedom = (readers - 1, (readers - 1) * (items - 1))
    low = 1 - (1 - alpha) * float(fisher.ppf(0.975, *freedom))
    high = 1 - (1 - alpha) * float(fisher.ppf(0.025, *freedom))
    return low, high


def estimate_alpha(scores: ArrayLike, *, minimum_n: int = MINIMUM_READERS) -> Reliability:
    """Estimate coefficient alpha with its 95 % interval, or say that there is not enough to.

    Args:
        scores: (N, K) of N readers on K items; N may be 0.
        minimum_n: fewest readers for which a figure is given.
    """
    table = np.asarray(scores, dtype=np.float64)
    n = len(table)
    if n < max(minimum_n, 2):
        return Reliability(None, None, None, n, enough=False)
    try:
        alpha = compute_alpha(table)
    except ValueError:
        return Reliability(None, None, None, n, enough=False)
    low, high = bound_alpha(alpha, readers=n, items=table.shape[1])
    return Reliability(alpha, low, high, n, enough=True)


def correlate_forms(
    first: ArrayLike, second: ArrayLike, *, minimum_n: int = MINIMUM_READERS
) -> Reliability:
    """Correlate the scores of the same readers on two parallel forms.

    Args:
        first: (N,) scores on one form.
        second: (N,) scores of the same readers on the other.
        minimum_n: fewest readers for which a figure is given, at least 4.

    Raises:
        ValueError: if the forms were not read by the same number of readers.

    Source: Fisher, Metron 1:3 (1921), for the interval by the inverse hyperbolic tangent.
    """
    a, b = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    if a.shape != b.shape or a.ndim != 1:
        raise ValueError("every reader needs a score on both forms")
    n = a.size
    if n < max(minimum_n, 4) or a.std() == 0 or b.std() == 0:
        return Reliability(None, None, None, n, enough=False)
    value = float(np.clip(np.corrcoef(a, b)[0, 1], -1.0, 1.0))
    if abs(value) == 1:
        return Reliability(value, value, value, n, enough=True)
    half = float(ndtri(0.975)) / float(np.sqrt(n - 3))
    low, high = np.tanh(np.arctanh(value) + np.array([-half, half]))
    return Reliability(value, float(low), float(high), n, enough=True)
