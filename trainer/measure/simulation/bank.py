"""A bank of cases that all readers share: what one answers teaches of the case for the next."""

from collections.abc import Iterator

import numpy as np

from trainer.measure.probit import predict
from trainer.measure.selection import find_nearest, limit_exposure, list_slots, owes_normal
from trainer.measure.simulation.policies import (
    Knowledge,
    Policy,
    draw_competencies,
    draw_normals,
    list_open,
)
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
    name_item,
)


class Bank:
    """No case comes twice to a reader, nor to more readers than the exposure limit allows.

    Attributes:
        seen: (R, B) who was given what.
        met: (B,) how many were given each.
        limit: how many may be.
        beyond_limit: how often a case beyond the limit was given because nothing else was left.
    """

    def __init__(self, world: World, size: int, readers: int, rng: np.random.Generator):
        self.world, self.size = world, size
        normal = rng.random(size) < 0.5
        self.kind = np.where(normal, -1, rng.integers(len(LESIONS), size=size)).astype(np.intp)
        self.features = draw_features((3, size), rng)
        self.seen = np.zeros((readers, size), dtype=bool)
        self.met = np.zeros(size, dtype=np.intp)
        self.limit = limit_exposure(readers)
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
        """Choose a case for each reader by the product's selection; returns as `FreshStock.choose`.

        A competency is drawn anew where the bank has no case for it, then the next slot looked at.
        """
        normal = draw_normals(self.world, known, rng)
        owed = owes_normal(known.cases, known.normals)
        place, aim = np.full(len(normal), -1), np.zeros(len(normal), dtype=np.intp)
        predicted = np.zeros(len(normal))
        for slot in range(4):
            slots = [
                list_slots(normal=bool(n), owed=bool(o))[slot]
                for n, o in zip(normal, owed, strict=True)
            ]
            positive, within = (np.array(column) for column in zip(*slots, strict=True))
            asked = list_open(self.world, ~positive)
            while (rows := np.flatnonzero((place < 0) & asked.any(axis=1))).size:
                of = Knowledge(
                    known.mean[rows], known.covariance[rows], known.cases, known.normals[rows]
                )
                aim[rows] = draw_competencies(self.world, of, asked[rows], rng)
                offers = self._offer(of, aim[rows], positive[rows], within[rows], rows)
                none = np.isnan(offers).all(axis=1)
                asked[rows[none], aim[rows[none]]] = 0
                rows, offers = rows[~none], offers[~none]
                taken = find_nearest(offers, policy.p or 0.5, rng)
                for row, case, chances in zip(rows, taken, offers, strict=True):
                    if self._give(int(row), int(case), within=bool(within[row])):
                        place[row], predicted[row] = case, chances[case]
        if (place < 0).any():
            raise ValueError("the bank is too small: a reader has met every case")
        return self._take(place), aim, predicted

    def _offer(
        self,
        known: Knowledge,
        aim: IntArray,
        positive: BoolArray,
        within: BoolArray,
        rows: IntArray,
    ) -> FloatArray:
        """Chances, (R, B), of a right answer to what each case would be chosen for; nan is none."""
        fits = np.where(
            (aim < len(LESIONS))[:, None],
            self.kind == aim[:, None],
            (self.kind >= 0) == positive[:, None],
        )
        left = fits & ~self.seen[rows] & (~within[:, None] | (self.met < self.limit))
        return np.where(left, self._predict(known, aim), np.nan)

    def _give(self, row: int, case: int, *, within: bool) -> bool:
        """Give a case, unless so many took it in the same turn that the limit is reached."""
        if within and self.met[case] >= self.limit:
            return False
        self.seen[row, case] = True
        self.met[case] += 1
        self.beyond_limit += not within
        return True

    def _predict(self, known: Knowledge, aim: IntArray) -> FloatArray:
        names = [name_item(competency) for competency in self.world.competencies]
        centres = np.stack([self.mean[name] for name in names])[aim]
        variances = np.stack([self.variance[name] for name in names])[aim]
        loading = load_items(self.world, aim)
        return predict(
            known.mean[:, None], known.covariance[:, None], loading[:, None], centres, variances
        )

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
