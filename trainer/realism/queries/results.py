"""What readers' answers come to: one reader's, all readers' of a generator, and image by image."""

from dataclasses import dataclass
from uuid import UUID

import numpy as np
from django.db.models import Count, Q

from trainer.measure.proportions import Proportion, estimate_proportion
from trainer.measure.realism import (
    UNDECIDED,
    Discrimination,
    are_enough,
    estimate_reader,
    estimate_readers,
)
from trainer.realism.models import RealismAnswer, RealismImage, RealismReading, RealismTest

# Fewest readers before an image is said to have given itself away.
MINIMUM_OF_AN_IMAGE = 3


@dataclass(frozen=True)
class SiteResult:
    """All readers who have answered a whole test."""

    test: RealismTest
    found: Discrimination


@dataclass(frozen=True)
class ImageResult:
    """How readers took one image."""

    image: RealismImage
    mean_rating: float
    rightly: Proportion


def reader_result(reading: RealismReading) -> Discrimination:
    """One reader's own result."""
    answered = RealismAnswer.objects.filter(reading=reading).values_list("image__real", "rating")
    real = [rating for is_real, rating in answered if is_real]
    synthetic = [rating for is_real, rating in answered if not is_real]
    return estimate_reader(real, synthetic, margin=reading.test.margin)


def site_result(weights_hash: str) -> SiteResult | None:
    """Of the newest test of this generator that gives figures; else of the newest read whole."""
    whole = Q(readings__completed_at__isnull=False)
    tests = (
        RealismTest.objects.filter(weights_hash=weights_hash)
        .annotate(
            readers=Count("readings", filter=whole, distinct=True),
            real=Count("images", filter=Q(images__real=True), distinct=True),
            synthetic=Count("images", filter=Q(images__real=False), distinct=True),
        )
        .filter(readers__gt=0)
        .order_by("-drawn_at")
    )
    newest = list(tests)
    full = (each for each in newest if are_enough(each.real, each.synthetic, readers=each.readers))
    test = next(full, newest[0] if newest else None)
    if test is None:
        return None
    real, synthetic = (_collect(test, real=is_real) for is_real in (True, False))
    return SiteResult(test, estimate_readers(real, synthetic, margin=test.margin))


def _collect(test: RealismTest, *, real: bool) -> "np.ndarray[tuple[int, int], np.dtype[np.int64]]":
    """(readers, images) ratings of those who answered all."""
    answers = (
        RealismAnswer.objects.filter(
            reading__test=test, reading__completed_at__isnull=False, image__real=real
        )
        .order_by("reading", "image")
        .values_list("reading", "rating")
    )
    by_reader: dict[UUID, list[int]] = {}
    for reading, rating in answers:
        by_reader.setdefault(reading, []).append(rating)
    return np.array(list(by_reader.values()), np.int64)


def image_results(test: RealismTest) -> list[ImageResult]:
    """Every answered image, those that gave themselves away first.

    Answers of unfinished readings count too: each is of one image.
    """
    ratings: dict[UUID, list[int]] = {}
    for image, rating in RealismAnswer.objects.filter(reading__test=test).values_list(
        "image", "rating"
    ):
        ratings.setdefault(image, []).append(rating)
    results = [
        _judge_image(image, ratings[image.pk])
        for image in test.images.select_related("case").all()
        if image.pk in ratings
    ]
    return sorted(results, key=_gives_away, reverse=True)


def _judge_image(image: RealismImage, ratings: list[int]) -> ImageResult:
    rightly = sum((rating > UNDECIDED) == image.real for rating in ratings)
    share = estimate_proportion(rightly, len(ratings), minimum_n=MINIMUM_OF_AN_IMAGE)
    return ImageResult(image, float(np.mean(ratings)), share)


def _gives_away(result: ImageResult) -> tuple[float, float]:
    share = -1.0 if result.rightly.value is None else result.rightly.value
    sure = result.mean_rating if result.image.real else 100 - result.mean_rating
    return share, sure
