"""Scored readings as plain rows: the newest score of each reading counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from trainer.measure.agreement import ASSESSMENTS, DENSITIES
from trainer.measure.localisation import DUPLICATE, HIT
from trainer.reading.models import Session
from trainer.reading.queries.scores import newest_scores


@dataclass(frozen=True)
class ScoredReading:
    """One reading as its newest score has it; a rating of None is "nothing marked".

    `lesions` are those that the case asked for: what no view shows cannot be found or missed;
    `findings` are their ids, and `hits` lists the marks on each. `density` and `assessment` are
    (true, read), that of the denser and of the more suspicious breast; None where either is not
    known.
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
    session_id: UUID | None = None
    case_id: UUID | None = None
    findings: tuple[str, ...] = ()
    hits: tuple[tuple[str, ...], ...] = ()
    density: tuple[str, str] | None = None
    assessment: tuple[str, str] | None = None


_COLUMNS = {
    "reader_id": "reading__assignment__session__reader",
    "submitted_at": "reading__submitted_at",
    "session_id": "reading__assignment__session",
    "case_id": "reading__assignment__case",
    "result": "result",
    "total_ms": "reading__log__total_ms",
    "density_read": "reading__answers__density",
    "breasts_read": "reading__answers__breasts",
    "densities": "reading__assignment__case__truth__density",
    "assessments": "reading__assignment__case__truth__assessment",
}


def list_scored_readings(
    reader_ids: Iterable[int], *, institution: Any = None, mode: str = Session.Mode.PRACTICE
) -> list[ScoredReading]:
    """List the readings of some readers in one mode, oldest first, in one query.

    Args:
        reader_ids: whose.
        institution: only readings made there, where it is given.
        mode: practice, assessment or test: no figure mixes them.
    """
    scores = newest_scores().filter(
        reading__assignment__session__reader__in=list(reader_ids),
        reading__assignment__session__mode=mode,
    )
    if mode == Session.Mode.TEST:
        # Nothing is told of a test set before it has ended.
        scores = scores.filter(reading__assignment__session__ended_at__isnull=False)
    if institution is not None:
        scores = scores.filter(reading__assignment__session__institution=institution)
    rows = scores.order_by("reading__submitted_at", "reading").values_list(*_COLUMNS.values())
    return [_read(dict(zip(_COLUMNS, row, strict=True))) for row in rows]


def _read(row: Mapping[str, Any]) -> ScoredReading:
    result = row["result"]
    # Scores of method version 2 and before do not tell; there every lesion counts as asked for.
    asked = [lesion for lesion in result["lesions"] if lesion.get("asked", True)]
    breasts = row["breasts_read"] or {}
    return ScoredReading(
        reader_id=row["reader_id"],
        submitted_at=row["submitted_at"],
        positive=result["positive"],
        recalled=result["recalled"],
        density_correct=result["density_correct"],
        case_rating=result["case_rating"],
        lesions=len(asked),
        lesions_found=sum(lesion["hit"] for lesion in asked),
        minutes=float(row["total_ms"] or 0.0) / 60_000,
        session_id=row["session_id"],
        case_id=row["case_id"],
        findings=tuple(lesion["finding"] for lesion in asked),
        hits=tuple(list_hits(result["marks"], lesion["finding"]) for lesion in asked),
        density=_pair(
            max((row["densities"] or {}).values(), default=None, key=DENSITIES.index),
            row["density_read"],
        ),
        assessment=_pair(
            _find_most_suspicious((row["assessments"] or {}).values()),
            _find_most_suspicious(breast.get("assessment") for breast in breasts.values()),
        ),
    )


def list_hits(marks: Iterable[Mapping[str, Any]], finding: str) -> tuple[str, ...]:
    """The marks on a finding: the one that localises it, and what says the same again."""
    return tuple(
        mark["id"]
        for mark in marks
        if mark["finding"] == finding and mark["outcome"] in (HIT, DUPLICATE)
    )


def _find_most_suspicious(assessments: Iterable[str | None]) -> str | None:
    given = [each for each in assessments if each in ASSESSMENTS]
    return max(given, default=None, key=ASSESSMENTS.index)


def _pair(true: str | None, read: str | None) -> tuple[str, str] | None:
    return None if true is None or read is None else (true, read)
