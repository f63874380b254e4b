"""Normal cases that a person may take into the sandbox: nothing still to be read is told."""

from typing import Any

from django.db.models import Max, Q, QuerySet

from cases.models import Case, CaseRequest, SandboxCase
from cases.queries import ready_cases
from trainer.challenges.models import Answer
from trainer.learning.queries.forms import in_form_q
from trainer.reading.models import Assignment, Reading, Session

# A reader knows the truth of these; a test set is read again.
TAUGHT_BY = (Session.Mode.PRACTICE, Session.Mode.ASSESSMENT)


def normal_cases() -> QuerySet[Case]:
    """Cases without any finding, taken with the usual dose, in use and in no test set."""
    plain = ready_cases().filter(~in_form_q(), positive=False, findings=None)
    return plain.filter(spec__dose=1.0, spec__lesions=[])


def read_normals(person: Any) -> QuerySet[Case]:
    """Normal cases that a person has read and knows the truth of, the latest first."""
    readings = Reading.objects.filter(
        assignment__session__reader=person, assignment__session__mode__in=TAUGHT_BY
    )
    own = Q(assignments__session__reader=person, assignments__session__mode__in=TAUGHT_BY)
    return (
        normal_cases()
        .filter(pk__in=readings.values("assignment__case"))
        .annotate(read_at=Max("assignments__reading__submitted_at", filter=own))
        .order_by("-read_at", "pk")
    )


def unread_normals(person: Any, institution: Any) -> QuerySet[Case]:
    """Normal cases of the stock that a person was never given and does not know."""
    given = Assignment.objects.filter(session__reader=person)
    known = SandboxCase.objects.filter(owner=person)
    asked = CaseRequest.objects.filter(
        challenges__colleague=person, challenges__answer=Answer.OPEN, variant_of__isnull=False
    )
    return (
        normal_cases()
        .filter(Q(institution=None) | Q(institution=institution))
        .exclude(pk__in=given.values("case"))
        .exclude(pk__in=given.filter(case__variant_of__isnull=False).values("case__variant_of"))
        .exclude(pk__in=known.values("base"))
        .exclude(pk__in=asked.values("variant_of"))
    )
