import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError

from trainer.measure.simulation.page import build_page
from trainer.measure.simulation.report import list_bars, simulate
from trainer.measure.simulation.scenarios import SCENARIOS

# With fewer, coverage of 95 % comes out below 93 or above 97 % by chance alone.
LEAST_LEARNERS: Final = 200


class Command(BaseCommand):
    help = "Lets simulated readers practise with the real selection and update."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--learners", type=int, default=1000, help="how many; 1000 by default")
        parser.add_argument("--seed", type=int, default=1, help="of all draws; 1 by default")
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
        if options["learners"] < LEAST_LEARNERS:
            self.stderr.write(
                f"{options['learners']} learners are too few to judge the bars by: chance alone"
                f" misses some. Take {LEAST_LEARNERS} or more."
            )
        for bar in list_bars(report):
            verdict = "ok" if bar["met"] else "MISSED"
            shown = f"{bar['scenario']}: {bar['name']}: {bar['value']:.3f} ({bar['wanted']})"
            self.stdout.write(f"{verdict:7}{shown}")
