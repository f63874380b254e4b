from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from trainer.stock import STOCK_SIZE, request_stock


class Command(BaseCommand):
    help = "Asks for a first stock of cases; asked again, it asks only for what is missing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--size", type=int, default=STOCK_SIZE)

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"asked for {request_stock(size=options['size'])} cases")
