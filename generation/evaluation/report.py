"""The report: everything measured, put together as the package's docstring has it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from generation.clock import StageClock
from generation.evaluation.bars import judge
from generation.evaluation.collection import Material, Plan, Say, collect
from generation.evaluation.conditions import (
    compare_seeds,
    summarise_bindings,
    summarise_densities,
)
from generation.evaluation.curves import draw_histograms, draw_roc, draw_skins, draw_spectra
from generation.evaluation.described import Described
from generation.evaluation.measures import FLOORS, MEASURES, Numbers
from generation.evaluation.measuring import Measuring
from generation.evaluation.origin import describe_origin, note_origin
from generation.evaluation.subgroups import Scores, compare_subgroups
from generation.evaluation.summary import summarise_measures, summarise_origin
from generation.networks.weights import TrainedGenerator, load_generator

DIGITS = 6
SCORES = ("real_scores", "other_scores")


@dataclass(frozen=True)
class Evaluation:
    """A finished report, and the pictures that its page shows."""

    report: Numbers
    material: Material


def evaluate(plan: Plan, say: Say) -> Evaluation:
    """Gather, measure and put together.

    Args:
        plan: what is asked for.
        say: told what is being done.

    Raises:
        WeightsError: if the weights cannot be used.
        FileNotFoundError, ValueError: if a folder does not hold what it should.
    """
    clock = StageClock(lambda stage, share: None)
    with clock.stage("total"):
        trained = load_generator(plan.weights, plan.device)
        with clock.stage("collect"):
            material = collect(plan, trained, clock, say)
        report = _measure(plan, trained, material, clock, say)
    clock.seconds["total"] = sum(clock.seconds.values())
    report["seconds"] = clock.seconds
    report["bars"] = judge(report["summary"], plan.sets)
    report["summary"] |= summarise_origin(report)
    return Evaluation(clean(report), material)


def _measure(
    plan: Plan, trained: TrainedGenerator, material: Material, clock: StageClock, say: Say
) -> Numbers:
    measuring = Measuring(clock, say, material.failures)
    described = {name: Described(tissue) for name, tissue in material.sets.items()}
    floor = {
        name: measuring.run(f"real/{name}", name, measure, described["real"], plan.seed)
        for name, measure in FLOORS.items()
        if name not in plan.skip
    }
    sets = {
        name: _measure_set(plan, described["real"], other, measuring)
        for name, other in described.items()
        if name != "real"
    }
    scores = {name: _take_scores(numbers) for name, numbers in {**sets, "floor": floor}.items()}
    report = describe_origin(plan, trained, material) | {
        "floor": floor,
        "sets": sets,
        "conditions": _measure_conditions(plan, trained, material, measuring),
        "subgroups": _measure_subgroups(plan, described, sets, scores, measuring),
        "figures": _draw_figures(described, scores, measuring),
        "failures": material.failures,
        "notes": note_origin(plan, trained, material),
    }
    report["summary"] = summarise_measures(report)
    return report


def _measure_set(plan: Plan, real: Described, other: Described, measuring: Measuring) -> Numbers:
    name = other.tissue.name
    return {
        key: measuring.run(f"{name}/{key}", key, measure, real, other, plan.seed)
        for key, measure in MEASURES.items()
        if key not in plan.skip
    }


def _measure_subgroups(
    plan: Plan,
    described: dict[str, Described],
    sets: Numbers,
    scores: dict[str, Scores | None],
    measuring: Measuring,
) -> list[Numbers]:
    entries: list[Numbers] = []
    for name, measured in sets.items():
        found = measuring.run(
            f"{name}/subgroups",
            "subgroups",
            compare_subgroups,
            described["real"],
            described[name],
            scores[name],
            measured=[key for key, value in measured.items() if value is not None],
            seed=plan.seed,
        )
        entries += found or []
    return entries


def _take_scores(numbers: Numbers) -> Scores | None:
    """The classifier's scores, taken out of the numbers: they are for figures and subgroups."""
    found = numbers.get("two_sample")
    if found is None:
        return None
    real, other = (np.asarray(found.pop(key)) for key in SCORES)
    return real, other


def _measure_conditions(
    plan: Plan, trained: TrainedGenerator, material: Material, measuring: Measuring
) -> Numbers:
    conditions: Numbers = {}
    bindings = material.bindings
    for name, found in bindings.items():
        conditions[name] = measuring.run(
            f"conditions/{name}", "conditions", summarise_bindings, found
        )
    conditions["overall"] = measuring.run(
        "conditions/overall",
        "conditions",
        summarise_bindings,
        [each for found in bindings.values() for each in found],
    )
    if plan.with_cases:
        conditions["density"] = measuring.run(
            "conditions/density", "conditions", summarise_densities, material.densities
        )
    conditions["seeds"] = measuring.run(
        "conditions/seeds",
        "seeds",
        compare_seeds,
        material.maps,
        trained,
        seed=plan.seed,
        device=plan.device,
    )
    return conditions


def _draw_figures(
    described: dict[str, Described], scores: dict[str, Scores | None], measuring: Measuring
) -> Numbers:
    curves = {"spectra": draw_spectra, "histograms": draw_histograms, "skins": draw_skins}
    figures: Numbers = {
        name: measuring.run(f"figures/{name}", "figures", draw, described)
        for name, draw in curves.items()
    }
    figures["roc"] = {name: draw_roc(*found) for name, found in scores.items() if found is not None}
    return figures


def clean(value: Any) -> Any:
    """Plain JSON of numbers: six digits, null for what is no number.

    Args:
        value: dicts, lists, numpy scalars and plain values, nested.
    """
    if isinstance(value, dict):
        return {str(key): clean(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [clean(each) for each in value]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}") if math.isfinite(value) else None
    return value
