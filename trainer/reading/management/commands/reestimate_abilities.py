from typing import Any

from django.core.management.base import BaseCommand

from trainer.learning.domain import replay_answers
from trainer.learning.models import AbilityEstimate
from trainer.reading.queries.replay import list_recorded_answers


class Command(BaseCommand):
    help = (
        "Estimate every reader's abilities and every item's difficulty anew from all readings, "
        "as their newest scores have them. Earlier estimates stay on record. "
        "Example: python manage.py reestimate_abilities"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        run = replay_answers(answers=list_recorded_answers())
        n = AbilityEstimate.objects.filter(run=run).count()
        self.stdout.write(f"run {run}: {n} readings replayed")
