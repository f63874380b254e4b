"""What is known of a reader's abilities: a Gaussian over competencies and the criterion.

P(right) = Phi(theta_k - b + s lambda): theta_k the ability of competency k, b the item's
difficulty, lambda the reader's criterion (how freely they mark), s +1 on lesion items, -1 on
items of normal tissue and 0 elsewhere. So "mark everything" earns nothing.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr, ndtr, ndtri

from trainer.measure.competencies import COMPETENCIES

FloatArray = NDArray[np.float64]

# Stored beside every estimate; raise it whenever the same answers would estimate otherwise.
MODEL_VERSION: Final = 1

CORRELATION: Final = 0.5
CRITERION_SD: Final = 0.4
DRIFT_SD: Final = 0.05  # how far an ability may wander between two sessions

MASTERY_PROBABILITY: Final = 0.95
MASTERY_ITEMS: Final = 20
NEUTRAL_CRITERION: Final = 0.8
NEUTRAL_PROBABILITY: Final = 0.5


@dataclass(frozen=True)
class Ability:
    """Mean (K + 1,) and covariance (K + 1, K + 1): K competencies, then the criterion."""

    competencies: tuple[str, ...]
    mean: FloatArray
    covariance: FloatArray

    def position(self, competency: str) -> int:
        """Find a competency's place in the vector.

        Raises:
            ValueError: if the model has no such competency.
        """
        if competency not in self.competencies:
            raise ValueError(f"the model has no competency {competency!r}")
        return self.competencies.index(competency)

    def deviation(self, position: int) -> float:
        return float(np.sqrt(self.covariance[position, position]))


@dataclass(frozen=True)
class Difficulty:
    """What is known of an item's difficulty: b ~ N(mean, variance)."""

    mean: float
    variance: float

    def __post_init__(self) -> None:
        if not (np.isfinite(self.mean) and np.isfinite(self.variance) and self.variance >= 0):
            raise ValueError("a difficulty needs a finite mean and a finite variance of 0 or more")


@dataclass(frozen=True)
class Estimate:
    """A mean with its 95 % interval."""

    mean: float
    low: float
    high: float


def start_ability(competencies: tuple[str, ...] = COMPETENCIES) -> Ability:
    """Give what is known of a reader who has answered nothing: theta ~ N(0, R), lambda apart."""
    size = len(competencies)
    covariance = np.zeros((size + 1, size + 1))
    covariance[:size, :size] = CORRELATION + (1 - CORRELATION) * np.eye(size)
    covariance[size, size] = CRITERION_SD**2
    return Ability(competencies, np.zeros(size + 1), covariance)


def drift_ability(ability: Ability, *, deviation: float = DRIFT_SD) -> Ability:
    """Loosen the abilities, not the criterion, for what may have changed since the last session.

    Args:
        ability: what was known.
        deviation: standard deviation q of the change of each ability; 0 changes nothing.

    Raises:
        ValueError: if the deviation is negative.
    """
    if deviation < 0:
        raise ValueError("the drift must not be negative")
    step = np.zeros(len(ability.mean))
    step[:-1] = deviation**2
    return Ability(ability.competencies, ability.mean, ability.covariance + np.diag(step))


def load_item(ability: Ability, competency: str, sign: int) -> FloatArray:
    """Build an item's loading A, (K + 1,): 1 on its competency, the sign on the criterion.

    Raises:
        ValueError: if the competency is unknown or the sign is not -1, 0 or 1.
    """
    if sign not in (-1, 0, 1):
        raise ValueError("the sign of the criterion must be -1, 0 or 1")
    loading = np.zeros(len(ability.mean))
    loading[ability.position(competency)] = 1.0
    loading[-1] = sign
    return loading


def predict_correct(
    ability: Ability, difficulty: Difficulty, *, competency: str, sign: int
) -> float:
    """Predict the probability of a right answer, over what is uncertain of reader and item."""
    loading = load_item(ability, competency, sign)
    spread = _measure_spread(ability, loading, difficulty)
    return float(ndtr((loading @ ability.mean - difficulty.mean) / spread))


