"""How demanding a case is: tier 1-5; its cut-points: docs/decisions/difficulty.md.

A finding's hardness is -ln of its d' in all views that show it (squares add up), plus what d'
does not know: that one view gives nothing to confirm it by, that some kinds are known by pattern
and not by brightness, and that a dense breast has more places to search. A case's is that of its
hardest actionable finding. A case without one is as hard as its worst place is lesion-like, and
harder where it shows something benign that a reader must name and leave.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from generation.lesions import REGISTRY
from generation.quality.lesion_likeness import LesionLikeness
from generation.truth import FindingTruth

TIERS = (1, 2, 3, 4, 5)
# d' below this is as good as none; keeps the logarithm finite.
LEAST_DPRIME = 0.1
# In units of ln d'; assumed.
SEARCH_BY_DENSITY = {"A": 0.0, "B": 0.0, "C": 0.15, "D": 0.30}
ONE_VIEW = 0.25
PATTERN_GROUPS = {"distortion": 0.25, "asymmetry": 0.25}
LOOK_ALIKE = 0.35
# Where tier 2, 3, 4 and 5 begin: fifths of the drawn teaching population.
FINDING_CUTS = (-2.0, -1.6, -1.2, -0.8)
NORMAL_CUTS = (-0.1, 0.05, 0.2, 0.4)


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
    combined = max(math.hypot(*known), LEAST_DPRIME)
    one_view = ONE_VIEW if len(known) == 1 else 0.0
    pattern = PATTERN_GROUPS.get(group, 0.0)
    return -math.log(combined) + SEARCH_BY_DENSITY[density] + one_view + pattern


def normal_hardness(likeness: float, *, density: str, look_alikes: int = 0) -> float:
    """Hardness of leaving a case alone, more is harder.

    Args:
        likeness: of its most lesion-like place, over 0.
        density: A to D.
        look_alikes: number of benign findings that a reader would mark.
    """
    tempting = LOOK_ALIKE if look_alikes else 0.0
    return math.log(max(likeness, 0.05)) + SEARCH_BY_DENSITY[density] + tempting


def tier_of(hardness: float, cuts: tuple[float, ...]) -> int:
    """Tier 1-5 of a hardness by the cut-points between tiers."""
    return 1 + sum(hardness > cut for cut in cuts)


def case_tier(
    density: str, findings: Iterable[FindingTruth], likeness: LesionLikeness | None
) -> int:
    """Tier 1-5 of a case.

    Args:
        density: A to D.
        findings: what it holds.
        likeness: of its tissue; None counts as the middle of its density.
    """
    found = list(findings)
    hardest = [
        hardness
        for finding in found
        if finding.actionable and (hardness := _hardness_of(finding, density)) is not None
    ]
    if hardest:
        return tier_of(max(hardest), FINDING_CUTS)
    look_alikes = sum(
        finding.reads_as is not None and any(view.visible for view in finding.views.values())
        for finding in found
    )
    value = 1.0 if likeness is None else likeness.value
    return tier_of(normal_hardness(value, density=density, look_alikes=look_alikes), NORMAL_CUTS)


def _hardness_of(finding: FindingTruth, density: str) -> float | None:
    shown = [view.dprime for view in finding.views.values() if view.visible]
    if finding.views and not shown:
        return -math.log(LEAST_DPRIME)
    return finding_hardness(shown, density=density, group=REGISTRY[finding.kind].group)
