import threading
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from cases.domain import (
    cancel_request,
    claim_request,
    fail_request,
    release_request,
    renew_lease,
    sweep_requests,
)
from cases.domain.files import write_file
from cases.domain.leases import LEASE_S, Claim
from cases.domain.queue import NO_BROKER
from cases.domain.sweeping import LOST_AFTER_S, WORKER_DIED
from cases.domain.workers import record_heartbeat
from cases.models import CaseRequest
from cases.models.heartbeat import GENERATION_QUEUE
from cases.models.request import MAX_ATTEMPTS
from tests.cases.broker import count_messages
from tests.factories.cases import draw_spec, make_claim, make_request


def expire(claim: Claim) -> None:
    CaseRequest.objects.filter(pk=claim.request_id).update(
        lease_until=timezone.now() - timedelta(seconds=1)
    )


def see_worker(name: str = "generation@here") -> None:
    record_heartbeat(name=name, queue=GENERATION_QUEUE)


@pytest.mark.django_db
def test_claim_takes_the_request_for_the_time_of_a_lease() -> None:
    request = make_request()
    claim = make_claim(request, worker="generation@there")
    request.refresh_from_db()
    assert (request.state, request.attempt, request.worker) == ("running", 1, "generation@there")
    assert request.lease_until is not None
    left = (request.lease_until - timezone.now()).total_seconds()
    assert LEASE_S - 5 < left <= LEASE_S
    assert claim.spec == draw_spec().to_json()
    assert claim_request(request_id=request.pk, worker="generation@late") is None


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_one_gets_the_request() -> None:
    request = make_request()
    start, claims = threading.Barrier(6), []

    def claim(number: int) -> None:
        start.wait()
        try:
            claims.append(claim_request(request_id=request.pk, worker=f"generation@{number}"))
        finally:
            connection.close()

    threads = [threading.Thread(target=claim, args=[number]) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(claims) == 6
    (won,) = (claim for claim in claims if claim is not None)
    assert won.attempt == CaseRequest.objects.get().attempt == 1


@pytest.mark.django_db
def test_renewing_tells_how_far_it_is_and_keeps_the_lease() -> None:
    request = make_request()
    claim = make_claim(request)
    expire(claim)
    assert renew_lease(claim=claim, stage="network", progress=1.7)
    request.refresh_from_db()
    assert (request.stage, request.progress) == ("network", 1.0)
    assert renew_lease(claim=claim)
    request.refresh_from_db()
    assert request.stage == "network"
    assert sweep_requests().requeued == 0


@pytest.mark.django_db(transaction=True)
def test_sweep_gives_a_dead_workers_request_to_the_next(broker: str) -> None:
    request = make_request()
    dead = make_claim(request)
    name = write_file(dead.folder, "left_cc.dcm", b"half a file")
    assert sweep_requests().requeued == 0
    expire(dead)
    assert sweep_requests().requeued == 1
    request.refresh_from_db()
    assert (request.state, request.reason) == ("queued", WORKER_DIED)
    assert not default_storage.exists(name)
    assert count_messages(broker) == 2
    assert make_claim(request).attempt == 2
    assert not renew_lease(claim=dead)
    assert not fail_request(claim=dead, reason="too late")


@pytest.mark.django_db
def test_a_worker_that_starts_anew_has_left_what_it_held() -> None:
    mine, other = make_request(draw_spec(1)), make_request(draw_spec(2))
    make_claim(mine, worker="generation@here")
    make_claim(other, worker="generation@there")
    assert sweep_requests(started_worker="generation@here").requeued == 1
    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.state, other.state) == ("queued", "running")


@pytest.mark.django_db
def test_what_a_worker_took_since_it_started_it_works_on() -> None:
    started_at = timezone.now()
    request = make_request()
    make_claim(request, worker="generation@here")
    swept = sweep_requests(started_worker="generation@here", started_at=started_at)
    assert (swept.requeued, swept.failed) == (0, 0)
    request.refresh_from_db()
    assert request.state == "running"


@pytest.mark.django_db
def test_a_request_that_kills_its_workers_is_given_up_with_the_reason() -> None:
    request = make_request()
    for _ in range(MAX_ATTEMPTS - 1):
        expire(make_claim(request))
        assert sweep_requests().requeued == 1
    expire(make_claim(request))
    assert sweep_requests().failed == 1
    request.refresh_from_db()
    assert (request.state, request.attempt) == ("failed", MAX_ATTEMPTS)
    assert str(MAX_ATTEMPTS) in request.reason
    assert request.finished_at is not None


@pytest.mark.django_db
@pytest.mark.parametrize("end", ["cancelled", "failed"])
def test_sweep_clears_away_what_an_ended_request_left(end: str) -> None:
    request = make_request()
    dead = make_claim(request)
    name = write_file(dead.folder, "left_cc.dcm", b"half a file")
    if end == "cancelled":
        cancel_request(request=request)
    else:
        fail_request(claim=dead, reason="The disk is full.")
    assert sweep_requests().cleared == 0  # its worker may still be at it
    assert default_storage.exists(name)
    ended = timezone.now() - timedelta(seconds=LEASE_S + 1)
    CaseRequest.objects.update(finished_at=ended)
    assert sweep_requests().cleared == 1
    request.refresh_from_db()
    assert (request.state, request.folder) == (end, "")
    assert not default_storage.exists(name)
    assert sweep_requests().cleared == 0


@pytest.mark.django_db
def test_sweep_leaves_the_images_of_a_case_alone() -> None:
    request = make_request()
    name = write_file(make_claim(request).folder, "left_cc.dcm", b"a file")
    ended = timezone.now() - timedelta(seconds=LEASE_S + 1)
    CaseRequest.objects.update(state="done", lease_until=None, finished_at=ended)
    assert sweep_requests().cleared == 0
    assert default_storage.exists(name)


@pytest.mark.django_db(transaction=True)
def test_sweep_sends_what_no_broker_took(broker: str) -> None:
    request = make_request()
    CaseRequest.objects.update(enqueued_at=None, reason=NO_BROKER)
    assert count_messages(broker) == 1
    assert sweep_requests().resent == 1
    request.refresh_from_db()
    assert (count_messages(broker), request.reason) == (2, "")
    assert sweep_requests().resent == 0


@pytest.mark.django_db(transaction=True)
def test_lost_messages_are_sent_again_to_a_free_worker_only(broker: str) -> None:
    lost, running = make_request(draw_spec(1)), make_request(draw_spec(2))
    sent = timezone.now() - timedelta(seconds=LOST_AFTER_S + 1)
    CaseRequest.objects.update(enqueued_at=sent)
    assert sweep_requests().resent == 0  # no worker: the messages wait in the broker
    see_worker()
    make_claim(running)
    assert sweep_requests().resent == 0  # busy: they wait for their turn
    see_worker("generation@there")
    assert sweep_requests().resent == 1
    lost.refresh_from_db()
    assert lost.enqueued_at is not None
    assert lost.enqueued_at > sent
    assert sweep_requests().resent == 0


@pytest.mark.django_db
def test_a_worker_told_to_end_gives_its_request_back_unharmed() -> None:
    request = make_request()
    claim = make_claim(request)
    assert release_request(claim=claim)
    request.refresh_from_db()
    assert (request.state, request.last_attempt) == ("queued", MAX_ATTEMPTS + 1)
    assert not release_request(claim=claim)
