from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cases.models import WorkerHeartbeat

SILENT_S = 60


class Command(BaseCommand):
    help = "Fails when no worker of the queue gave a sign of life in the last minute."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("queue", choices=["generation", "default"])

    def handle(self, *args: Any, **options: Any) -> None:
        since = timezone.now() - timedelta(seconds=SILENT_S)
        queue = options["queue"]
        if not WorkerHeartbeat.objects.filter(queue=queue, last_seen__gte=since).exists():
            raise CommandError(f"no worker of the queue {queue} in the last {SILENT_S} s")
