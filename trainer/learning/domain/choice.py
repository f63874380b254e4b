from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

import numpy as np
from django.utils import timezone

from cases.models import Case
from generation.difficulty import TIERS
from trainer.learning.domain.orders import RESERVE, Left, order_case
from trainer.learning.domain.stock import index_new_cases
from trainer.learning.plans import ADAPTIVE, LESION_AIMS, NORMAL_AIMS, SIGNS, TIER, Plan
from trainer.learning.queries.abilities import find_state
from trainer.learning.queries.curricula import find_followed, follow
from trainer.learning.queries.reviews import list_due_kinds
from trainer.learning.queries.stock import ONE_PER_CASE, Stock, open_stock
from trainer.learning.reasons import note_reason
from trainer.learning.spacing import DueKind
from trainer.measure.ability import Ability
from trainer.measure.selection import (
    Selection,
    draw_competency,
    draw_normal,
    list_slots,
    owes_normal,
    take_nearest,
)

_ADAPTIVE: Final = Plan()
# More kinds than this are not looked for at once: the rest stays due.
_DUE_AT_ONCE: Final = 3


@dataclass(frozen=True)
class Drawn:
    """What was drawn, the missed kind that it brings back, and due kinds the stock lacks.

    `beyond` says that no case of the tiers open in a curriculum was ready for what was drawn.
    """

    selection: Selection | None
    returning: DueKind | None = None
    lacking: tuple[str, ...] = ()
    beyond: bool = False


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
    known_case_ids: Set[UUID] = frozenset(),
    plan: Plan = _ADAPTIVE,
    rng: np.random.Generator | None = None,
) -> Choice | None:
    """Choose the next practice case for a reader; None when the library holds no new one.

    Where none fits the reader well, or few are left, another is ordered.

    Args:
        reader: who will read it.
        seen_case_ids: every case this reader was ever given.
        institution: whose cases may be taken, beside those that belong to none.
        known_case_ids: cases that the reader knows otherwise, and that are never given.
        plan: what the reader has chosen to practise.
        rng: draws what is to be practised; a fresh one when not given.
    """
    rng = rng or np.random.default_rng()
    state = find_state(reader)
    ability = state.ability
    if plan.focus == ADAPTIVE:
        plan = follow(plan, find_followed(reader, institution=institution), state)
    index_new_cases()
    now = timezone.now()
    due = plan.keep_due(list_due_kinds(reader, at=now))
    seen = open_stock(
        institution=institution, seen_case_ids=seen_case_ids, known_case_ids=known_case_ids
    )
    stock = keep_to(plan, seen)
    left = count_left(stock, plan)
    drawn = draw_from_stock(ability, stock, left, plan=plan, due=due, rng=rng)
    order_case(
        ability=ability,
        left=left,
        selection=None if drawn.beyond else drawn.selection,
        # Not every kind reaches every tier.
        lacking=() if plan.tier else drawn.lacking,
        plan=plan,
        institution=institution,
        rng=rng,
    )
    widened = drawn.selection is None and plan.focus == TIER
    if widened:
        stock = replace(stock, tiers={})
        drawn = draw_from_stock(
            ability, stock, count_left(stock, plan), plan=plan, due=due, rng=rng
        )
    if drawn.selection is None:
        return None
    case = Case.objects.defer("provenance").get(pk=drawn.selection.candidate.id)
    why = note_reason(
        drawn.selection,
        plan,
        returning=drawn.returning,
        widened=widened,
        now=now,
        beyond=drawn.beyond,
    )
    return Choice(case, why)


def keep_to(plan: Plan, stock: Stock) -> Stock:
    """The part of the stock that a way of practising may take from."""
    tiers = {
        (aim, positive): plan.list_tiers(aim, positive=positive)
        for positive, aims in ((True, LESION_AIMS), (False, NORMAL_AIMS))
        for aim in aims
        if plan.course is None or aim == ONE_PER_CASE or aim in plan.course.weights
    }
    # All tiers are no bound: one range of the index then serves for the five of them.
    bounded = {aim: of for aim, of in tiers.items() if 0 < len(of) < len(TIERS)}
    return replace(stock, tiers=bounded, findings=plan.findings)


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

    Cases within the exposure limit come first, of the other kind too unless a normal is owed;
    then those over it: repeating a case among readers is better than having nothing to read.
    A curriculum's open tiers come before its other ones, competency by competency: else one that
    has no case there would never be practised.
    """
    aims = {positive: plan.list_aims(ability, positive=positive) for positive in (True, False)}

    def may_be(positive: bool) -> bool:
        return left.of(positive) > 0 or plan.course is not None

    offered = sorted(
        {aim for positive in (True, False) if may_be(positive) for aim in aims[positive]}
    )
    if not offered:
        return Drawn(None)
    normal = draw_normal(
        ability, offered, past=stock.past, targets=plan.targets, rng=rng, weights=plan.weights
    )
    lacking: list[str] = []
    for kind in () if normal else due[:_DUE_AT_ONCE]:
        selection = _take_of_kind(ability, stock, kind, p=plan.p, rng=rng)
        if selection is not None:
            return Drawn(selection, returning=kind, lacking=tuple(lacking))
        lacking.append(kind.kind)
    owed = bool(owes_normal(stock.past.cases, stock.past.normals))
    for positive, within in list_slots(normal=normal, owed=owed):
        if may_be(positive):
            found, beyond = _draw_nearest(
                ability, stock, aims[positive], positive, within, plan=plan, rng=rng
            )
            if found is not None:
                return Drawn(found, lacking=tuple(lacking), beyond=beyond)
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
    plan: Plan,
    rng: np.random.Generator,
) -> tuple[Selection | None, bool]:
    """The nearest case for a competency that is drawn, and whether it is of no open tier."""
    remaining = list(aims)
    # What a curriculum has not opened yet is better than nothing of the competency at all.
    stocks = [stock] if plan.course is None else [stock, replace(stock, tiers={})]
    while remaining:
        competency = draw_competency(
            ability, remaining, targets=plan.targets, rng=rng, weights=plan.weights
        )
        for searched in stocks:
            pool = searched.find_near(
                ability,
                positive=positive,
                competency=competency,
                sign=SIGNS[competency],
                p=plan.p,
                within_exposure=within_exposure,
            )
            if pool:
                taken = take_nearest(ability, pool, competency, p=plan.p, rng=rng)
                return taken, searched is not stock
        remaining.remove(competency)
    return None, False
