from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
from django.utils import timezone

from trainer.measure.agreement import ASSESSMENTS, DENSITIES, Kappa, estimate_kappa, tabulate
from trainer.measure.proportions import MINIMUM_N, Proportion, estimate_proportion
from trainer.measure.roc import RocArea, estimate_area
from trainer.reports.queries.readings import ScoredReading


@dataclass(frozen=True)
class Figures:
    """What one reader's readings add up to.

    Cases are enriched: `prevalence`, the share of positive cases among those read, belongs
    beside every figure, and none of them may be compared with screening. Kappas are weighted by
    the square of how far apart truth and reader are.
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
    density_kappa: Kappa
    assessment_kappa: Kappa


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
        area=estimate_area([rate(r) for r in positive], [rate(r) for r in negative]),
        density_kappa=_agree([r.density for r in readings], DENSITIES),
        assessment_kappa=_agree([r.assessment for r in readings], ASSESSMENTS),
    )


def compute_prevalence(readings: Sequence[ScoredReading]) -> float | None:
    """Compute the share of positive cases among those read; None where too few were read."""
    if len(readings) < MINIMUM_N:
        return None
    return sum(r.positive for r in readings) / len(readings)


def count_streak(readings: Sequence[ScoredReading], *, today: date) -> int:
    """Count the days in a row with a reading, up to today or, if today has none yet, yesterday."""
    days = {timezone.localdate(reading.submitted_at) for reading in readings}
    day = today if today in days else today - timedelta(days=1)
    streak = 0
    while day in days:
        streak += 1
        day -= timedelta(days=1)
    return streak


def rate(reading: ScoredReading) -> float:
    """The rating of a case; unmarked is the lowest."""
    return -np.inf if reading.case_rating is None else reading.case_rating


def _agree(pairs: Sequence[tuple[str, str] | None], scale: Sequence[str]) -> Kappa:
    known = [pair for pair in pairs if pair is not None]
    if len({true for true, _ in known}) < 2:
        # Where the truth never varies, kappa is 0 however often the reader is right.
        return Kappa(None, None, None, len(known), enough=False)
    return estimate_kappa(tabulate(known, scale), weights="quadratic")
