"""Which marks of a reading hit, which are false, and which count for nothing."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trainer.measure.answers import CaseTruth, Mark, TrueFinding
from trainer.measure.matching import (
    TOLERANCE_MM,
    FloatArray,
    find_centre,
    match_marks,
    measure_distance_mm,
)

HIT, DUPLICATE, FALSE_POSITIVE, NEUTRAL = "hit", "duplicate", "false_positive", "neutral"
# Share of a view's pixels. On generated breasts of 130 to 230 mm a nipple out of profile takes at
# most .004 and a missing piece of muscle .033; blur and under-exposure take .14 and more.
LOCAL_SHARE: Final = 0.06


@dataclass(frozen=True)
class MarkOutcome:
    """What became of a mark, and the finding it fell on, if any."""

    id: str
    outcome: str
    finding: str | None


def is_local(mask: NDArray[np.bool_]) -> bool:
    """Whether an (H, W) mask is a place in its view, not most of the breast."""
    return bool(mask.mean() < LOCAL_SHARE)


def judge_marks(marks: Sequence[Mark], truth: CaseTruth) -> tuple[MarkOutcome, ...]:
    """Judge every mark of a reading against the truth.

    A suspicious mark on an actionable finding is a hit; a second one on it in the same view is a
    duplicate; any other suspicious mark is a false positive. A mark that dismisses what it
    points at is neutral: it claims nothing, so it neither finds a lesion nor is false.
    Two marks linked across the views of one breast count once: when one of them hits, its
    partner is at worst a duplicate.

    Args:
        marks: marks of one reading, positions in pixels.
        truth: the findings with their masks.

    Returns:
        One outcome per mark, in the order of the marks.

    Source: design/contracts.md, "Truth".
    """
    outcomes: dict[str, MarkOutcome] = {}
    by_view: dict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        by_view[mark.view].append(mark)
    for view, in_view in by_view.items():
        outcomes |= _judge_view(view, in_view, truth)
    for pair in pair_linked_marks(marks):
        outcomes |= _count_once(pair, outcomes)
    return tuple(outcomes[mark.id] for mark in marks)


def pair_linked_marks(marks: Sequence[Mark]) -> tuple[tuple[Mark, Mark], ...]:
    """Pair the marks that a reader linked as one finding seen in both views of one breast.

    A link counts once from either end. One between marks of the same view, of different
    breasts, or to a mark that another link already took is no such statement and is left out:
    otherwise any number of guesses could be tied to one good mark.
    """
    by_id = {mark.id: mark for mark in marks}
    paired: set[str] = set()
    pairs: list[tuple[Mark, Mark]] = []
    for mark in marks:
        partner = by_id.get(mark.link) if mark.link else None
        if partner is None or paired & {mark.id, partner.id}:
            continue
        if partner.side == mark.side and partner.view != mark.view:
            pairs.append((mark, partner))
            paired |= {mark.id, partner.id}
    return tuple(pairs)


def count_false_marks(marks: Sequence[Mark], outcomes: Sequence[MarkOutcome]) -> int:
    """Count the false positives of a reading, a linked pair of them as one."""
    false = {outcome.id for outcome in outcomes if outcome.outcome == FALSE_POSITIVE}
    both = sum({a.id, b.id} <= false for a, b in pair_linked_marks(marks))
    return len(false) - both


def _judge_view(view: str, marks: Sequence[Mark], truth: CaseTruth) -> dict[str, MarkOutcome]:
    shown = [finding for finding in truth.findings if view in finding.masks]
    lesions = [finding for finding in shown if finding.actionable]
    suspicious = [mark for mark in marks if mark.suspicious]
    distances, centre_distances = _measure_distances(view, suspicious, lesions, truth.pixel_mm)
    matched = match_marks(distances, centre_distances, tolerance_mm=TOLERANCE_MM)
    outcomes: dict[str, MarkOutcome] = {}
    for index, mark in enumerate(suspicious):
        if matched[index] >= 0:
            outcomes[mark.id] = MarkOutcome(mark.id, HIT, lesions[matched[index]].id)
        elif np.isfinite(distances[index]).any():
            # Near enough to a lesion, but a nearer mark has it.
            nearest = lesions[int(distances[index].argmin())]
            outcomes[mark.id] = MarkOutcome(mark.id, DUPLICATE, nearest.id)
    for mark in marks:
        if mark.id not in outcomes:
            outcome = FALSE_POSITIVE if mark.suspicious else NEUTRAL
            nearest_id = _find_nearest(view, mark, shown, truth.pixel_mm)
            outcomes[mark.id] = MarkOutcome(mark.id, outcome, nearest_id)
    return outcomes


def _measure_distances(
    view: str, marks: Sequence[Mark], findings: Sequence[TrueFinding], pixel_mm: float
) -> tuple[FloatArray, FloatArray]:
    distances = np.full((len(marks), len(findings)), np.inf)
    centre_distances = np.full_like(distances, np.inf)
    for column, finding in enumerate(findings):
        mask = finding.masks[view]
        centre_x, centre_y = find_centre(mask)
        for row, mark in enumerate(marks):
            distances[row, column] = measure_distance_mm(mask, mark.x, mark.y, pixel_mm=pixel_mm)
            away = np.hypot(mark.x - centre_x, mark.y - centre_y)
            centre_distances[row, column] = away * pixel_mm
    return distances, centre_distances


def _find_nearest(
    view: str, mark: Mark, findings: Sequence[TrueFinding], pixel_mm: float
) -> str | None:
    distances = {
        finding.id: measure_distance_mm(finding.masks[view], mark.x, mark.y, pixel_mm=pixel_mm)
        for finding in findings
    }
    # Of two that hold the mark, the smaller is meant: a cyst in a field of scattered calcium.
    sizes = {finding.id: int(finding.masks[view].sum()) for finding in findings}
    within = [(away, sizes[name], name) for name, away in distances.items() if np.isfinite(away)]
    return min(within)[2] if within else None


def _count_once(
    pair: tuple[Mark, Mark], outcomes: Mapping[str, MarkOutcome]
) -> dict[str, MarkOutcome]:
    first, second = (outcomes[mark.id] for mark in pair)
    for found, other in ((first, second), (second, first)):
        if found.outcome == HIT and other.outcome == FALSE_POSITIVE:
            return {other.id: MarkOutcome(other.id, DUPLICATE, found.finding)}
    return {}
