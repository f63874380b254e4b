from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from trainer.accounts.models import User
from trainer.reading.models import Assignment, Draft
from trainer.reading.rules import own_assignments_q


def own_assignments(user: User | AnonymousUser) -> QuerySet[Assignment]:
    """The person's assignments with all that showing one takes."""
    return (
        Assignment.objects.filter(own_assignments_q(user))
        .select_related("session__reader", "case", "draft", "reading")
        .prefetch_related("case__views")
    )


def has_begun_reading(user: User) -> bool:
    """Whether the person left a case with answers to it that were not handed in."""
    return Draft.objects.filter(
        assignment__session__reader=user,
        assignment__reading__isnull=True,
        assignment__case__withdrawn_at__isnull=True,
    ).exists()
