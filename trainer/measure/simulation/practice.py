"""Readers practise: choose, read, answer, learn, a case after another."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
from scipy.special import log_ndtr, ndtri

from trainer.measure.ability import MasteryRule, is_mastered, spread_drift, start_ability
from trainer.measure.probit import learn
from trainer.measure.simulation.bank import Bank
from trainer.measure.simulation.policies import Knowledge, Policy
from trainer.measure.simulation.readers import Readers
from trainer.measure.simulation.stock import FreshStock
from trainer.measure.simulation.world import (
    BoolArray,
    Cases,
    FloatArray,
    IntArray,
    Item,
    find_centres,
    list_items,
    load_items,
    name_item,
)

Stock = FreshStock | Bank
SESSION: Final = 10  # cases
PRECISE_SE: Final = 0.40


@dataclass(frozen=True)
class Checkpoint:
    """How near the estimates are after some cases: pooled over competencies and readers."""

    cases: int
    rmse: float
    bound: float
    coverage: float


@dataclass(frozen=True)
class Log:
    """One item's answers, (R,): place of the competency, feature, and 1, -1 or 0 for not asked."""

    competency: IntArray
    x: FloatArray
    answer: FloatArray


@dataclass(frozen=True)
class Success:
    """How often the items were right that cases were chosen for, and were predicted to be."""

    items: int
    predicted: float
    right: float


@dataclass
class Course:
    """What became of readers who practised.

    Attributes:
        checkpoints: at the asked numbers of cases.
        precise_after: (R,) cases until every SE was below .40; inf if never.
        successes: of the items that cases were chosen for, by competency.
        mastered: for each rule, (R, K) whether a competency was mastered at any time.
        log: every answer.
    """

    checkpoints: list[Checkpoint] = field(default_factory=list)
    precise_after: FloatArray = field(default_factory=lambda: np.empty(0))
    successes: dict[str, Success] = field(default_factory=dict)
    mastered: list[BoolArray] = field(default_factory=list)
    log: list[Log] = field(default_factory=list)

    def sum_up(self, competencies: Collection[str] = ()) -> Success:
        """Sum up the successes of some competencies, of all where none is named."""
        wanted = competencies or self.successes
        of = [one for name, one in self.successes.items() if name in wanted]
        items = sum(one.items for one in of)
        return Success(
            items,
            sum(one.items * one.predicted for one in of) / items,
            sum(one.items * one.right for one in of) / items,
        )


@dataclass(frozen=True)
class Plan:
    """How long, and what is looked at.

    Attributes:
        cases: how many each reader reads.
        checkpoints: after how many to measure.
        drift: q of the estimate, from session to session.
        improvement: mean and deviation of what readers gain from session to session.
        rules: mastery rules to be tried.
        keep_answers: whether the log is wanted.
    """

    cases: int
    checkpoints: tuple[int, ...] = ()
    drift: float = 0.0
    improvement: tuple[float, float] | None = None
    rules: tuple[MasteryRule, ...] = ()
    keep_answers: bool = False


