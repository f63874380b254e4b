"""What a stored case asks of its reader, and what is known of how hard that is."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from cases.models import Case, Finding
from trainer.learning.models import DifficultyFit, ItemDifficulty
from trainer.measure.ability import Difficulty
from trainer.measure.answered import COLD_START, DifficultyModel
from trainer.measure.items import AskedFinding, list_cold_items
from trainer.measure.selection import CandidateItem

Difficulties = dict[tuple[UUID, str], Difficulty]


@dataclass(frozen=True)
class Aim:
    """An item that a case can be chosen for, and the kind of finding that it asks for, if any."""

    item: CandidateItem
    kind: str


def list_items(case: Case, *, model: DifficultyModel | None = None) -> tuple[CandidateItem, ...]:
    """List the items of a case as scoring asks them, with the difficulty they start from.

    Takes the case's findings and their views; prefetch them for more than one case.

    Args:
        case: which.
        model: what difficulties start from; the cold start where none is given.
    """
    items = _list_cold(case)
    return items if model is None else tuple(_recalibrate(item, model) for item in items)


def find_model() -> DifficultyModel | None:
    """The newest fit that is gone by; None before the first, when the cold start holds."""
    fit = DifficultyFit.objects.filter(applied=True).first()
    return fit.model if fit else None


def _recalibrate(item: CandidateItem, model: DifficultyModel) -> CandidateItem:
    """The same item by another model: its x stays, and so does what was not measured of it."""
    x = -item.difficulty.mean / COLD_START.gamma[item.competency]
    start = model.start(item.competency, x)
    unmeasured = max(item.difficulty.variance - COLD_START.residual_sd**2, 0.0)
    return replace(item, difficulty=Difficulty(start.mean, start.variance + unmeasured))


def _list_cold(case: Case) -> tuple[CandidateItem, ...]:
    return list_cold_items(
        [_describe(finding) for finding in case.findings.all()],
        density=case.density,
        likeness=_read_likeness(case),
        density_fraction=_read_density_fraction(case),
    )


def list_aims(case: Case, *, model: DifficultyModel | None = None) -> tuple[Aim, ...]:
    """List the items that a case can be chosen for: "no false mark" only where nothing is hidden.

    Takes the case's findings and their views; prefetch them for more than one case.
    """
    kinds = {finding.finding_id: finding.kind for finding in case.findings.all()}
    return tuple(
        Aim(item, kinds.get(item.key.partition(":")[2], ""))
        for item in list_items(case, model=model)
        if not (case.positive and item.competency == "normal_rejection")
    )


def load_difficulties(cases: Iterable[Any], *, run: int) -> Difficulties:
    """Load what answers have taught of these cases' items, by case and key."""
    rows = ItemDifficulty.objects.filter(case__in=list(cases), run=run)
    return {(row.case_id, row.key): row.difficulty for row in rows}


def _describe(finding: Finding) -> AskedFinding:
    views = list(finding.views.all())
    return AskedFinding(
        name=finding.finding_id,
        reads_as=finding.reads_as,
        actionable=finding.actionable,
        described=bool(finding.reader_words),
        # What a view holds but does not show counts as a look that shows nothing.
        dprimes=tuple(view.dprime if view.visible else 0.0 for view in views),
        visible=any(view.visible for view in views),
    )


def _read_likeness(case: Case) -> float | None:
    """How lesion-like the case's tissue is; None where that was not measured."""
    measured = case.truth.get("lesion_likeness")
    return None if measured is None else float(measured["value"])


def _read_density_fraction(case: Case) -> float | None:
    """The share of gland in the denser breast; None where that was not measured."""
    fractions = case.truth.get("density_fraction") or {}
    return max(fractions.values(), default=None)
