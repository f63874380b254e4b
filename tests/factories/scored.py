"""Scored readings as a submit leaves them, without image files."""

from collections.abc import Collection, Mapping, Sequence
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
from trainer.reading.models import Mark as StoredMark


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
    false_rating: float | None = None,
    at: datetime | None = None,
    session: Session | None = None,
    learn: bool = True,
) -> Reading:
    """A reading that is right or wrong throughout: lesions and recall, assessment and density.

    `false_rating` adds a mark where nothing is; `learn` moves abilities, as a submit does.
    """
    session = session or open_session(reader, institution)
    truth = load_flat_truth(case)
    lesions = [finding for finding in truth.findings if finding.actionable]
    marks = [
        Mark(str(uuid4()), "left_cc", 10, 10, rating, True, finding.reads_as, finding.descriptors)
        for finding in (lesions if right else [])
    ]
    if false_rating is not None:
        marks.append(Mark(str(uuid4()), "left_cc", 200, 200, false_rating, True, "mass", {}))
    recall = truth.positive == right
    density = truth.overall_density if right else "A" if truth.overall_density != "A" else "B"
    score = score_reading(Answers(density, recall, tuple(marks)), truth)
    position = session.assignments.count() + 1
    assignment = Assignment.objects.create(session=session, case=case, position=position, why={})
    breasts = {"left": {"assessment": "4" if recall else "1"}, "right": {"assessment": "1"}}
    reading = Reading.objects.create(
        assignment=assignment,
        key=uuid4(),
        answers={"density": density, "breasts": breasts, "recall": recall, "marks": []},
        submitted_at=at or timezone.now(),
    )
    for mark in marks:
        StoredMark.objects.create(
            reading=reading,
            mark_id=mark.id,
            view=mark.view,
            x=mark.x,
            y=mark.y,
            rating=int(mark.rating),
            kind=mark.kind,
            suspicious=True,
        )
    Score.objects.create(
        reading=reading, method_version=score.method_version, result=score.to_json()
    )
    if learn:
        record_answers(
            reader=reader, case=case, session=session.pk, items=score.items, source=reading.pk
        )
    return reading


def sit_form(
    reader: User,
    institution: Institution,
    form: str,
    cases: Sequence[Case],
    *,
    wrong: Collection[int] = (),
    rated: Mapping[int, float] | None = None,
) -> Session:
    """A test set read to its end; wrong in the places of `wrong`.

    `rated` gives the rating of the mark in a place: on the lesion, or a false one where none is.
    """
    session = Session.objects.create(
        reader=reader, institution=institution, mode=Session.Mode.TEST, form=form
    )
    for place, case in enumerate(cases):
        rating = (rated or {}).get(place)
        false = None if case.positive else rating
        store_reading(
            reader=reader,
            institution=institution,
            case=case,
            right=place not in wrong,
            rating=70 if rating is None else rating,
            false_rating=false,
            session=session,
            learn=False,
        )
    session.ended_at = timezone.now()
    session.save(update_fields=["ended_at"])
    return session


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
