"""Looks after the stock: enough cases of what the people who practise will need next."""

from datetime import datetime, timedelta
from math import inf
from typing import Final
from uuid import uuid4

import numpy as np
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cases.domain.requests import request_case
from cases.models import CaseRequest
from cases.models.request import OPEN_STATES, RequestState
from generation.spec import CaseSpec, SpecError
from trainer.learning.domain.orders import RESERVE, draw_fitting, draw_normal
from trainer.learning.domain.stock import index_all_cases
from trainer.learning.models import StockState
from trainer.learning.queries.demand import (
    Need,
    count_usable,
    find_active,
    list_needs,
    measure_disk,
)
from trainer.learning.queries.forms import for_form_q

# Not every band can be reached for every kind: beyond this, cases are made that nobody asked for.
_MOST_OF_WANTED: Final = 2
FAILED_LATELY: Final = timedelta(hours=1)


def restock(*, now: datetime | None = None, rng: np.random.Generator | None = None) -> StockState:
    """Order the cases that are lacking most, within the disk budget; note how the stock stands.

    Practice goes on from what is there whether or not anything is being made: orders wait for a
    worker, and no more than a few are placed before the earlier ones are done.

    Args:
        now: the time to reckon from.
        rng: draws the cases.
    """
    now, rng = now or timezone.now(), rng or np.random.default_rng()
    index_all_cases()
    readers = find_active(now)
    wanted = settings.STOCK_PER_READER * len(readers)
    needs = list_needs(readers, cases=wanted) if readers else []
    ready, used = count_usable(), measure_disk()
    waiting = CaseRequest.objects.filter(
        ~for_form_q(), state__in=OPEN_STATES, variant_of=None
    ).count()
    said = _find_obstacle(
        needs, wanted=wanted, ready=ready, waiting=waiting, failed=_count_failed(now), used_gib=used
    )
    ordered = 0 if said else _order(needs, RESERVE - waiting, rng)
    state, _ = StockState.objects.update_or_create(
        pk=1,
        defaults={
            "at": now,
            "readers": len(readers),
            "wanted": wanted,
            "ready": ready,
            "waiting": waiting + ordered,
            "ordered": ordered,
            "used_gib": used,
            "budget_gib": settings.STOCK_DISK_GIB,
            "said": said,
            "cells": [_describe(need) for need in needs],
        },
    )
    return state


def _find_obstacle(
    needs: list[Need], *, wanted: int, ready: int, waiting: int, failed: int, used_gib: float
) -> str:
    """Why nothing is to be ordered now; empty where something is."""
    if not needs:
        return "Nobody practised in the last two weeks."
    if not any(need.lacking for need in needs):
        return "There is enough of everything."
    if used_gib >= settings.STOCK_DISK_GIB:
        return "The disk budget is used up (STOCK_DISK_GIB)."
    if ready >= _MOST_OF_WANTED * wanted:
        return "There are cases enough, though not of every difficulty."
    if waiting >= RESERVE:
        return "Earlier orders are not done yet."
    if failed >= RESERVE:
        return "The last orders failed; case requests say why."
    return ""


def _count_failed(now: datetime) -> int:
    """Orders of nobody's that failed lately: what fails is not asked for again at every turn."""
    return CaseRequest.objects.filter(
        ~for_form_q(),
        state=RequestState.FAILED,
        variant_of=None,
        requested_by=None,
        finished_at__gte=now - FAILED_LATELY,
    ).count()


def _order(needs: list[Need], places: int, rng: np.random.Generator) -> int:
    """Fill the places with what is lacking most for its size, one of each at a time."""
    left = {need: need.lacking for need in needs}
    ordered = 0
    while ordered < places and any(left.values()):
        need = max(left, key=lambda each: left[each] / each.wanted)
        left[need] -= 1
        try:
            spec = _draw(need, rng)
        except SpecError:
            left[need] = 0
            continue
        with transaction.atomic():
            request_case(request_id=uuid4(), spec=spec)
        ordered += 1
    return ordered


def _draw(need: Need, rng: np.random.Generator) -> CaseSpec:
    if need.competency == "normal_rejection":
        return draw_normal(rng)
    return draw_fitting(need.competency, need.middle, rng)


def _describe(need: Need) -> dict[str, object]:
    return {
        "competency": need.competency,
        "from": None if need.low == -inf else need.low,
        "to": None if need.high == inf else need.high,
        "wanted": need.wanted,
        "there": need.there,
    }
