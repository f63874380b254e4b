from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from cases.models import WorkerHeartbeat

# Four beats missed: the worker is taken for gone.
SILENCE_S = 20.0


def find_live_workers(queue: str) -> QuerySet[WorkerHeartbeat]:
    """Workers of a queue that gave a sign of life lately."""
    since = timezone.now() - timedelta(seconds=SILENCE_S)
    return WorkerHeartbeat.objects.filter(queue=queue, last_seen__gte=since)
