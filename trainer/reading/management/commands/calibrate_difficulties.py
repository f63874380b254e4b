from typing import Any

from django.core.management.base import BaseCommand

from trainer.learning.domain.calibrating import calibrate_difficulties
from trainer.reading.queries.replay import list_recorded_answers


class Command(BaseCommand):
    help = (
        "Fit the model of difficulties to all answers and flag cases that contradict their truth, "
        "as beat does every night. Example: python manage.py calibrate_difficulties"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        fit = calibrate_difficulties(answers=list_recorded_answers())
        went = "applied" if fit.applied else "kept on record alone: too few answers"
        self.stdout.write(
            f"fit {fit.pk} to {fit.answers} answers of {fit.readers} readers, {went}; "
            f"{fit.flagged} cases flagged"
        )
