"""Scored readings as a submit leaves them, without image files."""

from datetime import datetime
from uuid import uuid4

import numpy as np
from django.utils import timezone

from cases.models import Case
from trainer.accounts.models import Institution, User
from trainer.learning.domain import record_answers
from trainer.measure.answers import Answers, CaseTruth, Mark, TrueFinding
from trainer.measure.scoring import score_reading
from trainer.reading.models import Assignment, Reading, Score, Session


def open_session(reader: User, institution: Institution) -> Session:
    session, _ = Session.objects.get_or_create(
        reader=reader, institution=institution, mode=Session.Mode.PRACTICE, ended_at=None
    )
    return session


def store_reading(
    *,
    reader: User,
    institution: Institution,
    case: Case,
    right: bool = True,
    rating: float = 70,
    at: datetime | None = None,
    session: Session | None = None,
) -> Reading:
    """A reading that is right or wrong throughout: lesions and recall, and the density."""
    session = session or open_session(reader, institution)
    truth = load_flat_truth(case)
    lesions = [finding for finding in truth.findings if finding.actionable]
    marks = tuple(
        Mark(str(uuid4()), "left_cc", 10, 10, rating, True, finding.reads_as, finding.descriptors)
        for finding in lesions
    )
    recall = truth.positive == right
    density = truth.overall_density if right else "A" if truth.overall_density != "A" else "B"
    answers = Answers(density, recall, marks if right else ())
    score = score_reading(answers, truth)
    position = session.assignments.count() + 1
    assignment = Assignment.objects.create(session=session, case=case, position=position, why={})
    reading = Reading.objects.create(
        assignment=assignment, key=uuid4(), answers={}, submitted_at=at or timezone.now()
    )
    Score.objects.create(
        reading=reading, method_version=score.method_version, result=score.to_json()
    )
    record_answers(
        reader=reader, case=case, session=session.pk, items=score.items, source=reading.pk
    )
    return reading


def load_flat_truth(case: Case) -> CaseTruth:
    """The truth of a stored case, every finding a small square at (10, 10) of the left CC."""
    mask = np.zeros((32, 32), dtype=bool)
    mask[8:13, 8:13] = True
    return CaseTruth(
        case.truth["density"],
        tuple(
            TrueFinding(
                f.finding_id, f.reads_as or None, f.actionable, f.reader_words, {"left_cc": mask}
            )
            for f in case.findings.all()
        ),
    )
