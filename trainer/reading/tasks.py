from celery import shared_task

from trainer.reading.domain import sessions


@shared_task(name="reading.end_idle_sessions", ignore_result=True)
def end_idle_sessions() -> None:
    """End practice that nobody goes on with, so that its summary is there."""
    sessions.end_idle_sessions()
