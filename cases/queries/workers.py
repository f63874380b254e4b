import re
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from cases.models import WorkerHeartbeat

# Four beats missed: the worker is taken for gone.
SILENCE_S = 20.0


def find_live_workers(queue: str) -> QuerySet[WorkerHeartbeat]:
    """Workers of a queue that gave a sign of life lately."""
    since = timezone.now() - timedelta(seconds=SILENCE_S)
    return find_workers(queue).filter(last_seen__gte=since)


def find_workers(queue: str) -> QuerySet[WorkerHeartbeat]:
    """Workers that take from a queue, be it one of several; alive or not."""
    # A worker of several queues notes them as "default,generation".
    return WorkerHeartbeat.objects.filter(queue__regex=rf"(^|,){re.escape(queue)}(,|$)")
