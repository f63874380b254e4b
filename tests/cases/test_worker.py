import threading
import time
from datetime import timedelta
from types import SimpleNamespace

import pytest
from celery import signals
from django.db import DatabaseError
from django.utils import timezone

from cases import worker
from cases.domain import forget_old_workers, record_heartbeat
from cases.models import WorkerHeartbeat
from cases.models.heartbeat import GENERATION_QUEUE
from cases.queries import find_live_workers
from cases.worker import Heartbeat
from tests.factories.cases import make_claim, make_request

pytestmark = pytest.mark.django_db(transaction=True)


def wait_until(seen: object) -> None:
    deadline = time.monotonic() + 60
    while not seen():  # type: ignore[operator]
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_worker_beats_until_it_ends() -> None:
    beating = Heartbeat(name="generation@here", queues=(GENERATION_QUEUE,), beat_s=0.02)
    beating.start()
    wait_until(WorkerHeartbeat.objects.exists)
    first = WorkerHeartbeat.objects.get().last_seen
    wait_until(lambda: WorkerHeartbeat.objects.get().last_seen > first)
    assert [live.name for live in find_live_workers(GENERATION_QUEUE)] == ["generation@here"]
    assert not find_live_workers("default").exists()
    beating.stop()
    wait_until(lambda: not WorkerHeartbeat.objects.exists())


def test_a_worker_that_starts_takes_up_what_its_forerunner_left() -> None:
    request = make_request()
    make_claim(request, worker="generation@here")
    beating = Heartbeat(name="generation@here", queues=(GENERATION_QUEUE,), beat_s=0.02)
    beating.start()
    try:
        wait_until(lambda: type(request).objects.get().state == "queued")
    finally:
        beating.stop()


def test_a_worker_of_another_queue_leaves_it_alone() -> None:
    request = make_request()
    make_claim(request, worker="default@here")
    beating = Heartbeat(name="default@here", queues=("default",), beat_s=0.02)
    beating.start()
    wait_until(WorkerHeartbeat.objects.exists)
    beating.stop()
    request.refresh_from_db()
    assert request.state == "running"


def test_a_database_that_is_away_does_not_end_the_signs_of_life(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tries = []

    def stumble(*, name: str, queue: str) -> None:
        tries.append(name)
        if len(tries) < 3:
            raise DatabaseError("the server closed the connection")
        record_heartbeat(name=name, queue=queue)

    monkeypatch.setattr(worker, "record_heartbeat", stumble)
    beating = Heartbeat(name="generation@here", queues=(GENERATION_QUEUE,), beat_s=0.02)
    beating.start()
    wait_until(WorkerHeartbeat.objects.exists)
    beating.stop()
    assert len(tries) >= 3


def test_a_worker_of_several_queues_is_a_worker_of_each() -> None:
    record_heartbeat(name="all@here", queue="default,generation")
    record_heartbeat(name="other@here", queue="regeneration,generation.fast")
    for queue in ("default", GENERATION_QUEUE):
        assert [live.name for live in find_live_workers(queue)] == ["all@here"]


def test_the_signals_of_celery_start_and_stop_it() -> None:
    queues = SimpleNamespace(consume_from={GENERATION_QUEUE: None})
    consumer = SimpleNamespace(
        hostname="generation@there", app=SimpleNamespace(amqp=SimpleNamespace(queues=queues))
    )
    worker._start(sender=consumer)
    wait_until(WorkerHeartbeat.objects.exists)
    heartbeat = WorkerHeartbeat.objects.get()
    assert (heartbeat.name, heartbeat.queue) == ("generation@there", GENERATION_QUEUE)
    worker._stop()
    assert not WorkerHeartbeat.objects.exists()


def test_being_told_to_end_is_known_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_ending", threading.Event())
    worker.watch()
    assert not worker.is_ending()
    signals.worker_shutting_down.send(sender="generation@here", sig="SIGTERM", how="Warm")
    assert worker.is_ending()


def test_workers_not_seen_for_a_week_are_forgotten() -> None:
    record_heartbeat(name="old", queue="default")
    WorkerHeartbeat.objects.update(last_seen=timezone.now() - timedelta(days=8))
    record_heartbeat(name="new", queue="default")
    assert forget_old_workers() == 1
    assert WorkerHeartbeat.objects.get().name == "new"
