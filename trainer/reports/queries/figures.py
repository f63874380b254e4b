from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
from django.utils import timezone

from trainer.measure.proportions import Proportion, estimate_proportion
from trainer.measure.roc import RocArea, estimate_area
from trainer.reports.queries.readings import ScoredReading


@dataclass(frozen=True)
class Figures:
    """What one reader's readings add up to.

    Practice is enriched: `prevalence`, the share of positive cases among those read, belongs
    beside every figure, and none of them may be compared with screening.
    """

    readings: int
    positives: int
    prevalence: float | None
    last_read_at: datetime | None
    sensitivity: Proportion
    specificity: Proportion
    recall_rate: Proportion
    lesion_sensitivity: Proportion
    density_agreement: Proportion
    area: RocArea


def compute_figures(readings: Sequence[ScoredReading]) -> Figures:
    """Compute a reader's figures, each with its interval and n."""
    positive = [reading for reading in readings if reading.positive]
    negative = [reading for reading in readings if not reading.positive]
    return Figures(
        readings=len(readings),
        positives=len(positive),
        prevalence=compute_prevalence(readings),
        last_read_at=max((reading.submitted_at for reading in readings), default=None),
        sensitivity=estimate_proportion(sum(r.recalled for r in positive), len(positive)),
        specificity=estimate_proportion(sum(not r.recalled for r in negative), len(negative)),
        recall_rate=estimate_proportion(sum(r.recalled for r in readings), len(readings)),
        lesion_sensitivity=estimate_proportion(
            sum(r.lesions_found for r in readings), sum(r.lesions for r in readings)
        ),
        density_agreement=estimate_proportion(
            sum(r.density_correct for r in readings), len(readings)
        ),
        area=estimate_area([_rate(r) for r in positive], [_rate(r) for r in negative]),
    )


def compute_prevalence(readings: Sequence[ScoredReading]) -> float | None:
    """Compute the share of positive cases among those read; None where nothing was read."""
    return sum(r.positive for r in readings) / len(readings) if readings else None


def count_streak(readings: Sequence[ScoredReading], *, today: date) -> int:
    """Count the days in a row with a reading, up to today or, if today has none yet, yesterday."""
    days = {timezone.localdate(reading.submitted_at) for reading in readings}
    day = today if today in days else today - timedelta(days=1)
    streak = 0
    while day in days:
        streak += 1
        day -= timedelta(days=1)
    return streak


def _rate(reading: ScoredReading) -> float:
    return -np.inf if reading.case_rating is None else reading.case_rating
