"""A stock that holds every difficulty: the offered case nearest the wanted chance is taken."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from trainer.measure.probit import predict
from trainer.measure.selection import find_nearest
from trainer.measure.simulation.policies import Knowledge, Policy, draw_aims
from trainer.measure.simulation.world import (
    LARGEST_X,
    Cases,
    FloatArray,
    IntArray,
    Item,
    World,
    find_centres,
    load_items,
)

# How many ready cases of the wanted kind are looked at, as many as the product looks up.
_OFFERED: Final = 32


def draw_features(shape: int | tuple[int, ...], rng: np.random.Generator) -> FloatArray:
    """Draw features as cases have them when none is asked for."""
    return np.clip(rng.normal(size=shape), -LARGEST_X, LARGEST_X)


class FreshStock:
    """Every reader finds new cases of every difficulty; no two readers meet the same case."""

    def __init__(self, world: World):
        self.world = world

    def choose(
        self, known: Knowledge, policy: Policy, rng: np.random.Generator
    ) -> tuple[Cases, IntArray, FloatArray]:
        """Choose a case for each reader.

        Returns:
            The cases; (R,) the competency that each was chosen for; (R,) the predicted chance of
            a right answer to that.
        """
        world, readers = self.world, len(known.mean)
        kind, aim = draw_aims(world, known, policy, rng)
        offered = self._offer(readers, policy, rng)
        predicted = predict(
            known.mean[:, None],
            known.covariance[:, None],
            load_items(world, aim)[:, None],
            find_centres(world, world.belief, aim, offered),
            world.belief.residual_sd**2,
        )
        taken = find_nearest(predicted, 0.5 if policy.p is None else policy.p, rng)
        every = np.arange(readers)
        others, x = draw_features((3, readers), rng), offered[every, taken]
        for_tissue = aim == world.normal
        for_density = (
            aim == world.competencies.index("density") if "density" in world.competencies else False
        )
        cases = Cases(
            kind=kind,
            lesion=np.where(for_tissue | for_density, others[0], x),
            tissue=np.where(for_tissue, x, others[1]),
            density=np.where(for_density, x, others[2]),
            place=every,
        )
        return cases, aim, predicted[every, taken]

    def _offer(self, readers: int, policy: Policy, rng: np.random.Generator) -> FloatArray:
        if policy.p is None:
            return draw_features((readers, 1), rng)
        step = np.linspace(-LARGEST_X, LARGEST_X, _OFFERED)
        return step + rng.uniform(-0.5, 0.5, size=(readers, _OFFERED)) * (step[1] - step[0])

    def find_difficulties(self, item: Item, cases: Cases, rng: np.random.Generator) -> FloatArray:
        """True difficulties, (R,)."""
        centres = find_centres(self.world, self.world.truth, item.competency, item.x)
        return centres + self.world.truth.residual_sd * rng.normal(size=len(centres))

    def take_turns(self, cases: Cases) -> Iterator[IntArray]:
        """Rows of readers who may answer at the same time: no two the same item."""
        yield np.arange(len(cases.place))

    def believe(self, item: Item, cases: Cases, rows: IntArray) -> tuple[FloatArray, FloatArray]:
        """Mean and variance of the difficulty as known, for these readers."""
        centres = find_centres(self.world, self.world.belief, item.competency[rows], item.x[rows])
        return centres, np.full(len(rows), self.world.belief.residual_sd**2)

    def remember(
        self, item: Item, cases: Cases, rows: IntArray, mean: FloatArray, variance: FloatArray
    ) -> None:
        """What is learnt of an item that nobody else will meet is of no use."""
