"""Test sets that residents sat: each form with its readings, and the ratings of its lesions."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import numpy as np

from trainer.reading.models import Mark, Session
from trainer.reading.queries.forms import completed_tests
from trainer.reports.queries.readings import ScoredReading, list_scored_readings

# Who read less of a form is not compared with others on it.
SHARE_READ: Final = 0.9


@dataclass(frozen=True, eq=False)
class Sitting:
    """One reader's readings of one form, by case; `ratings` are those of marks, by their id."""

    reader_id: int
    form: str
    started_at: datetime
    readings: dict[UUID, ScoredReading]
    ratings: dict[str, int]

    def rate_lesions(self, case: UUID) -> list[float]:
        """The highest rating on each lesion that the case asked for; -inf where it was missed."""
        return [
            max((float(self.ratings[mark]) for mark in marks), default=-np.inf)
            for marks in self.readings[case].hits
        ]


def list_sittings(reader_ids: Iterable[int], *, institution: Any) -> dict[int, list[Sitting]]:
    """List the forms that readers completed, oldest first, by reader, in three queries."""
    ids = list(reader_ids)
    sessions = (
        completed_tests().filter(reader__in=ids, institution=institution).order_by("ended_at", "pk")
    )
    by_session: dict[UUID | None, dict[UUID, ScoredReading]] = defaultdict(dict)
    readings = list_scored_readings(ids, institution=institution, mode=Session.Mode.TEST)
    for reading in readings:
        if reading.case_id is not None:
            by_session[reading.session_id][reading.case_id] = reading
    ratings = _list_ratings(ids, institution)
    sittings: dict[int, list[Sitting]] = defaultdict(list)
    for session in sessions:
        if not by_session[session.pk]:
            continue
        sittings[session.reader_id].append(
            Sitting(
                session.reader_id,
                session.form,
                session.started_at,
                by_session[session.pk],
                ratings[session.pk],
            )
        )
    return sittings


def _list_ratings(reader_ids: list[int], institution: Any) -> dict[UUID, dict[str, int]]:
    marks = Mark.objects.filter(
        reading__assignment__session__reader__in=reader_ids,
        reading__assignment__session__institution=institution,
        reading__assignment__session__mode=Session.Mode.TEST,
    )
    found: dict[UUID, dict[str, int]] = defaultdict(dict)
    rows = marks.values_list("reading__assignment__session", "mark_id", "rating")
    for session, mark, rating in rows.order_by():
        found[session][str(mark)] = rating
    return found
