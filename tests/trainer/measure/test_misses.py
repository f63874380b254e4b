import pytest

from trainer.measure.misses import (
    DISMISSED,
    MARKED_ELSEWHERE,
    NOT_LOOKED_AT,
    NOT_MARKED,
    Look,
    Miss,
    classify_miss,
)


def classify(
    *looks: Look, dismissed_as: str | None = None, nearest_false_mm: float | None = None
) -> Miss:
    miss = classify_miss(looks, dismissed_as=dismissed_as, nearest_false_mm=nearest_false_mm)
    assert miss is not None
    return miss


def test_a_lesion_in_views_that_nobody_dwelt_in_was_not_looked_at() -> None:
    looks = (Look("L CC", 300, 0), Look("L MLO", 100, 0))
    assert classify(*looks) == Miss(NOT_LOOKED_AT, looks)


@pytest.mark.parametrize(
    "look", [Look("L CC", 5000, 0), Look("L CC", 0, 4000), Look("L CC", 5000, None)]
)
def test_dwelling_in_a_view_or_seeing_the_place_closely_is_looking(look: Look) -> None:
    assert classify(look, Look("L MLO", 0, None)).kind == NOT_MARKED


def test_a_mark_elsewhere_explains_a_miss_that_was_looked_for() -> None:
    looked, not_looked = Look("L CC", 9000, 100), Look("L CC", 10, 0)
    elsewhere = classify(looked, nearest_false_mm=31.4)
    assert (elsewhere.kind, elsewhere.nearest_false_mm) == (MARKED_ELSEWHERE, 31.4)
    assert classify(not_looked, nearest_false_mm=31.4).kind == NOT_LOOKED_AT


def test_a_dismissed_lesion_was_seen_whatever_the_log_says() -> None:
    miss = classify(dismissed_as="Overlapping tissue", nearest_false_mm=9)
    assert (miss.kind, miss.dismissed_as) == (DISMISSED, "Overlapping tissue")


def test_without_a_log_nothing_is_claimed() -> None:
    assert classify_miss((), dismissed_as=None, nearest_false_mm=12.0) is None
