from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from trainer.learning.models import AbilityEstimate
from trainer.learning.queries.abilities import AbilityState
from trainer.measure.ability import Estimate, estimate_competency, estimate_criterion
from trainer.measure.competencies import COMPETENCIES, LABELS
from trainer.measure.proportions import MINIMUM_N

# Items that the criterion enters: lesions, and normal tissue left alone.
_CRITERION_ITEMS = ("mass", "calcification", "distortion", "asymmetry", "normal_rejection")


@dataclass(frozen=True)
class AbilityPoint:
    at: datetime
    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class AbilityRow:
    """An ability with its 95 % interval; None until enough items of it were answered."""

    competency: str
    label: str
    mean: float | None
    low: float | None
    high: float | None
    n: int
    enough: bool
    history: tuple[AbilityPoint, ...] = ()


@dataclass(frozen=True)
class CriterionRow:
    """The criterion with its 95 % interval: above 0 the reader marks freely."""

    mean: float | None
    low: float | None
    high: float | None
    n: int
    enough: bool


def list_abilities(
    state: AbilityState, history: Sequence[AbilityEstimate] = ()
) -> tuple[AbilityRow, ...]:
    """List the abilities that can be practised, with those points of history that have enough."""
    rows = []
    for competency in COMPETENCIES:
        n = state.counts.get(competency, 0)
        points = tuple(
            _make_point(row, competency)
            for row in history
            if row.counts.get(competency, 0) >= MINIMUM_N
        )
        mean, low, high = _show(estimate_competency(state.ability, competency), n)
        enough = n >= MINIMUM_N
        rows.append(AbilityRow(competency, LABELS[competency], mean, low, high, n, enough, points))
    return tuple(rows)


def read_criterion(state: AbilityState) -> CriterionRow:
    """Read the criterion of a reader."""
    n = sum(state.counts.get(competency, 0) for competency in _CRITERION_ITEMS)
    mean, low, high = _show(estimate_criterion(state.ability), n)
    return CriterionRow(mean, low, high, n, enough=n >= MINIMUM_N)


def _show(estimate: Estimate, n: int) -> tuple[float | None, float | None, float | None]:
    if n < MINIMUM_N:
        return None, None, None
    return estimate.mean, estimate.low, estimate.high


def _make_point(row: AbilityEstimate, competency: str) -> AbilityPoint:
    estimate = estimate_competency(row.ability, competency)
    return AbilityPoint(row.answered_at, estimate.mean, estimate.low, estimate.high)
