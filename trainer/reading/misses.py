"""The missed lesions of a stored reading, with what kind of miss each was."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

from cases.models import Case, Finding, FindingView
from generation import vocabulary
from trainer.measure.localisation import FALSE_POSITIVE, NEUTRAL
from trainer.measure.misses import Look, Miss, classify_miss
from trainer.reading.answers import DISMISSAL_REASON
from trainer.reading.models import Reading

# The viewer notes what was on screen at full resolution in squares of so many pixels.
CELL_PX: Final = 64

Marks = Sequence[Mapping[str, Any]]


def list_misses(reading: Reading, case: Case, score: Mapping[str, Any]) -> dict[str, Miss]:
    """What kind of miss each missed lesion was, by finding; takes the findings' views."""
    missed = {
        lesion["finding"]
        for lesion in score["lesions"]
        if not lesion["hit"] and lesion.get("asked", True)
    }
    outcomes = {mark["id"]: mark for mark in score["marks"]}
    marks = [{**mark, **outcomes.get(mark["id"], {})} for mark in reading.answers["marks"]]
    pixel_mm = {view.key: view.pixel_mm for view in case.current_views}
    found = {
        finding.finding_id: _classify(finding, marks, reading.log, pixel_mm)
        for finding in case.findings.all()
        if finding.finding_id in missed
    }
    return {name: miss for name, miss in found.items() if miss is not None}


def _classify(
    finding: Finding, marks: Marks, log: Mapping[str, Any], pixel_mm: Mapping[str, float]
) -> Miss | None:
    shown = [view for view in finding.views.all() if view.visible]
    logged = log.get("views") or {}
    return classify_miss(
        [_look(view, logged[view.key]) for view in shown if view.key in logged],
        dismissed_as=_find_dismissal(finding, marks),
        nearest_false_mm=_measure_nearest_false(shown, marks, pixel_mm),
    )


def _look(view: FindingView, logged: Mapping[str, Any]) -> Look:
    cells = logged.get("cells")
    place_ms = None
    if cells is not None:
        here = (int(view.centre_x // CELL_PX), int(view.centre_y // CELL_PX))
        place_ms = sum(ms for column, row, ms in cells if (column, row) == here)
    return Look(_name(view.key), logged["dwell_ms"], place_ms)


def _name(key: str) -> str:
    side, _, view = key.partition("_")
    return f"{side[0].upper()} {view.upper()}"


def _find_dismissal(finding: Finding, marks: Marks) -> str | None:
    reasons = {term.key: term.label for term in vocabulary.DISMISSAL_REASONS}
    for mark in marks:
        if mark.get("finding") == finding.finding_id and mark.get("outcome") == NEUTRAL:
            return reasons.get(mark["descriptors"].get(DISMISSAL_REASON, ""), "")
    return None


def _measure_nearest_false(
    shown: Sequence[FindingView], marks: Marks, pixel_mm: Mapping[str, float]
) -> float | None:
    away = [
        math.hypot(mark["x"] - view.centre_x, mark["y"] - view.centre_y) * pixel_mm[view.key]
        for view in shown
        for mark in marks
        if mark["view"] == view.key and mark.get("outcome") == FALSE_POSITIVE
    ]
    return min(away, default=None)
