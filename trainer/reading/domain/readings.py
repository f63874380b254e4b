import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Case
from trainer.learning.domain import record_answers
from trainer.reading.answers import check_complete
from trainer.reading.domain.assignments import check_readable
from trainer.reading.domain.forms import check_in_time, end_read_test
from trainer.reading.errors import AlreadyReadError, CaseWithdrawnError, InvalidAnswersError
from trainer.reading.models import Assignment, Draft, Mark, Reading, Score, Session
from trainer.reading.scoring import ScoredReading, score_answers


@dataclass(frozen=True)
class Submission:
    reading: Reading
    created: bool


def submit_reading(
    *, assignment: Assignment, key: uuid.UUID, answers: dict[str, Any], log: dict[str, Any]
) -> Submission:
    """Take a reading for good, score it and move the reader's abilities, all or nothing.

    A challenge moves none, nor does a test set: the form stays what practice is measured by
    (docs/decisions/test-sets.md). The last reading of a test set ends it.

    The same key again gives the reading that was stored: a client whose connection broke
    may repeat the request without knowing whether the first one arrived.

    Raises:
        AlreadyReadError: the case was read under another key.
        CaseWithdrawnError: the case was taken back before it was read.
        TimeUpError, SessionEndedError: the case belongs to a test set that is over.
        InvalidAnswersError: something is missing, contradictory, misplaced or unknown.
    """
    earlier = _earlier_submission(assignment, key)
    if earlier is not None:
        return earlier
    check_readable(assignment)
    check_in_time(assignment.session)
    check_complete(answers, assignment.case)
    # Scoring reads mask files: done before the transaction, which locks the reader's rows.
    scored = score_answers(answers, assignment.case)
    reader = assignment.session.reader
    with transaction.atomic():
        # One reader's submits pass one by one: each ability row builds on the one before.
        get_user_model().objects.select_for_update(no_key=True).get(pk=reader.pk)
        earlier = _earlier_submission(assignment, key)
        if earlier is not None:
            return earlier
        check_in_time(Session.objects.get(pk=assignment.session_id))
        # Whoever takes a case back waits for what is being handed in, and the other way round.
        case = Case.objects.select_for_update(no_key=True).only("withdrawn_at")
        if case.get(pk=assignment.case_id).withdrawn_at is not None:
            raise CaseWithdrawnError()
        try:
            with transaction.atomic():
                reading = _store_reading(assignment, key, answers, log, scored)
        except IntegrityError:
            # The key was used for another reader's case since we looked.
            earlier = _earlier_submission(assignment, key)
            if earlier is None:
                raise
            return earlier
        end_read_test(session=assignment.session)
        if assignment.session.moves_abilities:
            record_answers(
                reader=reader,
                case=assignment.case,
                session=assignment.session_id,
                items=scored.items,
                source=reading.pk,
            )
        return Submission(reading, created=True)


def _earlier_submission(assignment: Assignment, key: uuid.UUID) -> Submission | None:
    reading = Reading.objects.filter(assignment=assignment).first()
    if reading is not None:
        if reading.key != key:
            raise AlreadyReadError()
        return Submission(reading, created=False)
    if Reading.objects.filter(key=key).exists():
        raise InvalidAnswersError({"key": [_("This key was used for another reading.")]})
    return None


def _store_reading(
    assignment: Assignment,
    key: uuid.UUID,
    answers: dict[str, Any],
    log: dict[str, Any],
    scored: ScoredReading,
) -> Reading:
    reading = Reading.objects.create(
        assignment=assignment, key=key, answers=answers, log=log, submitted_at=timezone.now()
    )
    Mark.objects.bulk_create(
        Mark(
            reading=reading,
            mark_id=mark["id"],
            **{name: value for name, value in mark.items() if name != "id"},
        )
        for mark in answers["marks"]
    )
    Score.objects.create(
        reading=reading, method_version=scored.method_version, result=scored.result
    )
    Draft.objects.filter(assignment=assignment).delete()
    return reading
