from datetime import UTC, date, datetime, timedelta

import pytest

from trainer.reports.queries.figures import compute_figures, count_streak
from trainer.reports.queries.readings import ScoredReading

NOON = datetime(2026, 5, 20, 12, tzinfo=UTC)


def make_reading(
    *,
    positive: bool = False,
    recalled: bool = False,
    days_ago: int = 0,
    rating: float | None = None,
    lesions_found: int = 0,
    density_correct: bool = True,
) -> ScoredReading:
    return ScoredReading(
        reader_id=1,
        submitted_at=NOON - timedelta(days=days_ago),
        positive=positive,
        recalled=recalled,
        density_correct=density_correct,
        case_rating=rating,
        lesions=int(positive),
        lesions_found=lesions_found,
    )


def test_every_figure_counts_what_it_names() -> None:
    readings = [
        *[make_reading(positive=True, recalled=True, rating=80, lesions_found=1)] * 7,
        *[make_reading(positive=True, recalled=True, rating=30)] * 1,
        *[make_reading(positive=True, density_correct=False)] * 2,
        *[make_reading()] * 9,
        *[make_reading(recalled=True, rating=60)] * 3,
    ]
    figures = compute_figures(readings)
    assert (figures.readings, figures.positives) == (22, 10)
    assert figures.prevalence == pytest.approx(10 / 22)
    assert (figures.sensitivity.value, figures.sensitivity.n) == (0.8, 10)
    assert (figures.specificity.value, figures.specificity.n) == (0.75, 12)
    assert (figures.recall_rate.value, figures.recall_rate.n) == (0.5, 22)
    assert (figures.lesion_sensitivity.value, figures.lesion_sensitivity.n) == (0.7, 10)
    assert figures.density_agreement.value == pytest.approx(20 / 22)
    # Of 120 pairs: 7 x 12 won by 80, 9 by 30 over nothing, and nothing against nothing ties 2 x 9.
    assert figures.area.value == pytest.approx((84 + 9 + 9) / 120)
    assert figures.last_read_at == NOON


def test_too_few_readings_give_no_figure_but_their_number() -> None:
    figures = compute_figures([make_reading(positive=True, recalled=True)] * 9)
    assert (figures.sensitivity.value, figures.sensitivity.n) == (None, 9)
    assert figures.sensitivity.enough is False
    assert figures.specificity.n == 0
    assert figures.area.enough is False
    assert figures.prevalence is None


def test_nothing_read() -> None:
    figures = compute_figures([])
    assert (figures.readings, figures.prevalence, figures.last_read_at) == (0, None, None)


@pytest.mark.parametrize(
    ("days_ago", "streak"),
    [([], 0), ([0], 1), ([1], 1), ([2], 0), ([0, 0, 1, 2, 4], 3), ([1, 2, 3], 3)],
)
def test_streak(days_ago: list[int], streak: int) -> None:
    readings = [make_reading(days_ago=days) for days in days_ago]
    assert count_streak(readings, today=date(2026, 5, 20)) == streak
