from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

import numpy as np
from django.utils import timezone

from cases.models import Case
from trainer.learning.domain.orders import RESERVE, Left, order_case
from trainer.learning.domain.stock import index_new_cases
from trainer.learning.plans import SIGNS, TIER, Plan
from trainer.learning.queries.abilities import find_state
from trainer.learning.queries.reviews import list_due_kinds
from trainer.learning.queries.stock import ONE_PER_CASE, Stock, open_stock
from trainer.learning.reasons import note_reason
from trainer.learning.spacing import DueKind
from trainer.measure.ability import Ability
from trainer.measure.selection import Selection, draw_competency, draw_normal, take_nearest
from trainer.measure.targets import TARGETS

_ADAPTIVE: Final = Plan()
# More kinds than this are not looked for at once: the rest stays due.
_DUE_AT_ONCE: Final = 3


@dataclass(frozen=True)
class Drawn:
    """What was drawn, the missed kind that it brings back, and due kinds the stock lacks."""

    selection: Selection | None
    returning: DueKind | None = None
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choice:
    """The case that comes next, and why, as `trainer.learning.reasons` notes and tells it."""

    case: Case
    why: dict[str, Any]


def choose_case(
    *,
    reader: Any,
    seen_case_ids: Set[UUID],
    institution: Any,
    plan: Plan = _ADAPTIVE,
    rng: np.random.Generator | None = None,
) -> Choice | None:
    """Choose the next practice case for a reader; None when the library holds no new one.

    Where none fits the reader well, or few are left, another is ordered.

    Args:
        reader: who will read it.
        seen_case_ids: every case this reader was ever given.
        institution: whose cases may be taken, beside those that belong to none.
        plan: what the reader has chosen to practise.
        rng: draws what is to be practised; a fresh one when not given.
    """
    rng = rng or np.random.default_rng()
    ability = find_state(reader).ability
    index_new_cases()
    now = timezone.now()
    due = plan.keep_due(list_due_kinds(reader, at=now))
    stock = replace(
        open_stock(institution=institution, seen_case_ids=seen_case_ids), tier=plan.tier
    )
    left = count_left(stock, plan)
    drawn = draw_from_stock(ability, stock, left, plan=plan, due=due, rng=rng)
    order_case(
        ability=ability,
        left=left,
        selection=drawn.selection,
        # Not every kind reaches every tier.
        lacking=() if plan.tier else drawn.lacking,
        plan=plan,
        institution=institution,
        rng=rng,
    )
    widened = drawn.selection is None and plan.focus == TIER
    if widened:
        stock = replace(stock, tier=None)
        drawn = draw_from_stock(
            ability, stock, count_left(stock, plan), plan=plan, due=due, rng=rng
        )
    if drawn.selection is None:
        return None
    case = Case.objects.defer("provenance").get(pk=drawn.selection.candidate.id)
    why = note_reason(drawn.selection, plan, returning=drawn.returning, widened=widened, now=now)
    return Choice(case, why)


def count_left(stock: Stock, plan: Plan) -> Left:
    """Count what is left, as far as it matters: of lesions, those that the reader practises."""
    return Left(
        lesions=stock.count_left(
            positive=True, at_most=RESERVE + 1, competency=plan.finding or ONE_PER_CASE
        ),
        normals=stock.count_left(positive=False, at_most=RESERVE + 1),
    )


def draw_from_stock(
    ability: Ability,
    stock: Stock,
    left: Left,
    *,
    plan: Plan,
    due: Sequence[DueKind],
    rng: np.random.Generator,
) -> Drawn:
    """Draw with or without a lesion, then a competency, then take the nearest case for it.

    A case with a lesion is one of a kind that is due, where the stock has one: so what comes
    back tells nothing of whether there is a lesion.

    Cases within the exposure limit come first, then those over it; then the other kind of case.
    """
    aims = {positive: plan.list_aims(ability, positive=positive) for positive in (True, False)}
    offered = sorted(
        {aim for positive in (True, False) if left.of(positive) for aim in aims[positive]}
    )
    if not offered:
        return Drawn(None)
    normal = draw_normal(ability, offered, past=stock.past, targets=TARGETS, rng=rng)
    lacking: list[str] = []
    for kind in () if normal else due[:_DUE_AT_ONCE]:
        selection = _take_of_kind(ability, stock, kind, p=plan.p, rng=rng)
        if selection is not None:
            return Drawn(selection, returning=kind, lacking=tuple(lacking))
        lacking.append(kind.kind)
    for positive, within in (
        (not normal, True),
        (not normal, False),
        (normal, True),
        (normal, False),
    ):
        if left.of(positive):
            found = _draw_nearest(
                ability, stock, aims[positive], positive, within, p=plan.p, rng=rng
            )
            if found is not None:
                return Drawn(found, lacking=tuple(lacking))
    return Drawn(None, lacking=tuple(lacking))


def _take_of_kind(
    ability: Ability, stock: Stock, due: DueKind, *, p: float, rng: np.random.Generator
) -> Selection | None:
    pool = stock.find_near(
        ability,
        positive=True,
        competency=due.competency,
        sign=SIGNS[due.competency],
        p=p,
        within_exposure=True,
        kind=due.kind,
    )
    return take_nearest(ability, pool, due.competency, p=p, rng=rng) if pool else None


def _draw_nearest(
    ability: Ability,
    stock: Stock,
    aims: Sequence[str],
    positive: bool,
    within_exposure: bool,
    *,
    p: float,
    rng: np.random.Generator,
) -> Selection | None:
    remaining = list(aims)
    while remaining:
        competency = draw_competency(ability, remaining, targets=TARGETS, rng=rng)
        pool = stock.find_near(
            ability,
            positive=positive,
            competency=competency,
            sign=SIGNS[competency],
            p=p,
            within_exposure=within_exposure,
        )
        if pool:
            return take_nearest(ability, pool, competency, p=p, rng=rng)
        remaining.remove(competency)
    return None
