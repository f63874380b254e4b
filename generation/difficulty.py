"""How demanding a finished case is: tier 1-5."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from generation.truth import FindingTruth

DENSITY_STEPS = {"A": 0, "B": 0, "C": 1, "D": 2}
# A finding whose views together stay below these is one, two, three tiers harder.
DPRIME_CUTS = (40.0, 20.0, 10.0)


def case_tier(density: str, findings: Sequence[FindingTruth]) -> int:
    """Tier 1-5 of a case from the density and from how visible its hardest finding is."""
    steps = DENSITY_STEPS[density]
    hardest = 0
    for finding in findings:
        dprimes = [view.dprime for view in finding.views.values() if view.dprime is not None]
        if dprimes:
            combined = float(np.sqrt(np.square(dprimes).sum()))
            hardest = max(hardest, sum(combined < cut for cut in DPRIME_CUTS))
    return min(5, 1 + steps + hardest)
