from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, QuerySet, Subquery

from trainer.accounts.models import User
from trainer.reading.models import CaseNote, Reading
from trainer.reading.rules import own_notes_q


def own_notes(user: User | AnonymousUser) -> QuerySet[CaseNote]:
    """The person's notes, newest first, each with the person's reading of its case."""
    readings = Reading.objects.filter(
        assignment__case=OuterRef("case"), assignment__session__reader=OuterRef("reader")
    ).order_by("-submitted_at")
    return (
        CaseNote.objects.filter(own_notes_q(user))
        .select_related("case")
        .annotate(
            reading=Subquery(readings.values("pk")[:1]),
            read_at=Subquery(readings.values("submitted_at")[:1]),
        )
        .order_by("-updated_at", "pk")
    )
