from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Max

from trainer.learning.models import AbilityEstimate
from trainer.measure.ability import Ability, Estimate, estimate_competency, start_ability
from trainer.measure.competencies import COMPETENCIES, LABELS
from trainer.measure.proportions import MINIMUM_N


@dataclass(frozen=True)
class AbilityState:
    """What is known of a reader now, and from how many items of each competency."""

    ability: Ability
    counts: Mapping[str, int]
    session: UUID | None

    @classmethod
    def after(cls, row: AbilityEstimate) -> "AbilityState":
        return cls(row.ability, row.counts, row.session)


@dataclass(frozen=True)
class CompetencyChange:
    competency: str
    label: str
    before: Estimate
    after: Estimate
    n: int

    @property
    def enough(self) -> bool:
        """Whether there are enough answers to show a number, as on every other page."""
        return self.n >= MINIMUM_N


@dataclass(frozen=True)
class AbilityChange:
    """What one source of answers changed."""

    before: AbilityState
    after: AbilityState

    def by_competency(self) -> tuple[CompetencyChange, ...]:
        """List the change of each competency that can be practised."""
        return tuple(
            CompetencyChange(
                competency,
                LABELS[competency],
                estimate_competency(self.before.ability, competency),
                estimate_competency(self.after.ability, competency),
                self.after.counts.get(competency, 0),
            )
            for competency in COMPETENCIES
        )


NEW_READER = AbilityState(start_ability(), {}, None)


def find_current_run() -> int:
    """The latest re-estimation of everything; 0 before the first."""
    newest: int | None = AbilityEstimate.objects.aggregate(run=Max("run"))["run"]
    return newest or 0


def find_state(reader: Any) -> AbilityState:
    """What is known of a reader now; of a new one, what is known of everybody."""
    return _find_last(reader.pk, find_current_run())


def find_states(reader_ids: Iterable[int]) -> dict[int, AbilityState]:
    """What is known of several readers now, in one query."""
    ids = list(reader_ids)
    newest = (
        AbilityEstimate.objects.filter(reader__in=ids, run=find_current_run())
        .order_by()
        .values("reader")
        .annotate(newest=Max("pk"))
        .values("newest")
    )
    known = {
        row.reader_id: AbilityState.after(row)
        for row in AbilityEstimate.objects.filter(pk__in=newest)
    }
    return {reader_id: known.get(reader_id, NEW_READER) for reader_id in ids}


def list_history(reader: Any) -> list[AbilityEstimate]:
    """A reader's estimates of the current run, oldest first."""
    return list(
        AbilityEstimate.objects.filter(reader_id=reader.pk, run=find_current_run()).order_by("pk")
    )


def find_change(source: UUID) -> AbilityChange:
    """What a source of answers changed.

    Raises:
        AbilityEstimate.DoesNotExist: if no answers of that source were recorded.
    """
    row = AbilityEstimate.objects.filter(source=source).order_by("-run").first()
    if row is None:
        raise AbilityEstimate.DoesNotExist(f"no answers were recorded from {source}")
    return AbilityChange(_find_last(row.reader_id, row.run, before=row.pk), AbilityState.after(row))


def _find_last(reader_id: int, run: int, *, before: int | None = None) -> AbilityState:
    rows = AbilityEstimate.objects.filter(reader_id=reader_id, run=run)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    row = rows.order_by("-pk").first()
    return AbilityState.after(row) if row else NEW_READER
