"""How demanding a case is: tier 1-5; the choice of cut-points: docs/decisions/difficulty.md.

A finding's hardness is -ln of its d' in all views that show it (squares add up), plus what d'
does not know: that one view gives nothing to confirm it by, that some kinds are known by pattern
and not by brightness, and that a dense breast has more places to search. A finding that fills its
breast has no d' and is put in the middle of tier `UNMEASURED_TIER`. A case's hardness is that of
its hardest actionable finding. A case without one is as hard as its worst place is lesion-like, and
harder where it shows something benign that a reader must name and leave.

Cut-points, and what is expected of a case before it is made, are fitted by
scripts/fit_cold_start.py and stand in difficulty.json with how they were obtained.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from generation.lesions import REGISTRY
from generation.spec import CaseSpec, LesionSpec
from generation.truth import FindingTruth, LesionLikeness

TIERS = (1, 2, 3, 4, 5)
# d' and likeness below these are as good as none; they keep the logarithms finite.
LEAST_DPRIME = 0.1
LEAST_LIKENESS = 0.05
# What fills its breast has no d': assumed to be neither easy nor hard, whatever its contrast.
UNMEASURED_TIER = 3
# In units of ln d'; assumed.
SEARCH_BY_DENSITY = {"A": 0.0, "B": 0.0, "C": 0.15, "D": 0.30}
ONE_VIEW = 0.25
PATTERN_GROUPS = {"distortion": 0.25, "asymmetry": 0.25}
LOOK_ALIKE = 0.15
# The outer tiers have no outer edge: a case in their middle lies this far beyond the inner one.
OUTER = 0.25


@dataclass(frozen=True)
class Hardness:
    """How hard a case is and the four values at which tiers 2 to 5 begin."""

    value: float
    cuts: tuple[float, ...]

    @property
    def tier(self) -> int:
        return 1 + sum(self.value > cut for cut in self.cuts)

    def middle_of(self, tier: int) -> float:
        """The hardness in the middle of a tier, on this scale."""
        low = self.cuts[tier - 2] if tier > 1 else self.cuts[0] - 2 * OUTER
        high = self.cuts[tier - 1] if tier < TIERS[-1] else self.cuts[-1] + 2 * OUTER
        return (low + high) / 2


@cache
def load_fit() -> Mapping[str, Any]:
    """Cut-points and expectations, with how they were obtained."""
    return dict(json.loads(Path(__file__).with_name("difficulty.json").read_text()))


def finding_hardness(dprimes: Iterable[float | None], *, density: str, group: str) -> float | None:
    """Hardness in units of ln d', more is harder; None where no d' was measured.

    Args:
        dprimes: of the views that show the finding.
        density: A to D.
        group: chapter of the finding's kind.
    """
    known = [dprime for dprime in dprimes if dprime is not None]
    if not known:
        return None
    one_view = ONE_VIEW if len(known) == 1 else 0.0
    beyond = SEARCH_BY_DENSITY[density] + one_view + PATTERN_GROUPS.get(group, 0.0)
    return beyond - math.log(max(math.hypot(*known), LEAST_DPRIME))


def normal_hardness(likeness: float, *, density: str, look_alikes: int = 0) -> float:
    """Hardness of leaving a case alone, more is harder.

    Args:
        likeness: of its most lesion-like place.
        density: A to D.
        look_alikes: number of benign findings that a reader would mark.
    """
    tempting = LOOK_ALIKE if look_alikes else 0.0
    return math.log(max(likeness, LEAST_LIKENESS)) + SEARCH_BY_DENSITY[density] + tempting


def case_hardness(
    density: str, findings: Iterable[FindingTruth], likeness: LesionLikeness | None
) -> Hardness:
    """Hardness of a case.

    Args:
        density: A to D.
        findings: what it holds.
        likeness: of its tissue; asked for where nothing is actionable.

    Raises:
        ValueError: if the likeness is needed and missing.
    """
    found = list(findings)
    actionable = [_hardness_of(finding, density) for finding in found if finding.actionable]
    if actionable:
        return _by_finding(max(actionable))
    if likeness is None:
        raise ValueError("a case to be left alone is as hard as its tissue is lesion-like")
    look_alikes = sum(
        finding.reads_as is not None and any(view.visible for view in finding.views.values())
        for finding in found
    )
    value = normal_hardness(likeness.value, density=density, look_alikes=look_alikes)
    return Hardness(value, tuple(load_fit()["normal_cuts"]))


def case_tier(
    density: str, findings: Iterable[FindingTruth], likeness: LesionLikeness | None
) -> int:
    """Tier 1-5 of a case; arguments as in `case_hardness`."""
    return case_hardness(density, findings, likeness).tier


def _by_finding(value: float) -> Hardness:
    return Hardness(value, tuple(load_fit()["finding_cuts"]))


def _hardness_of(finding: FindingTruth, density: str) -> float:
    shown = [view.dprime for view in finding.views.values() if view.visible]
    if not shown:
        return -math.log(LEAST_DPRIME)
    measured = finding_hardness(shown, density=density, group=REGISTRY[finding.kind].group)
    return _by_finding(0.0).middle_of(UNMEASURED_TIER) if measured is None else measured


def expect_hardness(spec: CaseSpec) -> tuple[Hardness, float]:
    """What is expected of a case before it is made: (hardness, its standard deviation)."""
    lesions = [lesion for lesion in spec.lesions if lesion.actionable]
    if lesions:
        expected = [_expect_finding(lesion, spec.density) for lesion in lesions]
        value, deviation = max(expected)
        return _by_finding(value), deviation
    likeness = load_fit()["ln_likeness"][spec.density]
    look_alikes = sum(REGISTRY[lesion.kind].reads_as is not None for lesion in spec.lesions)
    value = normal_hardness(
        math.exp(likeness["mean"]), density=spec.density, look_alikes=look_alikes
    )
    return Hardness(value, tuple(load_fit()["normal_cuts"])), likeness["sd"]


def _expect_finding(lesion: LesionSpec, density: str) -> tuple[float, float]:
    """(hardness, sd) of one finding from a line fitted through ln d' of its chapter."""
    group = REGISTRY[lesion.kind].group
    lines = load_fit()["hardness"]
    line = lines.get(group, lines["any"])
    value = (
        line["at_one"]
        + line["contrast"] * math.log(lesion.contrast)
        + line["size"] * math.log(lesion.size_mm / 10.0)
        + line["density"][density]
    )
    return value, line["sd"]
