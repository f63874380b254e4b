"""What is known of a reader's abilities: a Gaussian over competencies and the criterion.

P(right) = Phi(theta_k - b + s lambda): theta_k the ability of competency k, b the item's
difficulty, lambda the reader's criterion (how freely they mark), s +1 on lesion items, -1 on
items of normal tissue and 0 elsewhere. So "mark everything" earns nothing.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri

from trainer.measure.competencies import COMPETENCIES
from trainer.measure.probit import learn, predict

FloatArray = NDArray[np.float64]

# Stored beside every estimate; raise it whenever the same answers would estimate otherwise.
# 2: what may have changed between sessions is correlated, as abilities are, and larger.
MODEL_VERSION: Final = 2

CORRELATION: Final = 0.5
CRITERION_SD: Final = 0.4
# How far an ability may wander between two sessions. With .05 and no correlation, readers who
# improve in everything outran their intervals (docs/decisions/simulation.md).
DRIFT_SD: Final = 0.07


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
class MasteryRule:
    """When a competency counts as mastered.

    Attributes:
        probability: how surely the ability exceeds its target, P(theta_k > tau_k).
        items: fewest answered items of the competency.
        neutral: the criterion is neutral within this distance of 0.
        neutral_probability: how likely it must still be neutral, so that it takes evidence of the
            contrary to hold a reader back; 0 asks nothing of the criterion.
    """

    probability: float = 0.95
    items: int = 20
    neutral: float = 0.8
    neutral_probability: float = 0.1

    def __post_init__(self) -> None:
        if not (0.5 <= self.probability < 1 and 0 <= self.neutral_probability < 1):
            raise ValueError("mastery asks for a probability of .5 or more and below 1")
        if self.items < 1 or not self.neutral > 0:
            raise ValueError("mastery asks for at least one item and a neutral range above 0")


DEFAULT_RULE: Final = MasteryRule()


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
    covariance[:size, :size] = _correlate(size)
    covariance[size, size] = CRITERION_SD**2
    return Ability(competencies, np.zeros(size + 1), covariance)


def drift_ability(ability: Ability, *, deviation: float = DRIFT_SD) -> Ability:
    """Loosen the abilities, not the criterion, for what may have changed since the last session.

    Args:
        ability: what was known.
        deviation: standard deviation q of the change of each ability; 0 changes nothing. Who
            improves in one improves in others: changes are correlated as abilities are.

    Raises:
        ValueError: if the deviation is negative.
    """
    if deviation < 0:
        raise ValueError("the drift must not be negative")
    step = spread_drift(len(ability.competencies), deviation=deviation)
    return Ability(ability.competencies, ability.mean, ability.covariance + step)


def spread_drift(size: int, *, deviation: float = DRIFT_SD) -> FloatArray:
    """Covariance of what may change between sessions, (K + 1, K + 1), for K competencies."""
    step = np.zeros((size + 1, size + 1))
    step[:-1, :-1] = deviation**2 * _correlate(size)
    return step


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
    chance = predict(
        ability.mean, ability.covariance, loading, difficulty.mean, difficulty.variance
    )
    return float(chance)


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
    """
    loading = load_item(ability, competency, sign)
    mean, covariance, item_mean, item_variance = learn(
        ability.mean,
        ability.covariance,
        loading,
        difficulty.mean,
        difficulty.variance,
        1 if correct else -1,
    )
    learnt = Difficulty(float(item_mean), float(item_variance))
    return Ability(ability.competencies, mean, covariance), learnt


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


def has_mastered(
    ability: Ability, competency: str, *, target: float, n: int, rule: MasteryRule = DEFAULT_RULE
) -> bool:
    """Say whether a competency is mastered: surely above target, often enough, unbiased.

    Args:
        ability: what is known of the reader.
        competency: which ability.
        target: tau, the ability that is asked for.
        n: number of items of the competency that the reader has answered.
        rule: what an educator asks for.

    A criterion that is surely not neutral holds the reader back: who marks everything would
    otherwise master the lesion competencies (docs/decisions/simulation.md).
    """
    position = ability.position(competency)
    return bool(
        is_mastered(ability.mean, ability.covariance, [position], [target], [n], rule=rule)[0]
    )


def is_mastered(
    mean: FloatArray,
    covariance: FloatArray,
    positions: ArrayLike,
    targets: ArrayLike,
    counts: ArrayLike,
    *,
    rule: MasteryRule = DEFAULT_RULE,
) -> NDArray[np.bool_]:
    """Say which competencies are mastered, of one reader or of many.

    Args:
        mean: (..., K + 1) of the readers.
        covariance: (..., K + 1, K + 1).
        positions: (C,) places of the competencies.
        targets: (C,) tau of each.
        counts: (..., C) items answered of each.
        rule: what an educator asks for.

    Returns:
        (..., C).
    """
    places = np.asarray(positions)
    deviation = np.sqrt(np.diagonal(covariance, axis1=-2, axis2=-1))
    above = ndtr((mean[..., places] - np.asarray(targets)) / deviation[..., places])
    centre, spread = mean[..., -1], deviation[..., -1]
    neutral = ndtr((rule.neutral - centre) / spread) - ndtr((-rule.neutral - centre) / spread)
    return np.asarray(
        (above >= rule.probability)
        & (np.asarray(counts) >= rule.items)
        & (neutral >= rule.neutral_probability)[..., None]
    )


def _correlate(size: int) -> FloatArray:
    return np.asarray(CORRELATION + (1 - CORRELATION) * np.eye(size))


def _estimate(ability: Ability, position: int) -> Estimate:
    mean = float(ability.mean[position])
    half = float(ndtri(0.975)) * ability.deviation(position)
    return Estimate(mean, mean - half, mean + half)
