"""The report, put together as the package's docstring has it."""

from __future__ import annotations

from typing import Any

from generation.auditing.audit import Findings
from generation.auditing.control import KINDS
from generation.auditing.leak_comparison import LeakComparison, compare_leak
from generation.auditing.measured import (
    Measured,
    describe_maps,
    describe_measure,
    describe_surroundings,
    join_tiles,
    measure_neighbours,
)
from generation.auditing.neighbours import Neighbours
from generation.auditing.origin import describe_origin
from generation.auditing.plan import Plan
from generation.auditing.summary import MEASURES, summarise
from generation.auditing.verdict import (
    COPY_SURROUNDINGS,
    Found,
    find_planted,
    judge,
    surroundings_agree,
)
from generation.evaluation.report import clean


def build_report(plan: Plan, findings: Findings) -> dict[str, Any]:
    """Compare and put together.

    Args:
        plan: what was asked for.
        findings: of `audit`.
    """
    failures = dict(findings.failures)
    measured = _compare_neighbours(findings, plan.seed, failures)
    leak = _compare_maps(findings, plan.seed, failures)
    control = [find_planted(copy, found, measured) for copy, found in findings.planted]
    copies = sum(map(surroundings_agree, findings.drawn.patches))
    report: dict[str, Any] = describe_origin(plan, findings) | {
        "control": [_describe_control(each) for each in control],
        "measures": {
            name: describe_measure(measured[name]) if name in measured else None
            for name in MEASURES
        },
        "surroundings": describe_surroundings(
            findings.drawn.patches,
            findings.unseen.patches,
            copies=copies,
            limit=COPY_SURROUNDINGS,
        ),
        "maps": None
        if leak is None
        else describe_maps(leak, findings.training_maps, findings.held_out_maps),
        "figures": _draw_figures(findings, measured, leak),
        "bars": judge(
            {name: each.comparison for name, each in measured.items()}, copies, leak, control
        ),
        "failures": failures,
    }
    report["summary"] = summarise(report)
    cleaned: dict[str, Any] = clean(report)
    return cleaned


def _compare_neighbours(
    findings: Findings, seed: int, failures: dict[str, str]
) -> dict[str, Measured]:
    """Every measure that could be taken; the others leave their reason."""
    measured = {}
    for name in MEASURES:
        drawn, unseen = (getattr(part, name) for part in (findings.drawn, findings.unseen))
        try:
            measured[name] = measure_neighbours(drawn, unseen, seed=seed)
        except ValueError as error:
            failures.setdefault(name, str(error))
    return measured


def _compare_maps(findings: Findings, seed: int, failures: dict[str, str]) -> LeakComparison | None:
    try:
        return compare_leak(findings.training_maps, findings.held_out_maps, seed=seed)
    except ValueError as error:
        failures["maps"] = str(error)
        return None


def _describe_control(found: Found) -> dict[str, Any]:
    return {
        "kind": found.planted.kind,
        "said": KINDS[found.planted.kind],
        "source": found.planted.source,
        "found": found.found,
        "image": found.image,
        "patches": found.patches,
        "searched": found.searched,
        "features": found.features,
    }


def _draw_figures(
    findings: Findings, measured: dict[str, Measured], leak: LeakComparison | None
) -> dict[str, Any]:
    """What the page draws: every ratio and correlation, a list for each set."""
    figures: dict[str, Any] = {
        name: {
            "drawn": each.comparison.drawn.tolist(),
            "unseen": each.comparison.unseen.tolist(),
            "planted": _ratios_of_planted(findings, name, each),
        }
        for name, each in measured.items()
    }
    figures["surroundings"] = {
        "drawn": _take_surroundings(findings.drawn),
        "unseen": _take_surroundings(findings.unseen),
        "planted": [each for _, found in findings.planted for each in _take_surroundings(found)],
    }
    if leak is not None:
        figures["maps"] = {
            "training": leak.training.tolist(),
            "held_out": leak.held_out.tolist(),
        }
        figures["tiles"] = {
            "training": join_tiles(findings.training_maps).tolist(),
            "held_out": join_tiles(findings.held_out_maps).tolist(),
        }
    return figures


def _ratios_of_planted(findings: Findings, name: str, measured: Measured) -> list[float]:
    return [measured.ratio(each) for _, found in findings.planted for each in getattr(found, name)]


def _take_surroundings(found: Neighbours) -> list[float]:
    return [each.surroundings for each in found.patches if each.surroundings is not None]
