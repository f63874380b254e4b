import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from trainer.measure.simulation.page import build_page
from trainer.measure.simulation.report import list_bars, simulate
from trainer.measure.simulation.scenarios import SCENARIOS


class Command(BaseCommand):
    help = "Lets simulated readers practise with the real selection and update."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--learners", type=int, default=1000)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--scenario", choices=sorted(SCENARIOS), help="all when left out")
        parser.add_argument("--json", action="store_true", help="print the whole report")
        parser.add_argument("--page", type=Path, help="write an HTML page there")

    def handle(self, *args: Any, **options: Any) -> None:
        scenarios = [options["scenario"]] if options["scenario"] else list(SCENARIOS)
        try:
            report = simulate(options["learners"], options["seed"], scenarios)
        except ValueError as error:
            raise CommandError(str(error)) from error
        if options["page"]:
            options["page"].parent.mkdir(parents=True, exist_ok=True)
            options["page"].write_text(build_page(report))
        if options["json"]:
            self.stdout.write(json.dumps(report, indent=2))
            return
        for bar in list_bars(report):
            verdict = "ok" if bar["met"] else "MISSED"
            shown = f"{bar['scenario']}: {bar['name']}: {bar['value']:.3f} ({bar['wanted']})"
            self.stdout.write(f"{verdict:7}{shown}")
