from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, QuerySet, Subquery

from cases.models import Case
from trainer.accounts.models import User
from trainer.reading.models import Reading
from trainer.reading.queries.scores import newest_scores
from trainer.reading.rules import own_readings_q, tested_cases_q


def own_readings(user: User | AnonymousUser) -> QuerySet[Reading]:
    """The person's readings, newest first, each with its newest score's main results.

    Those of cases of an open test set are not among them: what they came to is told at its end.
    """
    newest = newest_scores().filter(reading=OuterRef("pk"))
    return (
        Reading.objects.filter(own_readings_q(user))
        .exclude(assignment__case__in=Case.objects.filter(tested_cases_q(user)).values("pk"))
        .select_related("assignment")
        .annotate(
            recall_correct=Subquery(newest.values("result__recall_correct")),
            positive=Subquery(newest.values("result__positive")),
        )
        .order_by("-submitted_at", "pk")
    )


def readings_with_truth(user: User | AnonymousUser) -> QuerySet[Reading]:
    """The person's readings with all that feedback takes."""
    return (
        Reading.objects.filter(own_readings_q(user))
        .select_related("assignment__case", "assignment__session")
        .prefetch_related("assignment__case__views", "assignment__case__findings__views")
    )
