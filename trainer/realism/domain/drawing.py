"""Drawing a test: so many images, in pairs that are alike in all that is not tissue."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

import numpy as np
from django.db import transaction
from django.utils import timezone

from cases.domain.files import files_kept_on_success, write_file
from cases.domain.withdrawal import withdraw_case
from cases.frames import encode_frame
from cases.generators import default_generator, find_installed
from cases.models import Case
from cases.previews import encode_preview
from generation.packages.registry import InstalledGenerator
from generation.realism.cutting import Extent, share_extent
from generation.realism.framing import Framed, frame
from trainer.measure.pairing import pair_alike
from trainer.measure.realism import DEFAULT_MARGIN
from trainer.realism.cues import measure_cues
from trainer.realism.errors import RealImagesError
from trainer.realism.models import RealImage, RealismImage, RealismTest
from trainer.realism.queries.material import (
    DrawnView,
    find_drawn,
    list_real,
    open_case_view,
    open_real_image,
    unknown_cases,
)

ROOT = "realism"
LEAST_COUNT, DEFAULT_COUNT = 4, 40
# Readers are told that the share is not known: it lies between these, by the seed.
LEAST_SHARE = 0.4
# A class of density apart weighs as much as a fifth in size.
DENSITY_COST = 0.2
DENSITIES = "ABCD"
TAKEN_OUT = "Shown in the test of real and synthetic images."

Say = Callable[[str], None]
Pair = tuple[RealImage, DrawnView]


@dataclass(frozen=True)
class Plan:
    """Which images are shown, each with the one whose size it is cut to."""

    real: list[Pair]
    drawn: list[Pair]


def draw_test(
    *,
    count: int = DEFAULT_COUNT,
    seed: int = 0,
    margin: float = DEFAULT_MARGIN,
    generator: str = "",
    say: Say = lambda _: None,
) -> RealismTest:
    """Draw a test that readers can begin, in the place of the one before.

    The cases whose views it shows are taken out of practice.

    Raises:
        RealImagesError: if there are too few real images or too few unread cases, or if a case
            was given to somebody while its image was made.
        GeneratorError: if the generator is not installed.
    """
    if count < LEAST_COUNT:
        raise RealImagesError(f"A test has at least {LEAST_COUNT} images.")
    if not 0 < margin < 0.5:
        raise RealImagesError("The margin lies between 0 and 0.5.")
    chosen = find_installed(generator) if generator else default_generator()
    rng = np.random.default_rng(seed)
    plan = _plan(count, chosen, rng)
    test = RealismTest(
        seed=seed,
        margin=margin,
        weights_hash=chosen.sha256,
        generator_name=chosen.name,
        licences=_say_licences(plan),
    )
    folder = f"{ROOT}/{uuid4()}"
    with files_kept_on_success(folder):
        images = _make_images(test, plan, folder, say)
        test.cues = measure_cues(images)
        _store(test, [image for image, _ in images], plan)
    return test


def draw_share(count: int, rng: np.random.Generator) -> int:
    """How many images of a test are real: about half, and readers cannot count on which."""
    least = int(np.ceil(LEAST_SHARE * count))
    return int(rng.integers(least, count - least + 1))


def _plan(count: int, generator: InstalledGenerator, rng: np.random.Generator) -> Plan:
    n_real = draw_share(count, rng)
    real = list_real()
    if not real:
        raise RealImagesError("This site has no real images: import some first.")
    kinds = {(image.side, image.view) for image in real}
    drawn = find_drawn(generator.sha256, kinds=kinds, count=count - n_real, rng=rng)
    pairs = [(real[row], drawn[column]) for row, column in _pair(real, drawn)]
    wanted = max(n_real, count - n_real)
    if len(pairs) < wanted:
        raise RealImagesError(
            f"A test of {count} images needs {wanted} pairs of a real and a synthetic image of the "
            f"same side and view, each of another woman; there are {len(pairs)} "
            f"({len(real)} real images, {len(drawn)} unread cases by this generator without a "
            "finding in such a view). Import more, have more cases made, or ask for fewer."
        )
    # The most alike are taken; of the surplus only one image of each pair is shown.
    return Plan(pairs[:n_real], pairs[: count - n_real])


def _pair(real: list[RealImage], drawn: list[DrawnView]) -> list[tuple[int, int]]:
    cost = np.array([[_unlike(one, other) for other in drawn] for one in real])
    women: dict[tuple[object, int], int] = {}
    groups = [women.setdefault((one.batch_id, one.woman), len(women)) for one in real]
    return pair_alike(
        cost.reshape(len(real), len(drawn)),
        first=np.array(groups, np.intp),
        second=np.arange(len(drawn), dtype=np.intp),
    )


def _unlike(real: RealImage, drawn: DrawnView) -> float:
    if (real.side, real.view) != (drawn.row.side, drawn.row.view):
        return float("inf")
    apart = 0
    if real.density:
        apart = abs(DENSITIES.index(real.density) - DENSITIES.index(drawn.density))
    return Extent(**real.extent).distance(drawn.extent) + DENSITY_COST * apart


def _say_licences(plan: Plan) -> list[dict[str, str]]:
    said = {(real.batch.licence, real.batch.source) for real, _ in plan.real}
    return [{"licence": licence, "source": source} for licence, source in sorted(said)]


def _make_images(
    test: RealismTest, plan: Plan, folder: str, say: Say
) -> list[tuple[RealismImage, Framed]]:
    """Rows with their files written, and what they show; the order tells nothing."""
    wanted = [(True, *pair) for pair in plan.real] + [(False, *pair) for pair in plan.drawn]
    images = []
    for number, (is_real, real, drawn) in enumerate(wanted, start=1):
        say(f"image {number} of {len(wanted)}")
        view, storage = open_real_image(real)
        other = open_case_view(drawn.row, storage)
        piece = share_extent(view.extent, other.extent)
        shown = frame(view if is_real else other, piece, side=real.side)
        row = RealismImage(
            test=test,
            real=is_real,
            case=None if is_real else drawn.row.case,
            side=real.side,
            view=real.view,
            density=real.density if is_real else drawn.density,
            pixel_mm=drawn.row.pixel_mm,
            folder=folder,
        )
        images.append((_write(row, shown), shown))
    return images


def _write(row: RealismImage, shown: Framed) -> RealismImage:
    code = encode_frame(shown.pixels)
    window = {"center": shown.window_center, "width": shown.window_width}
    row.height, row.width = shown.pixels.shape
    row.window_center, row.window_width = shown.window_center, shown.window_width
    row.frame = write_file(row.folder, f"{row.pk}.frame", code.data)
    row.frame_bytes, row.frame_sha256 = code.size, code.sha256
    row.preview = write_file(row.folder, f"{row.pk}.png", encode_preview(shown.pixels, **window))
    return row


def _store(test: RealismTest, images: list[RealismImage], plan: Plan) -> None:
    shown = [drawn.row.case_id for _, drawn in plan.drawn]
    with transaction.atomic():
        # Making the images takes minutes, in which readers go on. The lock is the strong one: it
        # waits for whoever is being given one of these cases.
        cases = list(Case.objects.select_for_update(of=("self",)).filter(pk__in=shown))
        if unknown_cases().filter(pk__in=shown).count() < len(shown):
            raise RealImagesError(
                "While the images were made, somebody came to know a case among them. No test was "
                "drawn: draw again."
            )
        RealismTest.objects.filter(closed_at=None).update(closed_at=timezone.now())
        test.save(force_insert=True)
        RealismImage.objects.bulk_create(images)
        for case in cases:
            withdraw_case(case=case, withdrawn_by=None, reason=TAKEN_OUT)
