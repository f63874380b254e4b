"""Estimates every reader anew from all answers, many readers at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr

from trainer.measure.ability import spread_drift, start_ability
from trainer.measure.answered import (
    AnswerTable,
    DifficultyModel,
    ItemTable,
    check_items,
    find_centres,
    load_items,
)
from trainer.measure.probit import FloatArray, learn, measure_spread


@dataclass(frozen=True)
class Abilities:
    """What the answers say of readers, and how well each answer was foretold.

    Attributes:
        readers: (R,) names.
        mean: (R, K + 1), with `covariance` (R, K + 1, K + 1).
        covariance: see there.
        log_chance: summed logarithm of the predicted chance of every answer.
    """

    readers: NDArray[np.int_]
    mean: FloatArray
    covariance: FloatArray
    log_chance: float


def estimate_abilities(answers: AnswerTable, items: ItemTable, model: DifficultyModel) -> Abilities:
    """Estimate every reader from their answers; difficulties are those of the model.

    Raises:
        ValueError: if an answer names an item that is not in the table.
    """
    check_items(answers, items)
    return Replay(answers, items).run(model)


class Replay:
    """All readers' answers in step: the n-th of everybody, then the next."""

    def __init__(self, answers: AnswerTable, items: ItemTable):
        self.readers, rows = np.unique(answers.reader, return_inverse=True)
        order = np.argsort(rows, kind="stable")
        self.counts = np.bincount(rows, minlength=len(self.readers))
        columns = np.arange(len(rows)) - np.repeat(
            np.cumsum(self.counts) - self.counts, self.counts
        )
        shape = (int(self.counts.max(initial=0)), len(self.readers))
        self.item = np.zeros(shape, dtype=np.intp)
        self.answer = np.zeros(shape)
        session = np.zeros(shape, dtype=answers.session.dtype)
        place = (columns, rows[order])
        self.item[place] = answers.item[order]
        self.answer[place] = np.where(answers.correct[order], 1.0, -1.0)
        session[place] = answers.session[order]
        self.drifts = np.zeros(shape, dtype=bool)
        self.drifts[1:] = (session[1:] != session[:-1]) & (self.answer[1:] != 0)
        self.items = items
        self.loading = load_items(items)

    def run(self, model: DifficultyModel) -> Abilities:
        start = start_ability()
        count, size = len(self.readers), len(start.mean)
        mean = np.tile(start.mean, (count, 1))
        covariance = np.tile(start.covariance, (count, 1, 1))
        centre, variance = find_centres(model, self.items), model.residual_sd**2
        loosened = spread_drift(size - 1)
        total = 0.0
        for item, answer, drifts in zip(self.item, self.answer, self.drifts, strict=True):
            if drifts.any():
                covariance = covariance + drifts[:, None, None] * loosened
            loading = self.loading[item]
            spread = measure_spread(covariance, loading, variance)
            level = np.einsum("ri,ri->r", loading, mean) - centre[item]
            total += float(log_ndtr(answer * level / spread)[answer != 0].sum())
            mean, covariance, _, _ = learn(
                mean, covariance, loading, centre[item], np.full(count, variance), answer
            )
        return Abilities(self.readers, mean, covariance, total)
