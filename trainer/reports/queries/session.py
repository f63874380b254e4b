"""What one session of practice came to: what was read, what improved, what to work on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from trainer.learning.queries.abilities import NEW_READER, AbilityState, list_history
from trainer.measure.ability import Estimate, estimate_competency
from trainer.measure.competencies import COMPETENCIES, LABELS
from trainer.measure.proportions import MINIMUM_N
from trainer.reading.models import Reading, Session
from trainer.reading.queries.scores import newest_scores

# Smaller changes are noise to a reader, whatever their sign.
NOTABLE: Final = 0.05
# More at a time is no advice.
MOST_TO_WORK_ON: Final = 3


@dataclass(frozen=True)
class CaseRow:
    """One case of the session; `missed` names the lesions that were asked for and not found."""

    reading: UUID
    position: int
    submitted_at: datetime
    minutes: float
    positive: bool
    recall_correct: bool
    density_correct: bool
    lesions: int
    lesions_found: int
    false_marks: int
    missed: tuple[str, ...]


@dataclass(frozen=True)
class CompetencyRow:
    """What was asked of a competency in the session, and what it changed in the estimate.

    `change` is None where too few items were ever answered to show one.
    """

    competency: str
    label: str
    asked: int
    right: int
    change: float | None


@dataclass(frozen=True)
class SessionReport:
    minutes: float
    cases: tuple[CaseRow, ...]
    competencies: tuple[CompetencyRow, ...]

    @property
    def improved(self) -> tuple[CompetencyRow, ...]:
        """Those whose estimate rose notably, the most first."""
        risen = [row for row in self.competencies if (row.change or 0.0) >= NOTABLE]
        return tuple(sorted(risen, key=lambda row: -(row.change or 0.0)))

    @property
    def work_on(self) -> tuple[CompetencyRow, ...]:
        """Those in which something went wrong, by the share that did."""
        wrong = [row for row in self.competencies if row.right < row.asked]
        return tuple(sorted(wrong, key=lambda row: row.right / row.asked)[:MOST_TO_WORK_ON])

    @property
    def look_again(self) -> tuple[CaseRow, ...]:
        """Cases whose recall was wrong or in which a lesion was missed."""
        return tuple(row for row in self.cases if row.missed or not row.recall_correct)


def report_session(session: Session) -> SessionReport:
    """Report what a session came to so far."""
    readings = (
        Reading.objects.filter(assignment__session=session)
        .select_related("assignment__case")
        .prefetch_related(Prefetch("scores", newest_scores()), "assignment__case__findings")
        .order_by("submitted_at", "pk")
    )
    scored = [(reading, reading.scores.all()[0].result) for reading in readings]
    cases = tuple(make_case_row(reading, result) for reading, result in scored)
    items = [item for _reading, result in scored for item in result["items"]]
    return SessionReport(
        minutes=sum(row.minutes for row in cases),
        cases=cases,
        competencies=_list_competencies(session, items),
    )


def make_case_row(reading: Reading, result: dict[str, Any]) -> CaseRow:
    """One case as its score has it; takes the findings of the case."""
    asked = [lesion for lesion in result["lesions"] if lesion.get("asked", True)]
    labels = {each.finding_id: _(each.label) for each in reading.assignment.case.findings.all()}
    return CaseRow(
        reading=reading.pk,
        position=reading.assignment.position,
        submitted_at=reading.submitted_at,
        minutes=float(reading.log.get("total_ms", 0.0)) / 60_000,
        positive=result["positive"],
        recall_correct=result["recall_correct"],
        density_correct=result["density_correct"],
        lesions=len(asked),
        lesions_found=sum(lesion["hit"] for lesion in asked),
        false_marks=result["false_marks"],
        missed=tuple(labels[each["finding"]] for each in asked if not each["hit"]),
    )


def _list_competencies(
    session: Session, items: Iterable[dict[str, Any]]
) -> tuple[CompetencyRow, ...]:
    answers: dict[str, list[bool]] = {}
    for item in items:
        answers.setdefault(item["competency"], []).append(item["correct"])
    before, after = _find_states(session)
    return tuple(
        CompetencyRow(
            competency,
            _(LABELS[competency]),
            asked=len(answers[competency]),
            right=sum(answers[competency]),
            change=_find_change(before, after, competency),
        )
        for competency in COMPETENCIES
        if competency in answers
    )


def _find_states(session: Session) -> tuple[AbilityState, AbilityState]:
    """What was known of the reader before the session's first answer and after its last."""
    history = list_history(session.reader)
    places = [place for place, row in enumerate(history) if row.session == session.pk]
    if not places:
        state = AbilityState.after(history[-1]) if history else NEW_READER
        return state, state
    first, last = places[0], places[-1]
    before = AbilityState.after(history[first - 1]) if first > 0 else NEW_READER
    return before, AbilityState.after(history[last])


def _find_change(before: AbilityState, after: AbilityState, competency: str) -> float | None:
    if before.counts.get(competency, 0) < MINIMUM_N:
        return None
    then, now = (_estimate(state, competency) for state in (before, after))
    return now.mean - then.mean


def _estimate(state: AbilityState, competency: str) -> Estimate:
    return estimate_competency(state.ability, competency)
