from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, QuerySet

from trainer.accounts.models import User
from trainer.reading.models import Session
from trainer.reading.rules import own_sessions_q


def own_sessions(user: User | AnonymousUser) -> QuerySet[Session]:
    """The person's sessions, each with its number of readings."""
    return Session.objects.filter(own_sessions_q(user)).annotate(
        readings=Count("assignments__reading")
    )


def read_sessions(user: User | AnonymousUser) -> QuerySet[Session]:
    """The person's sessions in which something was read, newest first.

    Challenges and test sets have pages of their own.
    """
    sessions = (
        Session.objects.filter(own_sessions_q(user))
        .exclude(mode__in=[Session.Mode.CHALLENGE, Session.Mode.TEST])
        .annotate(readings=Count("assignments__reading"))
    )
    return sessions.filter(readings__gt=0).order_by("-started_at", "pk")
