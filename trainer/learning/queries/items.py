"""What a stored case asks of its reader, and what is known of how hard that is."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from cases.models import Case, Finding
from trainer.learning.models import DifficultyFit, ItemDifficulty
from trainer.measure.ability import Difficulty
from trainer.measure.answered import COLD_START, DifficultyModel
from trainer.measure.competencies import competency_of
from trainer.measure.difficulty import (
    GAMMA,
    RESIDUAL_SD,
    load_cold_start,
    start_density_difficulty,
    start_lesion_difficulty,
    start_normal_difficulty,
)
from trainer.measure.scoring import (
    CHARACTERISED,
    DENSITY_RIGHT,
    LESION_FOUND,
    NO_FALSE_MARK,
    NOT_RECALLED,
)
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
    findings = list(case.findings.all())
    lesions = [finding for finding in findings if finding.actionable]
    items = [item for finding in lesions for item in _list_lesion_items(finding)]
    # What reads as nothing, such as a clip or a fault of technique, tempts nobody to recall.
    tempting_findings = [each for each in findings if not each.actionable and each.reads_as]
    tempting = start_normal_difficulty(
        case.density, likeness=_read_likeness(case), look_alikes=len(tempting_findings)
    )
    items.append(CandidateItem(NO_FALSE_MARK, "normal_rejection", -1, tempting))
    if not lesions:
        items.append(CandidateItem(NOT_RECALLED, "normal_rejection", -1, tempting))
    items.append(CandidateItem(DENSITY_RIGHT, "density", 0, _start_density(case)))
    return tuple(items)


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


def _list_lesion_items(finding: Finding) -> list[CandidateItem]:
    views = list(finding.views.all())
    if not any(view.visible for view in views):
        return []  # nobody can be asked for what no view shows
    if not finding.reads_as:
        return []
    competency = competency_of(finding.reads_as)
    # What a view holds but does not show counts as a look that shows nothing.
    dprimes = [view.dprime if view.visible else 0.0 for view in views]
    start = _start_lesion(dprimes, competency)
    name = finding.finding_id
    items = [CandidateItem(f"{LESION_FOUND}:{name}", competency, 1, start)]
    if finding.reader_words:
        items.append(CandidateItem(f"{CHARACTERISED}:{name}", "characterisation", 0, start))
    return items


def _start_lesion(dprimes: list[float | None], competency: str) -> Difficulty:
    """Where no constants were fitted yet, as uncertain as a lesion drawn at random."""
    if competency not in load_cold_start()["ln_dprime"]:
        return Difficulty(0.0, GAMMA**2 + RESIDUAL_SD**2)
    return start_lesion_difficulty(dprimes, competency)


def _read_likeness(case: Case) -> float | None:
    """How lesion-like the case's tissue is; None where that was not measured."""
    measured = case.truth.get("lesion_likeness")
    return None if measured is None else float(measured["value"])


def _start_density(case: Case) -> Difficulty:
    fractions = case.truth.get("density_fraction") or {}
    densest = max(fractions.values(), default=None)
    return start_density_difficulty(densest)
