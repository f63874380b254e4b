"""The worker's signs of life, from a thread beside its work, and its first look for leftovers."""

import logging
import threading
from typing import Any

from celery import signals
from django.db import DatabaseError, connection
from django.utils import timezone

from cases.domain.sweeping import sweep_requests
from cases.domain.workers import end_heartbeat, record_heartbeat
from cases.models.heartbeat import GENERATION_QUEUE

logger = logging.getLogger(__name__)

BEAT_S = 5.0


class Heartbeat:
    """Beats for one worker until it is stopped."""

    def __init__(self, *, name: str, queues: tuple[str, ...], beat_s: float = BEAT_S) -> None:
        self.name = name
        self.queues = queues
        self.beat_s = beat_s
        self.started_at = timezone.now()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._ended.set()
        self._thread.join(timeout=self.beat_s)

    def _run(self) -> None:
        # What a worker of this name left when it was killed need not wait for the lease.
        self._safely(self._begin)
        while not self._ended.wait(self.beat_s):
            self._safely(self._beat)
        self._safely(self._end)

    def _begin(self) -> None:
        self._beat()
        if GENERATION_QUEUE in self.queues:
            sweep_requests(started_worker=self.name, started_at=self.started_at)

    def _beat(self) -> None:
        record_heartbeat(name=self.name, queue=",".join(self.queues))

    def _end(self) -> None:
        end_heartbeat(name=self.name)

    @staticmethod
    def _safely(act: Any) -> None:
        """A database that is away for a while must not end the thread."""
        try:
            act()
        except DatabaseError:
            logger.exception("the worker's sign of life could not be stored")
        finally:
            # The pool may fork at any time: leave it no open connection.
            connection.close()


_running: dict[str, Heartbeat] = {}
_ending = threading.Event()


def is_ending() -> bool:
    """Whether this worker was told to end: what it works on is better given back at once."""
    return _ending.is_set()


def watch() -> None:
    """Connect to Celery's own signals; called once, when the tasks are loaded."""
    signals.worker_ready.connect(_start, dispatch_uid="cases.heartbeat.start")
    signals.worker_shutting_down.connect(_note_end, dispatch_uid="cases.worker.ending")
    signals.worker_shutdown.connect(_stop, dispatch_uid="cases.heartbeat.stop")


def _start(sender: Any, **_: Any) -> None:
    queues = tuple(sorted(sender.app.amqp.queues.consume_from))
    heartbeat = Heartbeat(name=sender.hostname, queues=queues)
    _running[sender.hostname] = heartbeat
    heartbeat.start()


def _note_end(**_: Any) -> None:
    # Runs in the handler of the operating system's signal: no more than this.
    _ending.set()


def _stop(**_: Any) -> None:
    for heartbeat in _running.values():
        heartbeat.stop()
    _running.clear()
