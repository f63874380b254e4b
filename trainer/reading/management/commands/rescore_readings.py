from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from trainer.measure.scoring import METHOD_VERSION
from trainer.reading.domain.scores import rescore_readings


class Command(BaseCommand):
    help = (
        "Score readings with today's method, where they were scored with an older one. "
        "Adds rows; earlier scores stay. Example: manage.py rescore_readings"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--force", action="store_true", help="also where today's method has been used already"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        done = 0
        for done, _ in enumerate(rescore_readings(force=options["force"]), start=1):
            if done % 100 == 0:
                self.stdout.write(f"{done} readings scored")
        self.stdout.write(f"{done} readings scored with method version {METHOD_VERSION}")
