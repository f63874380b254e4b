import socket
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cases.queries import find_workers

SILENT_S = 60


class Command(BaseCommand):
    help = "Fails when no worker of the queue gave a sign of life in the last minute."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("queue", choices=["generation", "default"])
        parser.add_argument(
            "--here", action="store_true", help="look at workers of this machine's name alone"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        since = timezone.now() - timedelta(seconds=SILENT_S)
        queue = options["queue"]
        workers, where = find_workers(queue).filter(last_seen__gte=since), ""
        if options["here"]:
            # Celery's own %h, by which trainer/processes.py names the workers.
            where = f" on {socket.gethostname()}"
            workers = workers.filter(name__endswith=f"@{socket.gethostname()}")
        if not workers.exists():
            raise CommandError(f"no worker of the queue {queue}{where} in the last {SILENT_S} s")
