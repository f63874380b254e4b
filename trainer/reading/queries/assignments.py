from typing import Final
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from cases.models import CaseRequest, SandboxCase
from trainer.accounts.models import User
from trainer.reading.models import Assignment, Draft, Session
from trainer.reading.rules import open_tests_q, own_assignments_q

# Nobody has drawn their cases for practice: they owe it no normal.
_APART: Final = (Session.Mode.CHALLENGE, Session.Mode.TEST)


def own_assignments(user: User | AnonymousUser) -> QuerySet[Assignment]:
    """The person's assignments with all that showing one takes."""
    return (
        Assignment.objects.filter(own_assignments_q(user))
        .select_related("session__reader", "case", "draft", "reading")
        .prefetch_related("case__views")
    )


def find_begun_reading(user: User) -> UUID | None:
    """The assignment that the person left with answers to it that were not handed in, if any."""
    over = Session.objects.filter(mode=Session.Mode.TEST).exclude(open_tests_q())
    begun = Draft.objects.exclude(assignment__session__in=over).filter(
        assignment__session__reader=user,
        assignment__reading__isnull=True,
        assignment__case__withdrawn_at__isnull=True,
    )
    return begun.order_by("-updated_at").values_list("assignment", flat=True).first()


def find_given_cases(reader: User) -> frozenset[UUID]:
    """Cases that a reader was given to read, challenges and test sets apart."""
    given = Assignment.objects.filter(session__reader=reader).exclude(session__mode__in=_APART)
    return frozenset(given.values_list("case", flat=True))


def find_known_cases(reader: User) -> frozenset[UUID]:
    """Cases that a reader knows otherwise: of challenges, of test sets and of the own sandbox.

    A challenge shows the normal case that it was made of, and may be accepted at any time.
    """
    apart = Assignment.objects.filter(session__reader=reader, session__mode__in=_APART)
    rows = apart.values_list("case", "case__variant_of")
    own = SandboxCase.objects.filter(owner=reader).values_list("base", flat=True)
    open_ones = CaseRequest.objects.filter(
        challenges__colleague=reader, challenges__answer="open", variant_of__isnull=False
    )
    asked = open_ones.values_list("variant_of", flat=True)
    return frozenset({case for row in [*rows, own, asked] for case in row if case is not None})
