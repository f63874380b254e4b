"""What is simulated, and the bars that it is held to (design/learning.md)."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from typing import Any, Final

import numpy as np

from trainer.measure.ability import DEFAULT_RULE, DRIFT_SD
from trainer.measure.answered import COLD_START, AnswerTable, DifficultyModel, ItemTable
from trainer.measure.calibration import calibrate
from trainer.measure.competencies import COMPETENCIES
from trainer.measure.simulation.bank import Bank
from trainer.measure.simulation.policies import (
    ADAPTIVE_80,
    POLICIES,
    Policy,
)
from trainer.measure.simulation.practice import Course, Log, Plan, practise
from trainer.measure.simulation.readers import (
    ABLE,
    HONEST,
    MARKS_EVERYTHING,
    MARKS_NOTHING,
    RANDOM,
    draw_readers,
)
from trainer.measure.simulation.stock import FreshStock
from trainer.measure.simulation.world import LESIONS, PILOT, World
from trainer.measure.targets import TARGETS

Numbers = dict[str, Any]

CHECKPOINTS: Final = (30, 60, 120, 200, 300)
CASES: Final = CHECKPOINTS[-1]
# Long enough to see most readers known precisely, and to give mastery its chance.
LONG: Final = 500
# Readers enough to see what lower goals do; what is held to the bars takes all there are.
OF_LOWERED: Final = 500
# Goals so much lower than the form's: whether the rule on the criterion does what it is for.
LOWERED: Final = (0.0, 1.0)
# What all share. A reader of 300 cases may take a fifth of each, so that the smallest is three
# quarters used up whatever is wanted of it.
BANKS: Final = (2000, 4000, 8000)
# What readers gain from session to session: about half a deviation in 300 cases.
IMPROVEMENT: Final = (0.02, 0.05)
# A cold start that is wrong: too steep, too sure, and readers of the first weeks to tell.
WRONG: Final = replace(COLD_START, residual_sd=0.3)
TRUTH: Final = DifficultyModel(
    level=dict.fromkeys(COMPETENCIES, 0.2),
    gamma={name: 0.7 * slope for name, slope in COLD_START.gamma.items()},
    phi={},
    residual_sd=0.9,
)
FIRST_READERS: Final = 600
FIRST_CASES: Final = 100


def run_static(learners: int, seed: int) -> Numbers:
    """Abilities that stay, with the settings of the pilot: every policy, then who does not read."""
    rows = []
    for policy in POLICIES:
        rng = np.random.default_rng(seed)
        readers = draw_readers(PILOT, learners, rng)
        plan = Plan(LONG, CHECKPOINTS)
        course = practise(FreshStock(PILOT), readers, policy, plan, rng)
        rows.append(_describe(policy, course))
    mastery = [
        _run_mastery(behaviour, learners, seed, lowered)
        for lowered in LOWERED
        for behaviour in (MARKS_EVERYTHING, MARKS_NOTHING, RANDOM, HONEST, ABLE)
    ]
    return {"policies": rows, "mastery": mastery, "settings": "six competencies, residual .5"}


def run_learning(learners: int, seed: int) -> Numbers:
    """Readers who improve from session to session, in the product's own settings."""
    rng = np.random.default_rng(seed)
    world = World()
    plan = Plan(CASES, CHECKPOINTS, drift=DRIFT_SD, improvement=IMPROVEMENT)
    course = practise(FreshStock(world), draw_readers(world, learners, rng), ADAPTIVE_80, plan, rng)
    row = _describe(ADAPTIVE_80, course, with_bound=False)
    return {"policies": [row], "improvement": IMPROVEMENT, "drift": DRIFT_SD}


