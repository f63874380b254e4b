from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from trainer.accounts.models import User
from trainer.reading.models import Assignment
from trainer.reading.rules import own_assignments_q


def own_assignments(user: User | AnonymousUser) -> QuerySet[Assignment]:
    """The person's assignments with all that showing one takes."""
    return (
        Assignment.objects.filter(own_assignments_q(user))
        .select_related("session__reader", "case", "draft", "reading")
        .prefetch_related("case__views")
    )
