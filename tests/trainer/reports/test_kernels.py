from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import uuid4

from trainer.reports.queries.kernels import KERNELS, WAFROC, SharedCases
from trainer.reports.queries.readings import ScoredReading
from trainer.reports.queries.sittings import Sitting

NOW = datetime(2026, 11, 1, tzinfo=UTC)
POSITIVE, NEGATIVE = (uuid4(), uuid4()), (uuid4(), uuid4())


def sit(reader: int, marks: dict[str, int]) -> Sitting:
    """Two cases with the lesions that their score counts, and two without, marked at 50."""
    lesions = {name: (f"on {name}",) for name in marks}
    positive = _read(reader, max(marks.values()), lesions)
    negative = _read(reader, 50, {})
    read = {**dict.fromkeys(POSITIVE, positive), **dict.fromkeys(NEGATIVE, negative)}
    return Sitting(
        reader_id=reader,
        form="A",
        started_at=NOW,
        completed=True,
        asked=frozenset((*POSITIVE, *NEGATIVE)),
        readings=read,
        ratings={f"on {name}": rating for name, rating in marks.items()},
    )


def _read(reader: int, rating: int, lesions: Mapping[str, tuple[str, ...]]) -> ScoredReading:
    return ScoredReading(
        reader_id=reader,
        submitted_at=NOW,
        positive=bool(lesions),
        recalled=True,
        density_correct=True,
        case_rating=rating,
        lesions=len(lesions),
        lesions_found=len(lesions),
        findings=tuple(lesions),
        hits=tuple(lesions.values()),
    )


def test_lesions_are_the_same_ones_where_versions_of_scoring_count_others() -> None:
    sittings = sit(1, {"f1": 90, "f2": 10}), sit(2, {"f2": 80})
    cases = SharedCases(sittings, POSITIVE, NEGATIVE)
    # Of f2 alone: the first reader rated it below the false mark, the second above.
    assert KERNELS[WAFROC](cases).tolist() == [[[0, 0], [0, 0]], [[1, 1], [1, 1]]]
