from django.db.models import OuterRef, QuerySet, Subquery

from trainer.reading.models import Reading, Score


def newest_scores() -> QuerySet[Score]:
    """The score that counts of each reading: its newest."""
    of_reading = Score.objects.filter(reading=OuterRef("reading")).order_by("-created_at", "-pk")
    return Score.objects.filter(pk=Subquery(of_reading.values("pk")[:1])).order_by("pk")


def newest_score(reading: Reading) -> Score:
    """The score that counts: every reading has one from the moment it was submitted."""
    return newest_scores().get(reading=reading)
