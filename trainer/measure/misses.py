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
    """What kind of miss it was, and what says so.

    Attributes:
        kind: one of the four above.
        looks: one per view that shows the lesion and that the log tells of.
        dismissed_as: why it was dismissed, "" without a reason; None where it was not.
        nearest_false_mm: how far off the mark was that was taken for it; None without one.
    """

    kind: str
    looks: tuple[Look, ...] = ()
    dismissed_as: str | None = None
    nearest_false_mm: float | None = None


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
        return Miss(DISMISSED, dismissed_as=dismissed_as)
    if not looks:
        return None
    if not any(_was_looked_at(look) for look in looks):
        return Miss(NOT_LOOKED_AT, tuple(looks))
    if nearest_false_mm is not None:
        return Miss(MARKED_ELSEWHERE, tuple(looks), nearest_false_mm=nearest_false_mm)
    return Miss(NOT_MARKED, tuple(looks))


def _was_looked_at(look: Look) -> bool:
    return max(look.dwell_ms, look.place_ms or 0.0) >= LOOKED_MS
