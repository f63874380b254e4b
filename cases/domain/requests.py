"""Asking for a case, asking again, calling it off."""

import json
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.domain.files import delete_folder
from cases.domain.queue import enqueue_request
from cases.errors import RequestConflictError, WrongStateError
from cases.models import Case, CaseRequest
from cases.models.request import MAX_ATTEMPTS, OPEN_STATES, RequestState
from generation.packages.registry import InstalledGenerator
from generation.spec import CaseSpec


def request_case(
    *,
    request_id: UUID,
    spec: CaseSpec,
    institution: Any = None,
    requested_by: Any = None,
    generator: InstalledGenerator | None = None,
    variant_of: Case | None = None,
    variant: str = "",
) -> CaseRequest:
    """Ask for a case; the same id and spec again give the row that is there.

    Without a generator, the site's default draws it: that which is it when the case is made.
    With `variant_of` it shows that case otherwise, in the way that `variant` names.

    Raises:
        SpecError: if the spec cannot be made; `errors` names the fields.
        RequestConflictError: if the id was used for another spec, institution or generator.
    """
    spec.validate()
    wanted = json.loads(json.dumps(spec.to_json()))
    chosen = generator.sha256 if generator else ""
    with transaction.atomic():
        request, created = CaseRequest.objects.get_or_create(
            pk=request_id,
            defaults={
                "spec": wanted,
                "institution": institution,
                "requested_by": requested_by,
                "generator_sha256": chosen,
                "generator_name": generator.name if generator else "",
                "variant_of": variant_of,
                "variant": variant,
            },
        )
        if created:
            transaction.on_commit(partial(enqueue_request, request.pk))
    asked = (request.spec, request.institution, request.generator_sha256)
    if not created and asked != (wanted, institution, chosen):
        raise RequestConflictError(_("This id was used before, for another case."))
    return request


def retry_request(*, request: CaseRequest) -> CaseRequest:
    """Let a failed or cancelled request try again, with as many attempts as a new one.

    Raises:
        WrongStateError: if it neither failed nor was cancelled.
    """
    ended = CaseRequest.objects.filter(
        pk=request.pk, state__in=[RequestState.FAILED, RequestState.CANCELLED]
    )
    with transaction.atomic():
        folder = ended.values_list("folder", flat=True).first()
        again = ended.update(
            state=RequestState.QUEUED,
            reason="",
            # `attempt` stays: an old attempt that wakes up must not pass for the new one.
            last_attempt=F("attempt") + MAX_ATTEMPTS,
            folder="",
            enqueued_at=None,
            finished_at=None,
            progress=0.0,
            stage="",
        )
        if again:
            transaction.on_commit(partial(delete_folder, folder or ""))
            transaction.on_commit(partial(enqueue_request, request.pk))
    request.refresh_from_db()
    if not again:
        raise WrongStateError(_("Only a failed request can be tried again."))
    return request


def cancel_request(*, request: CaseRequest) -> CaseRequest:
    """Call off a request that is not done; a worker at it drops what it made.

    What a dead worker left of it is removed by the sweep.

    Raises:
        WrongStateError: if it has ended already.
    """
    cancelled = CaseRequest.objects.filter(pk=request.pk, state__in=OPEN_STATES).update(
        state=RequestState.CANCELLED, lease_until=None, finished_at=timezone.now(), reason=""
    )
    request.refresh_from_db()
    if not cancelled:
        raise WrongStateError(_("This request has ended already."))
    return request
