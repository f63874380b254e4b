"""Who works on a request. Every change is one conditional UPDATE, so that of two one wins."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from cases.domain.files import delete_folder
from cases.domain.queue import enqueue_request
from cases.models import CaseRequest
from cases.models.files import new_folder
from cases.models.request import RequestState

# A worker that neither beats nor ends for so long is taken for dead.
LEASE_S = 60.0


@dataclass(frozen=True)
class Claim:
    """One attempt at a request, as the worker that makes it knows it."""

    request_id: UUID
    attempt: int
    spec: dict[str, Any]
    folder: str
    generator_sha256: str = ""
    generator_name: str = ""

    def rows(self) -> QuerySet[CaseRequest]:
        """The request's row while this attempt counts; no row once it does not."""
        return CaseRequest.objects.filter(
            pk=self.request_id, attempt=self.attempt, state=RequestState.RUNNING
        )


def claim_request(*, request_id: UUID, worker: str) -> Claim | None:
    """Take a queued request; None when it is not there to be taken."""
    folder = new_folder()
    with transaction.atomic():
        taken = CaseRequest.objects.filter(pk=request_id, state=RequestState.QUEUED).update(
            state=RequestState.RUNNING,
            attempt=F("attempt") + 1,
            lease_until=timezone.now() + timedelta(seconds=LEASE_S),
            worker=worker,
            folder=folder,
            reason="",
            progress=0.0,
            stage="starting",
        )
        if not taken:
            return None
        # The row is locked until the transaction ends: this is our own attempt's number.
        request = CaseRequest.objects.get(pk=request_id)
    return Claim(
        request_id,
        request.attempt,
        request.spec,
        folder,
        generator_sha256=request.generator_sha256,
        generator_name=request.generator_name,
    )


def renew_lease(*, claim: Claim, stage: str | None = None, progress: float | None = None) -> bool:
    """Keep the request, and tell how far it is; False when this attempt no longer counts."""
    told: dict[str, Any] = {}
    if stage is not None:
        told["stage"] = stage
    if progress is not None:
        told["progress"] = min(max(progress, 0.0), 1.0)
    until = timezone.now() + timedelta(seconds=LEASE_S)
    return bool(claim.rows().update(lease_until=until, **told))


def fail_request(*, claim: Claim, reason: str) -> bool:
    """End a request for a reason that trying again by itself would not change."""
    failed = claim.rows().update(
        state=RequestState.FAILED, reason=reason, lease_until=None, finished_at=timezone.now()
    )
    return bool(failed)


def release_request(*, claim: Claim) -> bool:
    """Give a request back untried: the worker is told to end in the middle of it."""
    with transaction.atomic():
        released = claim.rows().update(
            state=RequestState.QUEUED,
            lease_until=None,
            enqueued_at=None,
            last_attempt=F("last_attempt") + 1,
            progress=0.0,
            stage="",
        )
        if released:
            transaction.on_commit(partial(delete_folder, claim.folder))
            transaction.on_commit(partial(enqueue_request, claim.request_id))
    return bool(released)
