from datetime import timedelta

from django.utils import timezone

from cases.models import WorkerHeartbeat

FORGOTTEN_AFTER = timedelta(days=7)


def record_heartbeat(*, name: str, queue: str) -> None:
    """Note that a worker is alive."""
    WorkerHeartbeat.objects.update_or_create(
        name=name, defaults={"queue": queue, "last_seen": timezone.now()}
    )


def end_heartbeat(*, name: str) -> None:
    """Note that a worker has ended in order."""
    WorkerHeartbeat.objects.filter(name=name).delete()


def forget_old_workers() -> int:
    """Drop the rows of workers not seen for a week: containers come with ever new names."""
    forgotten, _ = WorkerHeartbeat.objects.filter(
        last_seen__lt=timezone.now() - FORGOTTEN_AFTER
    ).delete()
    return forgotten
