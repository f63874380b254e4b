"""The truth of a made case as rows."""

import math
from collections.abc import Iterable
from typing import Any

from cases.domain.files import write_file
from cases.models import Case, Finding, FindingView
from cases.outlines import trace_outlines
from cases.previews import encode_mask
from generation.truth import FindingTruth, FindingViewTruth


def make_finding(case: Case, found: FindingTruth) -> Finding:
    """A row not yet saved."""
    return Finding(
        case=case,
        finding_id=found.id,
        kind=found.kind,
        reads_as=found.reads_as or "",
        actionable=found.actionable,
        side=found.side,
        descriptors=dict(found.descriptors),
        assessment=found.assessment,
        pathology=found.pathology,
        malignancy=float(found.malignancy),
        centre_mm=[float(value) for value in found.centre_mm],
        extent_mm=[float(value) for value in found.extent_mm],
        clock=found.clock,
        distance_from_nipple_mm=found.distance_from_nipple_mm,
        teaching=found.teaching,
    )


def make_finding_views(
    finding: Finding, views: Iterable[tuple[str, FindingViewTruth]], *, folder: str
) -> list[FindingView]:
    """Write the masks; rows not yet saved."""
    return [
        FindingView(
            finding=finding,
            key=key,
            mask=write_file(folder, f"mask-{finding.finding_id}-{key}.png", encode_mask(seen.mask)),
            outlines=trace_outlines(seen.mask),
            centre_x=float(seen.centre_px[0]),
            centre_y=float(seen.centre_px[1]),
            long_axis_mm=float(seen.long_axis_mm),
            visible=bool(seen.visible),
            dprime=_finite(seen.dprime),
        )
        for key, seen in views
    ]


def describe_difficulty(findings: Iterable[FindingTruth]) -> dict[str, Any]:
    """What a case nobody has read yet is judged by: d' of each finding, in all and by view.

    Views add up in squares; one that does not show the finding adds nothing.
    """
    return {
        found.id: {
            "kind": found.kind,
            "reads_as": found.reads_as,
            "actionable": bool(found.actionable),
            "dprime": math.hypot(
                *(_finite(seen.dprime) or 0.0 for seen in found.views.values() if seen.visible)
            ),
            "views": {key: _finite(seen.dprime) for key, seen in found.views.items()},
        }
        for found in findings
    }


def _finite(dprime: float | None) -> float | None:
    """JSON has no infinity, and a d' that was not measured is none."""
    return float(dprime) if dprime is not None and math.isfinite(dprime) else None