class _Practice:
    """Readers between two cases."""

    def __init__(
        self, stock: Stock, readers: Readers, plan: Plan, rng: np.random.Generator
    ) -> None:
        start = start_ability(stock.world.competencies)
        count, size = readers.theta.shape
        self.stock, self.world = stock, stock.world
        self.readers, self.plan, self.rng = readers, plan, rng
        self.mean = np.tile(start.mean, (count, 1))
        self.covariance = np.tile(start.covariance, (count, 1, 1))
        self.information = np.tile(np.linalg.inv(start.covariance), (count, 1, 1))
        self.normals = np.zeros(count, dtype=np.intp)
        self.counts = np.zeros((count, size - 1))
        # By competency: items that cases were chosen for, summed chances, right answers.
        self.successes = np.zeros((size - 1, 3))
        self.course = Course(precise_after=np.full(count, np.inf))
        self.course.mastered = [np.zeros((count, size - 1), dtype=bool) for _ in plan.rules]

    def begin_session(self) -> None:
        """Time has passed: the estimates loosen, the readers change."""
        size = len(self.world.competencies)
        self.covariance = self.covariance + spread_drift(size, deviation=self.plan.drift)
        if self.plan.improvement is not None:
            gain, deviation = self.plan.improvement
            self.readers = self.readers.improve(self.rng, mean=gain, deviation=deviation)

    def read_case(self, policy: Policy, number: int) -> None:
        """Every reader reads one more case."""
        known = Knowledge(self.mean, self.covariance, number, self.normals)
        cases, aim, predicted = self.stock.choose(known, policy, self.rng)
        self.normals = self.normals + (cases.kind < 0)
        hit = np.zeros(len(aim), dtype=bool)
        names = np.array([name_item(competency) for competency in self.world.competencies])
        for item in list_items(self.world, cases):
            if item.name == "characterised":
                item = replace(item, asked=hit)
            answer = self.put(item, cases)
            if item.name == "found":
                hit = answer > 0
            meant = item.asked & (names[aim] == item.name)
            told = np.stack([meant, predicted * meant, (answer > 0) & meant], axis=-1)
            np.add.at(self.successes, aim, told)

    def put(self, item: Item, cases: Cases) -> FloatArray:
        """Put one item to those who are asked; (R,) answers, 0 of the others."""
        world, loading = self.world, load_items(self.world, item.competency)
        difficulty = self.stock.find_difficulties(item, cases, self.rng)
        given = self.readers.answer(world, item.competency, loading, difficulty, self.rng)
        answer = np.where(item.asked, given, 0.0)
        if self.plan.checkpoints:  # the bound is for those alone
            self._inform(item, loading)
        self.counts[np.arange(len(answer)), item.competency] += item.asked
        for turn in self.stock.take_turns(cases):
            rows = turn[item.asked[turn]]
            believed, variance = self.stock.believe(item, cases, rows)
            self.mean[rows], self.covariance[rows], believed, variance = learn(
                self.mean[rows],
                self.covariance[rows],
                loading[rows],
                believed,
                variance,
                answer[rows],
            )
            self.stock.remember(item, cases, rows, believed, variance)
        if self.plan.keep_answers:
            self.course.log.append(Log(item.competency, item.x, answer))
        return answer

    def _inform(self, item: Item, loading: FloatArray) -> None:
        """Add the Fisher information on the true abilities of an item of unknown residual."""
        rows, truth = np.flatnonzero(item.asked), self.world.truth
        loading = loading[rows]
        centre = find_centres(self.world, truth, item.competency[rows], item.x[rows])
        spread = np.sqrt(1 + truth.residual_sd**2)
        z = (np.einsum("ri,ri->r", loading, self.readers.theta[rows]) - centre) / spread
        # phi^2 / (Phi (1 - Phi)) in logarithms, as far out both vanish.
        amount = np.exp(-z * z - np.log(2 * np.pi) - log_ndtr(z) - log_ndtr(-z)) / spread**2
        self.information[rows] += amount[:, None, None] * loading[:, :, None] * loading[:, None, :]

    def look(self, number: int) -> None:
        """Note who is known precisely, who has mastered what, and how near the estimates are."""
        size = len(self.world.competencies)
        errors = np.sqrt(np.diagonal(self.covariance, axis1=1, axis2=2)[:, :size])
        precise = (errors < PRECISE_SE).all(axis=1)
        self.course.precise_after = np.where(
            precise, np.minimum(self.course.precise_after, number), self.course.precise_after
        )
        targets = [self.world.targets[name] for name in self.world.competencies]
        for rule, so_far in zip(self.plan.rules, self.course.mastered, strict=True):
            so_far |= is_mastered(
                self.mean, self.covariance, np.arange(size), targets, self.counts, rule=rule
            )
        if number in self.plan.checkpoints:
            miss = (self.mean - self.readers.theta)[:, :size]
            bound = np.diag(np.linalg.inv(self.information.mean(axis=0)))[:size]
            self.course.checkpoints.append(
                Checkpoint(
                    cases=number,
                    rmse=float(np.sqrt((miss**2).mean())),
                    bound=float(np.sqrt(bound.mean())),
                    coverage=float((np.abs(miss) < ndtri(0.975) * errors).mean()),
                )
            )


def practise(
    stock: Stock, readers: Readers, policy: Policy, plan: Plan, rng: np.random.Generator
) -> Course:
    """Let every reader practise by one policy.

    The bound is that of van Trees, the Bayesian Cramer-Rao bound: the inverse of the prior's
    and the mean items' information. It holds for abilities that do not change.

    Args:
        stock: where cases come from.
        readers: who reads.
        policy: how cases are chosen.
        plan: how long, and what is looked at.
        rng: draws everything.
    """
    practice = _Practice(stock, readers, plan, rng)
    for number in range(plan.cases):
        if number and number % SESSION == 0:
            practice.begin_session()
        practice.read_case(policy, number)
        practice.look(number + 1)
    course = practice.course
    course.successes = {
        name: Success(int(items), predicted / items, right / items)
        for name, (items, predicted, right) in zip(
            stock.world.competencies, practice.successes.tolist(), strict=True
        )
        if items
    }
    return course
