import pytest
from django.utils import translation

from trainer.api.misses import tell_miss
from trainer.measure.misses import (
    DISMISSED,
    MARKED_ELSEWHERE,
    NOT_LOOKED_AT,
    NOT_MARKED,
    Look,
    Miss,
)

CASES = [
    (
        Miss(NOT_LOOKED_AT, (Look("L CC", 300, 0), Look("L MLO", 100, 0))),
        (
            "Not looked at. The pointer was in L CC and L MLO for 0.4 s. "
            "Its place was never on screen at full resolution."
        ),
        (
            "Nicht angesehen. Der Zeiger war 0,4 s in L CC und L MLO. "
            "Die Stelle war nie in voller Auflösung auf dem Bildschirm."
        ),
    ),
    (
        Miss(NOT_MARKED, (Look("L CC", 12_400, 3200),)),
        (
            "Looked at and not marked. The pointer was in L CC for 12 s. "
            "Its place was on screen at full resolution for 3.2 s."
        ),
        (
            "Angesehen und nicht markiert. Der Zeiger war 12 s in L CC. "
            "Die Stelle war 3,2 s in voller Auflösung auf dem Bildschirm."
        ),
    ),
    (
        Miss(NOT_LOOKED_AT, (Look("L CC", 0, None), Look("L MLO", 0, None))),
        "Not looked at. The pointer was never in L CC or L MLO. Nothing is known of how closely.",
        (
            "Nicht angesehen. Der Zeiger war nie in L CC oder L MLO. "
            "Wie genau hingesehen wurde, ist nicht bekannt."
        ),
    ),
    (
        Miss(MARKED_ELSEWHERE, nearest_false_mm=31.4),
        (
            "Marked elsewhere: you called something else in this breast suspicious, "
            "31 mm away from it."
        ),
        (
            "Anderswo markiert: Sie nannten in dieser Brust etwas anderes verdächtig, "
            "31 mm davon entfernt."
        ),
    ),
    (
        Miss(DISMISSED, dismissed_as="Vessel"),
        "Looked at and dismissed: you marked it and judged it harmless: vessel.",
        "Angesehen und verworfen: Sie haben es markiert und für harmlos gehalten: Gefäß.",
    ),
    (
        Miss(DISMISSED, dismissed_as=""),
        "Looked at and dismissed: you marked it and judged it harmless.",
        "Angesehen und verworfen: Sie haben es markiert und für harmlos gehalten.",
    ),
]


@pytest.mark.parametrize(("miss", "english", "german"), CASES)
def test_a_miss_is_told_with_what_says_so(miss: Miss, english: str, german: str) -> None:
    assert tell_miss(miss) == english
    with translation.override("de"):
        assert tell_miss(miss) == german
