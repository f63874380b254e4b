from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cases.errors import GeneratorError
from trainer.measure.realism import DEFAULT_MARGIN
from trainer.measure.roc import MINIMUM_PER_CLASS
from trainer.realism.domain.drawing import DEFAULT_COUNT, draw_test
from trainer.realism.errors import RealImagesError

# Beyond these a cue alone tells the images apart better than the margin lets readers.
FAIR = (0.35, 0.65)


class Command(BaseCommand):
    help = (
        "Draws a test of real and synthetic images that readers can begin; the one before takes "
        "no new readers then. Margin, seed and generator are settled here, before any answer. "
        "Example: draw_realism_test --count 40 --seed 7"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--count", type=int, default=DEFAULT_COUNT, help="images; 40")
        parser.add_argument("--seed", type=int, default=1, help="of what is chosen and how many")
        parser.add_argument(
            "--margin",
            type=float,
            default=DEFAULT_MARGIN,
            help="how far from 0.5 the area may lie to be called equivalent; 0.1",
        )
        parser.add_argument("--generator", default="", help="name or SHA-256; the default one")

    def handle(self, *args: Any, **options: Any) -> None:
        verbose = options["verbosity"] > 1
        try:
            test = draw_test(
                count=options["count"],
                seed=options["seed"],
                margin=options["margin"],
                generator=options["generator"],
                say=self.stderr.write if verbose else lambda _: None,
            )
        except (RealImagesError, GeneratorError) as error:
            raise CommandError(str(error)) from error
        count = test.images.count()
        self.stdout.write(f"Drew a test of {count} images for “{test.generator_name}”.")
        for cue, area in test.cues.items():
            told = "" if FAIR[0] <= area <= FAIR[1] else "  <- tells them apart by itself"
            self.stdout.write(f"{cue} alone: area {area:.2f}{told}")
        shares = [test.images.filter(real=real).count() for real in (True, False)]
        if min(shares) < MINIMUM_PER_CLASS:
            self.stdout.write(
                f"With fewer than {MINIMUM_PER_CLASS} images of a kind it gives no figures."
            )
