"""The same rating of a lesion on a reader's own page and on the cohort page."""

from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest

from trainer.reading.models import Reading
from trainer.reports.queries import forms, readings

MARKS = (("m1", "hit", 60.0), ("m2", "duplicate", 90.0), ("m3", "false_positive", 95.0))


@pytest.fixture
def result() -> dict[str, Any]:
    return {
        "lesions": [
            {"finding": "f1", "hit": True, "marks": ["m1"], "asked": True},
            {"finding": "f2", "hit": False, "marks": [], "asked": True},
        ],
        "marks": [
            {"id": name, "outcome": outcome, "finding": None if name == "m3" else "f1"}
            for name, outcome, _ in MARKS
        ],
    }


def test_the_surest_mark_rates_a_lesion_also_one_that_says_the_same_again(
    result: dict[str, Any],
) -> None:
    reading = Reading(
        id=uuid4(),
        submitted_at=datetime(2026, 1, 1),
        answers={"marks": [{"id": name, "rating": rating} for name, _, rating in MARKS]},
    )
    assert forms._rate_lesions((reading, result)) == [90.0, float("-inf")]
    assert forms._rate_false((reading, result)) == 95.0
    assert readings.list_hits(result["marks"], "f1") == ("m1", "m2")
