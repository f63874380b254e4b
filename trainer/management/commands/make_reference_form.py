from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from trainer.learning.domain.forms import order_reference_form
from trainer.learning.queries.forms import FormMaking, report_making


class Command(BaseCommand):
    help = (
        "Asks for the cases of the reference form, each once on a site, and says how far they "
        "are. Example: python manage.py make_reference_form --retry"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--retry", action="store_true", help="try those that failed again")

    def handle(self, *args: Any, **options: Any) -> None:
        asked = order_reference_form(retry=options["retry"])
        self.stdout.write(f"asked for {asked} cases")
        for making in report_making().values():
            self.stdout.write(describe(making))
            for reason in making.reasons:
                self.stdout.write(f"  failed: {reason}")


def describe(making: FormMaking) -> str:
    """One line: how far a form is, naming only what there is of."""
    counts = {
        "being made": making.running,
        "waiting": making.waiting,
        "failed": making.failed,
        "withdrawn": making.withdrawn,
    }
    rest = "".join(f", {n} {what}" for what, n in counts.items() if n)
    return f"form {making.form}: {making.ready} of {making.cases} ready{rest}"
