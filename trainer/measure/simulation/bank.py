"""A bank of cases that all readers share: what one answers teaches of the case for the next."""

from collections.abc import Iterator

import numpy as np

from trainer.measure.probit import predict
from trainer.measure.selection import find_nearest, limit_exposure
from trainer.measure.simulation.policies import Knowledge, Policy, draw_aims
from trainer.measure.simulation.stock import draw_features
from trainer.measure.simulation.world import (
    LESIONS,
    BoolArray,
    Cases,
    FloatArray,
    IntArray,
    Item,
    World,
    find_centres,
    list_items,
    load_items,
)


class Bank:
    """No case comes twice to a reader, nor to more readers than the exposure limit allows.

    Attributes:
        seen: (R, B) who was given what.
        beyond_limit: how often a case beyond the limit was given because nothing else was left.
    """

    def __init__(self, world: World, size: int, readers: int, rng: np.random.Generator):
        self.world, self.size = world, size
        normal = rng.random(size) < 0.5
        self.kind = np.where(normal, -1, rng.integers(len(LESIONS), size=size)).astype(np.intp)
        self.features = draw_features((3, size), rng)
        self.seen = np.zeros((readers, size), dtype=bool)
        self.beyond_limit = 0
        self.mean: dict[str, FloatArray] = {}
        self.variance: dict[str, FloatArray] = {}
        self.true: dict[str, FloatArray] = {}
        for item in list_items(world, self._take(np.arange(size))):
            residual = world.truth.residual_sd * rng.normal(size=size)
            centre = find_centres(world, world.truth, item.competency, item.x)
            self.true[item.name] = centre + residual
            self.mean[item.name] = find_centres(world, world.belief, item.competency, item.x)
            self.variance[item.name] = np.full(size, world.belief.residual_sd**2)

    def _take(self, place: IntArray) -> Cases:
        lesion, tissue, density = self.features[:, place]
        return Cases(self.kind[place], lesion, tissue, density, place)

    def choose(
        self, known: Knowledge, policy: Policy, rng: np.random.Generator
    ) -> tuple[Cases, IntArray, FloatArray]:
        """Choose a case for each reader; returns as `FreshStock.choose`."""
        kind, aim = draw_aims(self.world, known, policy, rng)
        predicted = self._predict(known, aim)
        fits = np.where(
            (kind < 0)[:, None],
            self.kind < 0,
            np.where((aim < len(LESIONS))[:, None], self.kind == aim[:, None], self.kind >= 0),
        )
        place = np.full(len(aim), -1)
        wanted = 0.5 if policy.p is None else policy.p
        for within_limit in (True, False):
            while (open_rows := np.flatnonzero(place < 0)).size:
                left = fits & ~self.seen
                if within_limit:
                    left &= self.seen.sum(axis=0) < limit_exposure(len(aim))
                rows = open_rows[left[open_rows].any(axis=1)]
                if not rows.size:
                    break
                offers = np.where(left[rows], predicted[rows], np.nan)
                self._give(place, rows, find_nearest(offers, wanted, rng), within_limit)
        if (place < 0).any():
            raise ValueError("the bank is too small: a reader has met every case of a kind")
        return self._take(place), aim, predicted[np.arange(len(aim)), place]

    def _give(self, place: IntArray, rows: IntArray, taken: IntArray, within_limit: bool) -> None:
        """Give the cases, but one that several readers want only to as many as may have it."""
        met, limit = self.seen.sum(axis=0), limit_exposure(len(place))
        for row, case in zip(rows, taken, strict=True):
            if within_limit and met[case] >= limit:
                continue
            place[row] = case
            self.seen[row, case] = True
            met[case] += 1
            self.beyond_limit += not within_limit

    def _predict(self, known: Knowledge, aim: IntArray) -> FloatArray:
        """Chance, (R, B), of a right answer to what each case would be chosen for."""
        names = [self._name(competency) for competency in self.world.competencies]
        centres = np.stack([self.mean[name] for name in names])[aim]
        variances = np.stack([self.variance[name] for name in names])[aim]
        loading = load_items(self.world, aim)
        return predict(
            known.mean[:, None], known.covariance[:, None], loading[:, None], centres, variances
        )

    def _name(self, competency: str) -> str:
        named = {"characterisation": "characterised", "normal_rejection": "not_recalled"}
        return named.get(competency, "found" if competency in LESIONS else competency)

    def find_difficulties(self, item: Item, cases: Cases, rng: np.random.Generator) -> FloatArray:
        """True difficulties, (R,)."""
        return self.true[item.name][cases.place]

    def take_turns(self, cases: Cases) -> Iterator[IntArray]:
        """Rows of readers who may answer at the same time: no two the same case."""
        order = np.argsort(cases.place, kind="stable")
        sorted_places = cases.place[order]
        first: BoolArray = np.append(True, sorted_places[1:] != sorted_places[:-1])
        turn = np.arange(len(order)) - np.maximum.accumulate(
            np.where(first, np.arange(len(order)), 0)
        )
        for number in range(int(turn.max()) + 1):
            yield order[turn == number]

    def believe(self, item: Item, cases: Cases, rows: IntArray) -> tuple[FloatArray, FloatArray]:
        """Mean and variance of the difficulty as known, for these readers."""
        places = cases.place[rows]
        return self.mean[item.name][places], self.variance[item.name][places]

    def remember(
        self, item: Item, cases: Cases, rows: IntArray, mean: FloatArray, variance: FloatArray
    ) -> None:
        """Keep what these readers' answers taught of the item."""
        places = cases.place[rows]
        self.mean[item.name][places] = mean
        self.variance[item.name][places] = variance

    @property
    def exposure(self) -> float:
        """The largest share of the readers that met one case."""
        return float(self.seen.mean(axis=0).max())
