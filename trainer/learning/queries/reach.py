"""What the stock and the orders hold of a curriculum, competency by competency and tier by tier."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from cases.models import CaseRequest
from cases.models.request import OPEN_STATES
from generation.lesions import REGISTRY
from generation.spec import CaseSpec, SpecError
from trainer.learning.kinds import can_reach, list_lesion_kinds
from trainer.learning.models import StockItem
from trainer.learning.queries.forms import for_form_q
from trainer.learning.syllabus import Syllabus
from trainer.measure.competencies import competency_of

Cell = tuple[str, int]


@dataclass(frozen=True)
class Reach:
    """Cases of one tier of a competency: `ready` to be read, `ordered`, and whether any is made.

    `makeable` is None where it is not known before a case is made: of normal tissue.
    """

    competency: str
    tier: int
    ready: int
    ordered: int
    makeable: bool | None

    @property
    def empty(self) -> bool:
        """Nothing to read, nothing on its way, and none that could be made."""
        return not self.ready and not self.ordered and self.makeable is False


def list_reach(syllabus: Syllabus, *, institution: Any) -> list[Reach]:
    """List every tier that a curriculum goes through, in two queries.

    Density has no tiers of its own and is left out: every case asks for it.
    """
    ready, ordered = count_ready(institution), _count_ordered(institution)
    return [
        Reach(
            name,
            tier,
            ready.get((name, tier), 0),
            ordered[name, tier],
            _is_makeable(name, tier),
        )
        for name in syllabus.trained
        if name != "density"
        for tier in syllabus.competencies[name].tiers
    ]


def count_ready(institution: Any) -> dict[Cell, int]:
    """Count the cases that may be given to somebody here, by competency and tier."""
    rows = (
        StockItem.objects.filter(
            Q(institution=None) | Q(institution=institution), case__withdrawn_at=None
        )
        .exclude(competency="density")
        .order_by()
        .values_list("competency", "tier")
        .annotate(cases=Count("case", distinct=True))
    )
    return {(competency, tier): cases for competency, tier, cases in rows}


def has_ready(competency: str, tiers: Sequence[int], *, institution: Any) -> bool:
    """Whether any case of these tiers may be given to somebody here for a competency."""
    return StockItem.objects.filter(
        Q(institution=None) | Q(institution=institution),
        case__withdrawn_at=None,
        competency=competency,
        positive=competency != "normal_rejection",
        tier__in=tiers,
    ).exists()


def _count_ordered(institution: Any) -> Counter[Cell]:
    """Orders that name a tier, by what they were placed for; those that name none count nowhere."""
    waiting = CaseRequest.objects.filter(
        ~for_form_q(),
        Q(institution=None) | Q(institution=institution),
        state__in=OPEN_STATES,
        variant_of=None,
    )
    counted: Counter[Cell] = Counter()
    for spec in waiting.values_list("spec", flat=True):
        try:
            read = CaseSpec.from_json(spec)
        except SpecError:
            continue  # the worker says why it fails
        if read.tier is not None:
            counted.update((name, read.tier) for name in _list_asked(read))
    return counted


def _list_asked(spec: CaseSpec) -> Iterable[str]:
    kinds = {REGISTRY[lesion.kind] for lesion in spec.lesions if lesion.actionable}
    asked = {competency_of(kind.reads_as) for kind in kinds if kind.reads_as is not None}
    return {*asked, "characterisation"} if asked else {"normal_rejection"}


def _is_makeable(competency: str, tier: int) -> bool | None:
    if competency == "normal_rejection":
        return None
    kinds = list_lesion_kinds()
    chapters = kinds.get(competency) or [each for of in kinds.values() for each in of]
    return any(can_reach(kind, tier) for chapter in chapters for kind in chapter)
