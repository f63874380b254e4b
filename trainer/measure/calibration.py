"""What all answers together say of the difficulty model.

The model is fitted to predict every answer of every reader from that reader's answers before, by
the same update that estimates abilities: empirical Bayes. An answer alone cannot tell a hard
item from a weak reader; that abilities are spread as the prior says can.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from trainer.measure.answered import (
    COLD_START,
    AnswerTable,
    BoolArray,
    DifficultyModel,
    ItemTable,
    check_items,
    find_centres,
    load_items,
)
from trainer.measure.probit import FloatArray, learn
from trainer.measure.replay import Replay

IntArray = NDArray[np.intp]

# How far the fit may lie from where it started, one standard deviation: what few answers leave
# open stays at the start.
_LEVEL_SD: Final = 0.5
_LOG_GAMMA_SD: Final = 0.5
_PHI_SD: Final = 0.3
_LOG_RESIDUAL_SD: Final = 0.5
# The fit needs no more readers than these to be sharper than its use; more only take time.
MOST_READERS: Final = 600


@dataclass(frozen=True)
class Calibration:
    """The fitted model, what is known of each item, and what it rests on.

    Attributes:
        model: fitted.
        item_mean: (I,) observed difficulties.
        item_variance: (I,) of them.
        item_answers: (I,) number of answers.
        answers: number of answers.
        readers: number of readers.
        gain: how much better each answer is predicted than from `prior`, in nats an answer.
    """

    model: DifficultyModel
    item_mean: FloatArray
    item_variance: FloatArray
    item_answers: IntArray
    answers: int
    readers: int
    gain: float


def calibrate(
    answers: AnswerTable, items: ItemTable, prior: DifficultyModel = COLD_START, *, seed: int = 0
) -> Calibration:
    """Refit gamma, phi, sigma_res and the levels c, and observe difficulties.

    Args:
        answers: all that counts.
        items: what was answered.
        prior: where the fit starts and what it is drawn to where answers are few.
        seed: draws the readers that are fitted to, where there are more than `MOST_READERS`.

    Returns:
        The fit. Without answers it is the prior.

    Raises:
        ValueError: if an answer names an item that is not in the table.
    """
    check_items(answers, items)
    if len(answers.reader) == 0:
        return _observe(answers, items, prior, gain=0.0)
    readers = np.unique(answers.reader)
    chosen = np.random.default_rng(seed).permutation(readers)[:MOST_READERS]
    fitted_to = _take(answers, np.isin(answers.reader, chosen))
    names = _Names(prior, items)
    replay = Replay(fitted_to, items)

    def cost(values: FloatArray) -> float:
        model = names.unpack(values)
        return 0.5 * float(values @ values) - replay.run(model).log_chance

    found = minimize(cost, np.zeros(names.size), method="L-BFGS-B", options={"maxiter": 25})
    gain = (cost(np.zeros(names.size)) - float(found.fun)) / len(fitted_to.reader)
    return _observe(answers, items, names.unpack(found.x), gain=gain)


def _take(answers: AnswerTable, rows: BoolArray) -> AnswerTable:
    return AnswerTable(
        answers.reader[rows], answers.item[rows], answers.correct[rows], answers.session[rows]
    )


class _Names:
    """The model as a vector of deviations from the prior, each in its standard deviations."""

    def __init__(self, prior: DifficultyModel, items: ItemTable):
        self.prior = prior
        self.competencies = sorted(set(items.competency))
        self.features = sorted(set(items.features) | set(prior.phi))
        self.size = 2 * len(self.competencies) + len(self.features) + 1

    def unpack(self, values: FloatArray) -> DifficultyModel:
        count, prior = len(self.competencies), self.prior
        levels, gammas = values[:count], values[count : 2 * count]
        phis = values[2 * count : -1]
        named = zip(self.competencies, levels, gammas, strict=True)
        level, gamma = dict(prior.level), dict(prior.gamma)
        for name, up, steeper in named:
            level[name] = prior.level[name] + _LEVEL_SD * float(up)
            gamma[name] = prior.gamma[name] * float(np.exp(_LOG_GAMMA_SD * steeper))
        phi = {
            name: prior.phi.get(name, 0.0) + _PHI_SD * float(value)
            for name, value in zip(self.features, phis, strict=True)
        }
        wider = float(np.exp(_LOG_RESIDUAL_SD * values[-1]))
        return DifficultyModel(level, gamma, phi, prior.residual_sd * wider)


def _observe(
    answers: AnswerTable, items: ItemTable, model: DifficultyModel, *, gain: float
) -> Calibration:
    """Observe each item's difficulty from its answers, given what is known of who answered."""
    mean = find_centres(model, items)
    variance = np.full(len(mean), model.residual_sd**2)
    abilities = Replay(answers, items).run(model)
    rows = np.searchsorted(abilities.readers, answers.reader)
    loading = load_items(items)
    for row, item, correct in zip(rows, answers.item, answers.correct, strict=True):
        _, _, mean[item], variance[item] = learn(
            abilities.mean[row],
            abilities.covariance[row],
            loading[item],
            mean[item],
            variance[item],
            1 if correct else -1,
        )
    return Calibration(
        model=model,
        item_mean=mean,
        item_variance=variance,
        item_answers=np.bincount(answers.item, minlength=len(mean)),
        answers=len(answers.reader),
        readers=len(abilities.readers),
        gain=gain,
    )
