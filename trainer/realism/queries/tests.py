"""Tests, and how far a reader is with one."""

from typing import Any

import numpy as np
from django.db.models import Count

from trainer.realism.models import RealImage, RealismImage, RealismReading, RealismTest


def open_test() -> RealismTest | None:
    """The test that readers may begin now."""
    return RealismTest.objects.filter(closed_at=None).order_by("-drawn_at").first()


def count_real_images() -> int:
    """How many real images the site has."""
    return RealImage.objects.count()


def own_readings(reader: Any) -> Any:
    """A reader's own readings, with their tests."""
    return RealismReading.objects.filter(reader=reader).select_related("test")


def order_images(reading: RealismReading) -> list[RealismImage]:
    """The images of a reading's test in the order in which this reader sees them."""
    images = list(RealismImage.objects.filter(test=reading.test_id).order_by("pk"))
    order = np.random.default_rng(reading.seed).permutation(len(images))
    return [images[int(index)] for index in order]


def progress_of(reader: Any) -> list[Any]:
    """A reader's readings, newest first, each with `answered` and `count` of images."""
    return list(
        RealismReading.objects.filter(reader=reader).annotate(
            answered=Count("answers", distinct=True),
            count=Count("test__images", distinct=True),
        )
    )
