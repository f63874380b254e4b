"""What beat asks for: sessions are ended, and by night all answers are looked at together."""

from celery import shared_task

from trainer.learning.domain.calibrating import calibrate_difficulties
from trainer.reading.domain import forms, sessions
from trainer.reading.queries.replay import list_recorded_answers


@shared_task(name="reading.end_idle_sessions", ignore_result=True)
def end_idle_sessions() -> None:
    """End practice that nobody goes on with, so that its summary is there."""
    sessions.end_idle_sessions()


@shared_task(name="reading.calibrate", ignore_result=True)
def calibrate_by_night() -> None:
    """Refit what difficulties start from, and flag cases that contradict their truth."""
    calibrate_difficulties(answers=list_recorded_answers())


@shared_task(name="reading.end_overdue_tests", ignore_result=True)
def end_overdue_tests() -> None:
    """End test sets whose time is up, so that their results are there."""
    forms.end_overdue_tests()