def run_miscalibrated(learners: int, seed: int) -> Numbers:
    """A wrong cold start: first readers under it, a refit from their answers, then others."""
    rng = np.random.default_rng(seed)
    wrong = World(truth=TRUTH, belief=WRONG)
    first = Plan(FIRST_CASES, keep_answers=True)
    before = practise(
        FreshStock(wrong), draw_readers(wrong, FIRST_READERS, rng), ADAPTIVE_80, first, rng
    )
    items, answers = tabulate(wrong, before.log)
    fitted = calibrate(answers, items, WRONG, seed=seed).model
    rows = []
    for name, belief in (("as started", WRONG), ("after the refit", fitted)):
        world = World(truth=TRUTH, belief=belief)
        rng = np.random.default_rng(seed + 1)
        readers, plan = draw_readers(world, learners, rng), Plan(CASES, CHECKPOINTS)
        course = practise(FreshStock(world), readers, ADAPTIVE_80, plan, rng)
        rows.append(_describe(ADAPTIVE_80, course) | {"name": name})
    models = {"truth": TRUTH, "started": WRONG, "fitted": fitted}
    return {"policies": rows, "models": {name: _tell(model) for name, model in models.items()}}


def run_finite_bank(learners: int, seed: int) -> Numbers:
    """Banks that everybody shares, of several sizes, in the product's own settings."""
    rows = []
    for size in BANKS:
        rng = np.random.default_rng(seed)
        world = World()
        bank = Bank(world, size, learners, rng)
        readers = draw_readers(world, learners, rng)
        course = practise(bank, readers, ADAPTIVE_80, Plan(CASES, CHECKPOINTS), rng)
        row = _describe(ADAPTIVE_80, course, with_bound=False)
        of_bank = {"bank": size, "exposure": bank.exposure, "beyond_limit": bank.beyond_limit}
        rows.append(row | of_bank | {"name": f"{size:,} cases"})
    return {"policies": rows, "readers_cases": CASES}


SCENARIOS: Final[Mapping[str, Callable[[int, int], Numbers]]] = {
    "static": run_static,
    "learning": run_learning,
    "miscalibrated": run_miscalibrated,
    "finite-bank": run_finite_bank,
}


def tabulate(world: World, log: list[Log]) -> tuple[ItemTable, AnswerTable]:
    """Answers as the calibration takes them; every one is of an item of its own."""
    asked = np.stack([entry.answer for entry in log]) != 0
    step, reader = np.nonzero(asked)
    competency = np.stack([entry.competency for entry in log])[step, reader]
    x = np.stack([entry.x for entry in log])[step, reader]
    right = np.stack([entry.answer for entry in log])[step, reader] > 0
    names = [world.competencies[place] for place in competency]
    items = ItemTable(names, world.signs[competency], x)
    return items, AnswerTable(reader, np.arange(len(reader)), right, np.zeros_like(reader))


def _run_mastery(behaviour: str, learners: int, seed: int, lowered: float) -> Numbers:
    goals = {name: goal - lowered for name, goal in TARGETS.items()}
    world, rng = World(targets=goals), np.random.default_rng(seed + 2)
    rules = (DEFAULT_RULE, replace(DEFAULT_RULE, neutral_probability=0.0))
    count = min(learners, OF_LOWERED) if lowered else learners
    readers = draw_readers(world, count, rng, behaviour=behaviour)
    course = practise(FreshStock(world), readers, ADAPTIVE_80, Plan(LONG, rules=rules), rng)
    ruled, unruled = course.mastered
    return {
        "readers": behaviour,
        "goals_lowered": lowered,
        "mastered_any": float(ruled.any(axis=1).mean()),
        "mastered_without_criterion": float(unruled.any(axis=1).mean()),
        "held_back": float((unruled & ~ruled).any(axis=1).mean()),
        "competencies_mastered": float(ruled.mean()),
    }


def _describe(policy: Policy, course: Course, *, with_bound: bool = True) -> Numbers:
    median = float(np.median(course.precise_after))
    whole, of_lesions = course.sum_up(), course.sum_up(LESIONS)
    return {
        "name": policy.name,
        "wanted": policy.p,
        "predicted": whole.predicted,
        "realised": whole.right,
        "realised_of_lesions": of_lesions.right,
        "successes": {name: asdict(one) for name, one in course.successes.items()},
        "cases_until_precise": median if np.isfinite(median) else None,
        "checkpoints": [
            asdict(one) if with_bound else asdict(one) | {"bound": None}
            for one in course.checkpoints
        ],
    }


def _tell(model: DifficultyModel) -> Numbers:
    return {
        "residual_sd": model.residual_sd,
        "gamma": dict(model.gamma),
        "level": dict(model.level),
    }
