from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from trainer.realism.domain.importing import import_real_images, remove_real_images
from trainer.realism.errors import RealImagesError

EXAMPLE = (
    "Example: import_real_images /srv/mammograms --licence 'CC BY 4.0' "
    "--source 'CDD-CESM, TCIA 2021, doi 10.7937/29kw-ae92' --i-may-show-them"
)


class Command(BaseCommand):
    help = (
        "Takes in the site's own licensed real images for the test of real and synthetic images, "
        f"and for nothing else. See docs/operating.md. {EXAMPLE}"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder", nargs="?", type=Path, help="DICOM, PNG or JPEG: docs/training-data.md"
        )
        parser.add_argument("--licence", default="", help="under which they may be shown")
        parser.add_argument("--source", default="", help="where they come from, for the credits")
        parser.add_argument(
            "--i-may-show-them",
            action="store_true",
            help="declares that the licence lets this site show them to its signed-in readers",
        )
        parser.add_argument(
            "--remove",
            action="store_true",
            help="remove all real images of the site; what readers answered stays as figures",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["remove"]:
            if options["folder"] is not None:
                raise CommandError("--remove takes no folder: it removes all real images.")
            count = remove_real_images()
            self.stdout.write(f"Removed {count} real images; what readers answered is kept.")
            return
        if options["folder"] is None:
            raise CommandError(f"Name a folder. {EXAMPLE}")
        try:
            imported = import_real_images(
                folder=options["folder"],
                licence=options["licence"],
                source=options["source"],
                acknowledged=options["i_may_show_them"],
                say=self._say(options["verbosity"]),
            )
        except RealImagesError as error:
            raise CommandError(str(error)) from error
        self._report(imported.left_out)
        if imported.batch is None:
            raise CommandError("None of these images can be used.")
        self.stdout.write(
            f"Imported {imported.batch.images} real images. Now draw a test of them: "
            "python manage.py draw_realism_test --seed 1"
        )

    def _say(self, verbosity: int) -> Any:
        return self.stderr.write if verbosity > 1 else lambda _: None

    def _report(self, left_out: Counter[str]) -> None:
        for reason, count in left_out.most_common():
            self.stdout.write(f"left out {count}: {reason}")
