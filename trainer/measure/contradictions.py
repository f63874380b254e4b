"""Cases whose answers contradict the truth that they are judged by."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import expit, log_ndtr, logsumexp, ndtr

from trainer.measure.answered import (
    AnswerTable,
    BoolArray,
    DifficultyModel,
    ItemTable,
    find_centres,
    load_items,
)
from trainer.measure.probit import FloatArray, measure_spread
from trainer.measure.replay import estimate_abilities

# How often a case's truth is taken to be wrong before anybody has read it, how surely it must
# look so to be flagged, and after how many answers.
_WRONG_RATE: Final = 0.01
FLAGGED: Final = 0.8
LEAST_ANSWERS: Final = 5
_NODES: Final = 31


@dataclass(frozen=True)
class Contradiction:
    """An item whose answers fit better if its truth were the opposite.

    Attributes:
        item: place in the table.
        answers: number of answers.
        right: number of right ones.
        expected: number that the model expects to be right.
        probability: that the truth is wrong, of 1 % beforehand.
    """

    item: int
    answers: int
    right: int
    expected: float
    probability: float


def find_contradictions(
    answers: AnswerTable, items: ItemTable, model: DifficultyModel
) -> tuple[Contradiction, ...]:
    """Find items whose answers contradict the truth that they are judged by.

    Compares how likely the answers are as they are judged with how likely they were if right and
    wrong were exchanged, over the difficulty that the model expects and what is uncertain of each
    reader. A hard item is answered wrongly by most and least so by the best; a wrong truth most
    so by the best.

    Returns:
        The items with at least five answers and a probability of at least .8, the surest first.

    Raises:
        ValueError: if an answer names an item that is not in the table.
    """
    abilities = estimate_abilities(answers, items, model)
    rows = np.searchsorted(abilities.readers, answers.reader)
    loading, centre = load_items(items), find_centres(model, items)
    order = np.argsort(answers.item, kind="stable")
    ends = np.cumsum(np.bincount(answers.item, minlength=len(centre)))
    found = []
    for item, here in enumerate(np.split(order, ends[:-1])):
        if len(here) < LEAST_ANSWERS:
            continue
        level = abilities.mean[rows[here]] @ loading[item] - centre[item]
        spread = measure_spread(abilities.covariance[rows[here]], loading[item], 0.0)
        right = answers.correct[here]
        probability, expected = _doubt(level, spread, model.residual_sd, right)
        if probability >= FLAGGED:
            found.append(Contradiction(item, len(here), int(right.sum()), expected, probability))
    return tuple(sorted(found, key=lambda one: -one.probability))


def _doubt(
    level: FloatArray, spread: FloatArray, residual_sd: float, right: BoolArray
) -> tuple[float, float]:
    """Probability that the truth is wrong, and the number of answers expected to be right."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(_NODES)
    log_weights = np.log(weights / weights.sum())
    z = (level - residual_sd * nodes[:, None]) / spread
    answer = np.where(right, 1.0, -1.0)
    as_judged = logsumexp(log_weights + log_ndtr(answer * z).sum(axis=1))
    exchanged = logsumexp(log_weights + log_ndtr(-answer * z).sum(axis=1))
    odds = np.log(_WRONG_RATE / (1 - _WRONG_RATE)) + exchanged - as_judged
    return float(expit(odds)), float(np.exp(log_weights) @ ndtr(z).sum(axis=1))
