"""Scored readings as plain rows: the newest score of each reading counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from trainer.reading.models import Score, Session


@dataclass(frozen=True)
class ScoredReading:
    """One reading as its newest score has it; a rating of None is "nothing marked".

    `lesions` are those that the case asked for: what no view shows cannot be found or missed.
    """

    reader_id: int
    submitted_at: datetime
    positive: bool
    recalled: bool
    density_correct: bool
    case_rating: float | None
    lesions: int
    lesions_found: int
    minutes: float = 0.0


def list_scored_readings(
    reader_ids: Iterable[int], *, institution: Any = None, mode: str = Session.Mode.PRACTICE
) -> list[ScoredReading]:
    """List the readings of some readers in one mode, oldest first, in one query.

    Args:
        reader_ids: whose.
        institution: only readings made there, where it is given.
        mode: practice, assessment or test: no figure mixes them.
    """
    scores = Score.objects.filter(
        reading__assignment__session__reader__in=list(reader_ids),
        reading__assignment__session__mode=mode,
    )
    if mode == Session.Mode.TEST:
        # Nothing is told of a test set before it has ended.
        scores = scores.filter(reading__assignment__session__ended_at__isnull=False)
    if institution is not None:
        scores = scores.filter(reading__assignment__session__institution=institution)
    newest: dict[Any, ScoredReading] = {}
    rows = scores.order_by("reading__submitted_at", "reading", "created_at", "pk").values_list(
        "reading",
        "reading__assignment__session__reader",
        "reading__submitted_at",
        "result",
        "reading__log__total_ms",
    )
    for reading, reader_id, submitted_at, result, total_ms in rows:
        newest[reading] = _read(reader_id, submitted_at, result, float(total_ms or 0.0))
    return list(newest.values())


def _read(
    reader_id: int, submitted_at: datetime, result: dict[str, Any], total_ms: float
) -> ScoredReading:
    # Scores of method version 2 and before do not tell; there every lesion counts as asked for.
    asked = [lesion for lesion in result["lesions"] if lesion.get("asked", True)]
    return ScoredReading(
        reader_id=reader_id,
        submitted_at=submitted_at,
        positive=result["positive"],
        recalled=result["recalled"],
        density_correct=result["density_correct"],
        case_rating=result["case_rating"],
        lesions=len(asked),
        lesions_found=sum(lesion["hit"] for lesion in asked),
        minutes=total_ms / 60_000,
    )
