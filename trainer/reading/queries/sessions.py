from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, QuerySet

from trainer.accounts.models import User
from trainer.reading.models import Session
from trainer.reading.rules import own_sessions_q


def own_sessions(user: User | AnonymousUser, *, read: bool = False) -> QuerySet[Session]:
    """The person's sessions, newest first, each with its number of readings.

    Args:
        user: whose.
        read: only those in which something was read. Challenges and test sets have pages of
            their own, and are left out.
    """
    sessions = Session.objects.filter(own_sessions_q(user)).annotate(
        readings=Count("assignments__reading")
    )
    if read:
        sessions = sessions.filter(readings__gt=0).exclude(
            mode__in=[Session.Mode.CHALLENGE, Session.Mode.TEST]
        )
    return sessions.order_by("-started_at", "pk")
