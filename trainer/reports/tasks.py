"""What beat asks for by night: all answers are looked at together."""

from celery import shared_task

from trainer.learning.domain.calibrating import calibrate_difficulties
from trainer.reports.queries.replay import list_recorded_answers


@shared_task(name="reports.calibrate", ignore_result=True)
def calibrate_by_night() -> None:
    """Refit what difficulties start from, and flag cases that contradict their truth."""
    calibrate_difficulties(answers=list_recorded_answers())
