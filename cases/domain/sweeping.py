"""Finding requests that nobody works on any more, and letting them go on."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from cases.domain.files import delete_folder
from cases.domain.leases import LEASE_S
from cases.domain.queue import enqueue_request
from cases.models import CaseRequest
from cases.models.heartbeat import GENERATION_QUEUE
from cases.models.request import RequestState
from cases.queries.workers import find_live_workers

# A message that no idle worker has picked up for so long is lost.
LOST_AFTER_S = 60.0
# Oldest first, so many per free worker at a time: a mistaken copy then costs next to nothing.
SENT_AGAIN_PER_WORKER = 4
WORKER_DIED = "The worker ended in the middle of the case."
GAVE_UP = (
    "Given up after {attempts} attempts: each time the worker ended in the middle of the case."
)


@dataclass(frozen=True)
class Sweep:
    """How many requests were queued again, given up, told anew to the workers, cleared away."""

    requeued: int
    failed: int
    resent: int
    cleared: int


def sweep_requests(*, started_worker: str = "", started_at: datetime | None = None) -> Sweep:
    """Requeue what a dead worker left, fail what died too often, send again what was lost.

    Also removes what is left in the image storage of requests that ended without a case.

    Args:
        started_worker: a worker that has just started; what it left behind when it ended
            need not wait for the lease.
        started_at: when it started, now by default; what it took since then it works on.
    """
    now = timezone.now()
    dead = Q(lease_until__lt=now)
    if started_worker:
        # A lease taken or renewed since then runs at least so long.
        latest = (started_at or now) + timedelta(seconds=LEASE_S)
        dead |= Q(worker=started_worker, lease_until__lt=latest)
    requeued, failed = _end_dead_attempts(dead)
    resent = _resend_lost()
    # Last: a storage that is away must not keep the requests from going on.
    return Sweep(requeued=requeued, failed=failed, resent=resent, cleared=_clear_folders())


def _end_dead_attempts(dead: Q) -> tuple[int, int]:
    requeued = failed = 0
    for request in CaseRequest.objects.filter(dead, state=RequestState.RUNNING):
        if request.attempt < request.last_attempt:
            requeued += _requeue(request, dead)
        else:
            failed += _give_up(request, dead)
    return requeued, failed


def _requeue(request: CaseRequest, dead: Q) -> int:
    with transaction.atomic():
        done = _still(request, dead).update(
            state=RequestState.QUEUED,
            lease_until=None,
            enqueued_at=None,
            reason=WORKER_DIED,
            progress=0.0,
            stage="",
        )
        if done:
            transaction.on_commit(partial(delete_folder, request.folder))
            transaction.on_commit(partial(enqueue_request, request.pk))
    return done


def _give_up(request: CaseRequest, dead: Q) -> int:
    with transaction.atomic():
        done = _still(request, dead).update(
            state=RequestState.FAILED,
            lease_until=None,
            finished_at=timezone.now(),
            reason=GAVE_UP.format(attempts=request.attempt),
        )
        if done:
            transaction.on_commit(partial(delete_folder, request.folder))
    return done


def _still(request: CaseRequest, dead: Q) -> QuerySet[CaseRequest]:
    """The row, if its lease was not renewed since it was read."""
    return CaseRequest.objects.filter(
        dead, pk=request.pk, attempt=request.attempt, state=RequestState.RUNNING
    )


def _clear_folders() -> int:
    """Remove the folders of failed and cancelled requests.

    Not before a lease's time is over: until then a living worker may still be writing, which
    sees that the request has ended and clears up itself.
    """
    ended = CaseRequest.objects.filter(
        state__in=[RequestState.FAILED, RequestState.CANCELLED],
        case=None,
        finished_at__lt=timezone.now() - timedelta(seconds=LEASE_S),
    ).exclude(folder="")
    cleared = 0
    for pk, folder in ended.values_list("pk", "folder"):
        delete_folder(folder)
        # Tried again meanwhile, it may have another folder by now.
        cleared += CaseRequest.objects.filter(pk=pk, folder=folder).update(folder="")
    return cleared


def _resend_lost() -> int:
    """Send what was never sent; what was sent only when a worker is free and does not take it.

    While all workers are busy, a message waits for its turn and is not lost. With no worker
    at all it waits in the broker: sending again would only pile up copies.
    """
    queued = CaseRequest.objects.filter(state=RequestState.QUEUED).order_by("created_at")
    lost = list(queued.filter(enqueued_at=None))
    running = CaseRequest.objects.filter(state=RequestState.RUNNING).count()
    idle = find_live_workers(GENERATION_QUEUE).count() - running
    if idle > 0:
        before = timezone.now() - timedelta(seconds=LOST_AFTER_S)
        lost += queued.filter(enqueued_at__lt=before)[: SENT_AGAIN_PER_WORKER * idle]
    return sum(enqueue_request(each.pk, last_sent=each.enqueued_at) for each in lost)
