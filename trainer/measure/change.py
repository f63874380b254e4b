"""What abilities rose by between two forms: one model of both, on the forms' own difficulties."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from trainer.measure.ability import CRITERION_SD, Difficulty, Estimate, start_ability
from trainer.measure.competencies import COMPETENCIES
from trainer.measure.probit import learn

FloatArray = NDArray[np.float64]

# What abilities may have changed by in between; correlated, as abilities are.
CHANGE_SD: Final = 0.5


@dataclass(frozen=True)
class AnsweredItem:
    """One item of a form: what it asked for, how hard it is, and whether the answer was right."""

    competency: str
    sign: int
    difficulty: Difficulty
    correct: bool


@dataclass(frozen=True)
class FormAbilities:
    """What two forms tell of a reader together.

    The vector is: abilities at the first form (K), their change (K), criterion at the first form,
    criterion at the second.
    """

    mean: FloatArray
    covariance: FloatArray

    def estimate_level(self, weights: Mapping[str, float], *, after: bool) -> Estimate:
        """Estimate a weighted mean of abilities at one of the forms."""
        places = _weigh(weights)
        return self._estimate(np.concatenate([places, places * after]))

    def estimate_change(self, weights: Mapping[str, float]) -> Estimate:
        """Estimate what a weighted mean of abilities rose by."""
        return self._estimate(np.concatenate([np.zeros(len(COMPETENCIES)), _weigh(weights)]))

    def _estimate(self, abilities: FloatArray) -> Estimate:
        loading = np.concatenate([abilities, [0.0, 0.0]])
        mean = float(loading @ self.mean)
        half = float(ndtri(0.975)) * float(np.sqrt(loading @ self.covariance @ loading))
        return Estimate(mean, mean - half, mean + half)


def estimate_forms(
    before: Sequence[AnsweredItem], after: Sequence[AnsweredItem] = ()
) -> FormAbilities:
    """Estimate abilities from the answers to one form, or to two.

    Each form's answers alone would be drawn towards the average reader, and their difference
    towards 0 twice over. So both are one model: abilities at the first form are those of any
    reader, what they rose by is N(0, CHANGE_SD^2) and correlated alike, the criterion may differ
    freely between the two. Items have the difficulties they start from, with what is uncertain
    of each; nothing is learnt of them.

    Args:
        before: answers to the form that was read first.
        after: answers to the other form; none where it was not read.

    Returns:
        The posterior, by one assumed-density step an answer, as abilities are learnt elsewhere.
    """
    size = len(COMPETENCIES)
    start = start_ability().covariance[:size, :size]
    covariance = np.zeros((2 * size + 2, 2 * size + 2))
    covariance[:size, :size] = start
    covariance[size : 2 * size, size : 2 * size] = CHANGE_SD**2 * start
    covariance[-2, -2] = covariance[-1, -1] = CRITERION_SD**2
    mean = np.zeros(2 * size + 2)
    for place, answers in enumerate((before, after)):
        for item in answers:
            loading = np.zeros(2 * size + 2)
            loading[COMPETENCIES.index(item.competency)] = 1.0
            loading[size + COMPETENCIES.index(item.competency)] = place
            loading[2 * size + place] = item.sign
            mean, covariance, _, _ = learn(
                mean,
                covariance,
                loading,
                item.difficulty.mean,
                item.difficulty.variance,
                1 if item.correct else -1,
            )
    return FormAbilities(mean, covariance)


def _weigh(weights: Mapping[str, float]) -> FloatArray:
    total = sum(weights.values())
    return np.array([weights.get(name, 0.0) / total for name in COMPETENCIES])
