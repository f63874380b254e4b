from uuid import UUID

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


def find_begun_reading(user: User) -> UUID | None:
    """The assignment that the person left with answers to it that were not handed in, if any."""
    begun = Draft.objects.filter(
        assignment__session__reader=user,
        assignment__reading__isnull=True,
        assignment__case__withdrawn_at__isnull=True,
    )
    return begun.order_by("-updated_at").values_list("assignment", flat=True).first()