def update_ability(
    ability: Ability, difficulty: Difficulty, *, competency: str, sign: int, correct: bool
) -> tuple[Ability, Difficulty]:
    """Learn from one answer about the reader and about the item.

    Assumed-density step: the mean and covariance of the reader, and the mean and variance of the
    item, are those of the exact posterior of this answer; their mutual covariance is dropped.
    Against importance sampling: one answer within .004 (its sampling error), a run of 12 within
    .05 in means and covariances.

    Args:
        ability: what was known of the reader.
        difficulty: what was known of the item.
        competency: which ability the item asks for.
        sign: how the criterion enters, -1, 0 or 1.
        correct: whether the answer was right.

    Returns:
        What is known now of the reader and of the item.

    Raises:
        ValueError: if the competency or the sign is not one of the model's.

    Source: design/learning.md; the moments are those of a probit factor, as in Rasmussen and
    Williams, Gaussian Processes for Machine Learning (2006), section 3.6.
    """
    loading = load_item(ability, competency, sign)
    answer = 1.0 if correct else -1.0
    gain = ability.covariance @ loading
    spread = _measure_spread(ability, loading, difficulty)
    t = float(answer * (loading @ ability.mean - difficulty.mean) / spread)
    # phi(t) / Phi(t) in logarithms: Phi alone underflows for very surprising answers.
    slope = float(np.exp(-0.5 * t * t - 0.5 * np.log(2 * np.pi) - log_ndtr(t)))
    curvature = slope * (slope + t)
    mean = ability.mean + answer * gain * slope / spread
    covariance = ability.covariance - np.outer(gain, gain) * curvature / spread**2
    variance = difficulty.variance
    return (
        Ability(ability.competencies, mean, covariance),
        Difficulty(
            difficulty.mean - answer * variance * slope / spread,
            variance * (1 - variance * curvature / spread**2),
        ),
    )


def estimate_competency(ability: Ability, competency: str) -> Estimate:
    """Estimate one ability with its 95 % interval."""
    return _estimate(ability, ability.position(competency))


def estimate_criterion(ability: Ability) -> Estimate:
    """Estimate the criterion with its 95 % interval; above 0 the reader marks freely."""
    return _estimate(ability, len(ability.mean) - 1)


def compute_mastery_probability(ability: Ability, competency: str, *, target: float) -> float:
    """Compute the probability that an ability exceeds its target."""
    position = ability.position(competency)
    return float(ndtr((ability.mean[position] - target) / ability.deviation(position)))


def has_mastered(ability: Ability, competency: str, *, target: float, n: int) -> bool:
    """Say whether a competency is mastered: surely above target, often enough, unbiased.

    Args:
        ability: what is known of the reader.
        competency: which ability.
        target: tau, the ability that is asked for.
        n: number of items of the competency that the reader has answered.

    The criterion must be more likely than not near neutral, or a reader who marks everything
    masters the lesion competencies (simulated: 62 % of runs without this, none with it).
    """
    centre, deviation = ability.mean[-1], ability.deviation(len(ability.mean) - 1)
    low, high = ndtr((np.array([-1, 1]) * NEUTRAL_CRITERION - centre) / deviation)
    return (
        n >= MASTERY_ITEMS
        and compute_mastery_probability(ability, competency, target=target) >= MASTERY_PROBABILITY
        and float(high - low) >= NEUTRAL_PROBABILITY
    )


def _estimate(ability: Ability, position: int) -> Estimate:
    mean = float(ability.mean[position])
    half = float(ndtri(0.975)) * ability.deviation(position)
    return Estimate(mean, mean - half, mean + half)


def _measure_spread(ability: Ability, loading: FloatArray, difficulty: Difficulty) -> float:
    return float(np.sqrt(1 + loading @ ability.covariance @ loading + difficulty.variance))
