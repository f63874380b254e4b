"""What kind of miss a missed lesion was, from what the reader did and looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

# A gaze that rests on a lesion this long and goes on was a decision, not an oversight.
LOOKED_MS: Final = 1000.0

NOT_LOOKED_AT, DISMISSED = "not_looked_at", "dismissed"
MARKED_ELSEWHERE, NOT_MARKED = "marked_elsewhere", "not_marked"


@dataclass(frozen=True)
class Look:
    """What the log says of one view that shows a lesion.

    Attributes:
        view: its name as a reader knows it, such as "L CC".
        dwell_ms: how long the pointer or the crosshair was in it.
        place_ms: how long the lesion's place was on screen at full resolution; None where the
            log does not tell.
    """

    view: str
    dwell_ms: float
    place_ms: float | None


@dataclass(frozen=True)
class Miss:
    kind: str
    text: str


def classify_miss(
    looks: Sequence[Look], *, dismissed_as: str | None, nearest_false_mm: float | None
) -> Miss | None:
    """Say what kind of miss a lesion was; None where nothing is known of what was looked at.

    An error of search (not looked at), of recognition (looked at and not marked, or something
    else marked) or of decision (looked at and dismissed).

    Args:
        looks: one per view that shows the lesion.
        dismissed_as: why a mark on it dismissed it, "" where it gave no reason; None where no
            mark dismissed it.
        nearest_false_mm: distance of the nearest false mark in those views, in mm; None where
            there is none.

    Source: Kundel, Nodine and Carmody, Investigative Radiology 13:175 (1978); the pointer
    stands in for the gaze.
    """
    if dismissed_as is not None:
        reason = f": {dismissed_as[0].lower()}{dismissed_as[1:]}" if dismissed_as else ""
        return Miss(
            DISMISSED, f"Looked at and dismissed: you marked it and judged it harmless{reason}."
        )
    if not looks:
        return None
    seen = f"{_tell_dwell(looks)}, {_tell_place(looks)}."
    if not any(_was_looked_at(look) for look in looks):
        return Miss(NOT_LOOKED_AT, f"Not looked at: {seen}")
    if nearest_false_mm is not None:
        return Miss(
            MARKED_ELSEWHERE,
            "Marked elsewhere: you called something else in this breast suspicious, "
            f"{round(nearest_false_mm)} mm away from it.",
        )
    return Miss(NOT_MARKED, f"Looked at and not marked: {seen}")


def _was_looked_at(look: Look) -> bool:
    return max(look.dwell_ms, look.place_ms or 0.0) >= LOOKED_MS


def _tell_dwell(looks: Sequence[Look]) -> str:
    dwell_ms = sum(look.dwell_ms for look in looks)
    if dwell_ms == 0:
        return f"the pointer was never in {' or '.join(look.view for look in looks)}"
    views = " and ".join(look.view for look in looks)
    return f"the pointer was in {views} for {_seconds(dwell_ms)}"


def _tell_place(looks: Sequence[Look]) -> str:
    known = [look.place_ms for look in looks if look.place_ms is not None]
    if not known:
        return "and nothing is known of how closely"
    if max(known) == 0:
        return "and its place was never on screen at full resolution"
    return f"and its place was on screen at full resolution for {_seconds(max(known))}"


def _seconds(ms: float) -> str:
    seconds = ms / 1000
    return f"{seconds:.1f} s" if seconds < 10 else f"{round(seconds)} s"
