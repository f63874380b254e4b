"""Tests of real and synthetic images as values for the serializers."""

from typing import Any

from django.urls import reverse

from cases.frames import ENCODING
from trainer.accounts.models import User
from trainer.measure.mrmc import MINIMUM_READERS
from trainer.measure.realism import UNDECIDED, Discrimination
from trainer.measure.roc import MINIMUM_PER_CLASS
from trainer.realism.models import RealismAnswer, RealismImage, RealismReading
from trainer.realism.queries.results import (
    ImageResult,
    SiteResult,
    reader_result,
    site_result,
)
from trainer.realism.queries.tests import (
    count_real_images,
    open_test,
    order_images,
    progress_of,
)


def describe_state(reader: User) -> dict[str, Any]:
    """Whether there is a test, and how far the reader is with it."""
    test, real_images = open_test(), count_real_images()
    progress = progress_of(reader)
    return {
        "offer": "offered" if test else "no_test" if real_images else "no_images",
        "real_images": real_images,
        "images": test and test.images.count(),
        "margin": test and test.margin,
        "generator_name": test and test.generator_name,
        "licences": test.licences if test else [],
        "reading": next((each for each in progress if test and each.test_id == test.pk), None),
        "earlier": [
            each
            for each in progress
            if each.completed_at is not None and (test is None or each.test_id != test.pk)
        ],
    }


def describe_reading(reading: RealismReading) -> dict[str, Any]:
    """The images in the reader's order, with their truth and the result once all are answered."""
    answers = {answer.image_id: answer for answer in reading.answers.all()}
    told = reading.completed_at is not None
    return {
        "id": reading.pk,
        "test": reading.test_id,
        "completed_at": reading.completed_at,
        "removed": reading.test.removed_at is not None,
        "images": [
            _describe_image(image, number, answers.get(image.pk), told=told)
            for number, image in enumerate(order_images(reading), start=1)
        ],
        "result": describe_discrimination(reader_result(reading), reading.test.margin)
        if told
        else None,
        "cues": reading.test.cues if told else None,
        "licences": reading.test.licences,
    }


def _describe_image(
    image: RealismImage, number: int, answer: RealismAnswer | None, *, told: bool
) -> dict[str, Any]:
    return {
        "id": image.pk,
        "number": number,
        "answered": answer is not None,
        "view": describe_view(image) if image.folder else None,
        "truth": {
            "real": image.real,
            "rating": answer.rating,
            "seconds": answer.seconds,
            "rightly": (answer.rating > UNDECIDED) == image.real,
        }
        if told and answer
        else None,
    }


def describe_view(image: RealismImage) -> dict[str, Any]:
    """Where an image is fetched; neither its address nor its name tells what it is."""
    return {
        "key": image.key,
        "side": image.side,
        "view": image.view,
        "width": image.width,
        "height": image.height,
        "pixel_mm": image.pixel_mm,
        "window": {"center": image.window_center, "width": image.window_width},
        "frame": {
            "url": reverse("realism-frame", args=[image.pk]),
            "bytes": image.frame_bytes,
            "sha256": image.frame_sha256,
            "encoding": ENCODING,
        },
        "preview_url": reverse("realism-preview", args=[image.pk]),
    }


def describe_discrimination(found: Discrimination, margin: float) -> dict[str, Any]:
    """Figures with their intervals; null where there is not enough."""
    return {
        "area": {"value": found.area, "low": found.area_low, "high": found.area_high}
        if found.enough
        else None,
        "correct": {
            "value": found.correct,
            "low": found.correct_low,
            "high": found.correct_high,
        }
        if found.enough
        else None,
        "equivalence": found.equivalence
        and {
            "low": found.equivalence.low,
            "high": found.equivalence.high,
            "p": found.equivalence.p,
            "margin": margin,
        },
        "verdict": found.verdict,
        "readers": found.readers,
        "real": found.real,
        "synthetic": found.synthetic,
        "enough": found.enough,
        "least": {"readers": MINIMUM_READERS, "images": MINIMUM_PER_CLASS},
    }


def describe_readers(weights_hash: str, person: User) -> dict[str, Any]:
    """What this site's readers found of a generator, for its card."""
    result: SiteResult | None = site_result(weights_hash)
    if result is None:
        return {
            "standing": "not_measured",
            **dict.fromkeys(("test", "drawn_at", "found", "cues")),
            "giveaways": False,
        }
    return {
        "standing": "measured" if result.found.enough else "not_enough",
        "test": result.test.pk,
        "drawn_at": result.test.drawn_at,
        "found": describe_discrimination(result.found, result.test.margin),
        "cues": result.test.cues,
        "giveaways": person.has_perm("realism.see_giveaways", result.test),
    }


def describe_giveaway(result: ImageResult) -> dict[str, Any]:
    """How readers took an image; the image itself is shown within the test alone."""
    image = result.image
    return {
        "id": image.pk,
        "real": image.real,
        "case": image.case_id,
        "side": image.side,
        "projection": image.view,
        "density": image.density,
        "mean_rating": result.mean_rating,
        "rightly": result.rightly,
    }
