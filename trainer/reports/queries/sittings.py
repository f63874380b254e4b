"""Test sets that residents sat: each form with its readings, and the ratings of its lesions."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import Q

from trainer.reading.models import Assignment, Mark, Session
from trainer.reading.queries.forms import completed_tests, ended_tests
from trainer.reports.queries.readings import ScoredReading, list_scored_readings

Edition = tuple[str, frozenset[UUID]]


@dataclass(frozen=True, eq=False)
class Sitting:
    """One reader's readings of one form, by case; `ratings` are those of marks, by their id.

    `asked` are the cases of the form as it was then: with other cases it is another edition.
    `completed` says whether it counts: see `completed_tests`.
    """

    reader_id: int
    form: str
    started_at: datetime
    completed: bool
    asked: frozenset[UUID]
    readings: dict[UUID, ScoredReading]
    ratings: dict[str, int]

    @property
    def edition(self) -> Edition:
        """What is read alike, and compared."""
        return self.form, self.asked

    def rate_lesions(self, case: UUID) -> list[float]:
        """The highest rating on each lesion that the case asked for; -inf where it was missed."""
        return [
            max((float(self.ratings[mark]) for mark in marks), default=-np.inf)
            for marks in self.readings[case].hits
        ]


def list_sittings(reader_ids: Iterable[int], *, institution: Any) -> dict[int, list[Sitting]]:
    """List the forms of which readers read anything, oldest first, by reader, in five queries."""
    ids = list(reader_ids)
    own = Q(reader__in=ids, institution=institution)
    completed = set(completed_tests().filter(own).values_list("pk", flat=True))
    by_session: dict[UUID | None, dict[UUID, ScoredReading]] = defaultdict(dict)
    readings = list_scored_readings(ids, institution=institution, mode=Session.Mode.TEST)
    for reading in readings:
        if reading.case_id is not None:
            by_session[reading.session_id][reading.case_id] = reading
    ratings = _list_ratings(ids, institution)
    asked = _list_asked(own)
    sittings: dict[int, list[Sitting]] = defaultdict(list)
    for session in ended_tests().filter(own).order_by("ended_at", "pk"):
        if not by_session[session.pk]:
            continue
        sittings[session.reader_id].append(
            Sitting(
                session.reader_id,
                session.form,
                session.started_at,
                session.pk in completed,
                frozenset(asked[session.pk]),
                by_session[session.pk],
                ratings[session.pk],
            )
        )
    return sittings


def _list_asked(sessions: Q) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = defaultdict(set)
    given = Assignment.objects.filter(session__in=ended_tests().filter(sessions).values("pk"))
    for session, case in given.order_by().values_list("session", "case"):
        found[session].add(case)
    return found


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
