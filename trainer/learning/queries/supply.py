"""Whether new cases are on their way to a reader who has none left."""

from enum import StrEnum
from typing import Any

from django.db.models import Q

from cases.models import CaseRequest
from cases.models.heartbeat import GENERATION_QUEUE
from cases.models.request import OPEN_STATES, RequestState
from cases.queries import find_live_workers
from trainer.learning.queries.forms import for_form_q


class Supply(StrEnum):
    """How things stand with the cases that an institution's readers wait for."""

    MAKING = "making"
    FAILING = "failing"
    NO_WORKER = "no_worker"
    NOT_ORDERED = "not_ordered"


def find_supply(institution: Any) -> Supply:
    """Say what becomes of the cases that readers of an institution wait for.

    An order alone makes no case: it takes a worker that is alive, and one that can make them.
    """
    requests = CaseRequest.objects.filter(
        Q(institution=None) | Q(institution=institution), ~for_form_q(), variant_of=None
    )
    if not requests.filter(state__in=OPEN_STATES).exists():
        return Supply.NOT_ORDERED
    if not find_live_workers(GENERATION_QUEUE).exists():
        return Supply.NO_WORKER
    ended = requests.filter(finished_at__isnull=False).order_by("-finished_at")
    if ended.values_list("state", flat=True).first() == RequestState.FAILED:
        return Supply.FAILING
    return Supply.MAKING
