"""Simulated readers: honest ones, who answer as the model says, and some who do not."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from scipy.special import ndtr

from trainer.measure.ability import start_ability
from trainer.measure.simulation.world import LESIONS, FloatArray, IntArray, World

HONEST: Final = "honest"
ABLE: Final = "honest and able"
MARKS_EVERYTHING: Final = "marks everything"
MARKS_NOTHING: Final = "marks nothing"
RANDOM: Final = "answers at random"

# How far who is able lies above the average, in standard deviations of all readers.
_ABLE_BY: Final = 2.0
# One of four densities; a description by guessing is rarely right.
_GUESSED: Final = 0.25


@dataclass(frozen=True)
class Readers:
    """Readers with true abilities, (R, K + 1), and how they answer."""

    theta: FloatArray
    behaviour: str = HONEST

    def improve(self, rng: np.random.Generator, *, mean: float, deviation: float) -> "Readers":
        """Give what they can do a session later: abilities change, the criterion does not."""
        step = rng.normal(mean, deviation, size=self.theta.shape)
        step[:, -1] = 0
        return replace(self, theta=self.theta + step)

    def answer(
        self,
        world: World,
        competency: IntArray,
        loading: FloatArray,
        difficulty: FloatArray,
        rng: np.random.Generator,
    ) -> FloatArray:
        """Answer one item each: (R,) 1 right, -1 wrong.

        Args:
            world: names the competencies.
            competency: (R,) what is asked.
            loading: (R, K + 1).
            difficulty: (R,) true difficulties.
            rng: draws the answers.
        """
        if self.behaviour in (HONEST, ABLE):
            chance = ndtr(np.einsum("ri,ri->r", loading, self.theta) - difficulty)
        else:
            chance = _list_chances(world, self.behaviour)[competency]
        return np.where(rng.random(len(chance)) < chance, 1.0, -1.0)


def draw_readers(
    world: World, count: int, rng: np.random.Generator, *, behaviour: str = HONEST
) -> Readers:
    """Draw readers from the prior."""
    start = start_ability(world.competencies)
    theta = rng.multivariate_normal(start.mean, start.covariance, size=count, method="cholesky")
    if behaviour == ABLE:
        theta[:, :-1] += _ABLE_BY
    return Readers(theta, behaviour)


def _list_chances(world: World, behaviour: str) -> FloatArray:
    """Chance of a right answer by competency, (K,), of who does not look."""
    found, left_alone = {
        MARKS_EVERYTHING: (1.0, 0.0),
        MARKS_NOTHING: (0.0, 1.0),
        RANDOM: (0.5, 0.5),
    }[behaviour]
    chances = dict.fromkeys(LESIONS, found) | {"normal_rejection": left_alone}
    return np.array([chances.get(name, _GUESSED) for name in world.competencies])
