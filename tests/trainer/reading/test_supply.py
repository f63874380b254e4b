"""When cases run out: what is there is used, and the reader is told how things stand."""

from uuid import uuid4

import pytest
from django.utils import timezone, translation

from cases.domain import fail_request, record_heartbeat
from cases.domain.leases import claim_request
from cases.models import CaseRequest
from tests.factories.practice import open_session
from tests.factories.stored_cases import make_case
from trainer.accounts.models import Institution, User
from trainer.learning.queries.supply import Supply, find_supply
from trainer.learning.reasons import tell_reason
from trainer.reading.domain.assignments import next_assignment
from trainer.reading.errors import NoCaseReadyError

pytestmark = pytest.mark.django_db


def ask(resident: User) -> NoCaseReadyError:
    with pytest.raises(NoCaseReadyError) as refusal:
        next_assignment(session=open_session(resident))
    return refusal.value


def test_an_order_without_a_worker_is_not_called_making(resident: User) -> None:
    told = ask(resident)
    assert CaseRequest.objects.exists(), "a case is ordered, whoever may make it one day"
    assert told.supply == Supply.NO_WORKER
    assert "nothing is there to make them" in told.detail
    with translation.override("de"):
        assert "zurzeit ist nichts da, was sie erzeugt" in ask(resident).detail
    record_heartbeat(name="default@here", queue="default")
    assert ask(resident).supply == Supply.NO_WORKER
    record_heartbeat(name="generation@here", queue="default,generation")
    assert ask(resident).supply == Supply.MAKING
    assert "New cases are being made" in ask(resident).detail


def test_orders_that_fail_are_not_called_making(resident: User) -> None:
    record_heartbeat(name="generation@here", queue="generation")
    ask(resident)
    claim = claim_request(request_id=CaseRequest.objects.get().pk, worker="generation@here")
    assert claim is not None
    fail_request(claim=claim, reason="The worker ran out of memory.")
    told = ask(resident)
    assert told.supply == Supply.FAILING
    assert "the last one could not be made" in told.detail


def test_what_nobody_ordered_is_not_called_making(institution: Institution) -> None:
    record_heartbeat(name="generation@here", queue="generation")
    assert find_supply(institution) == Supply.NOT_ORDERED
    assert "none is on order" in NoCaseReadyError(Supply.NOT_ORDERED).detail


def test_while_the_generator_is_down_practice_goes_on_from_stock(resident: User) -> None:
    """No worker, and of what was ordered all failed: the nearest case is used, and said to be."""
    CaseRequest.objects.bulk_create(
        CaseRequest(pk=uuid4(), spec={}, state="failed", finished_at=timezone.now(), reason="down")
        for _ in range(8)
    )
    for _ in range(3):
        make_case(kind="mass", dprime=400.0)
        make_case(kind=None)
    session = open_session(resident)
    told = set()
    for _ in range(6):
        assignment = next_assignment(session=session)
        told.add(tell_reason(assignment.why)["text"])
        assignment.case.withdrawn_at = timezone.now()  # done with it
        assignment.case.save(update_fields=["withdrawn_at"])
    assert "The nearest to your level among the cases that are ready." in told
    assert ask(resident).supply == Supply.NO_WORKER
