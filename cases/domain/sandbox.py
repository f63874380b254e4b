"""A finding of one's own in a normal case: placed, changed, and made by the worker when asked."""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.domain.requests import request_case, retry_request
from cases.errors import (
    RequestConflictError,
    StaleSandboxError,
    TooManyVariantsError,
    WithdrawnBaseError,
)
from cases.generators import find_ordered
from cases.models import Case, CaseRequest, SandboxCase
from cases.models.request import PLACED, RequestState
from cases.placed import placed_request_id, read_placed, read_woman
from generation.population.placing import place_lesion
from generation.spec import LesionSpec

# Each takes a worker a few seconds, and a few megabytes for good.
MADE_PER_DAY: Final = 40
DAY: Final = timedelta(days=1)


def open_sandbox(*, sandbox_id: UUID, owner: Any, base: Case) -> SandboxCase:
    """Take a normal case to place something in; the same id again gives the same row.

    Raises:
        RequestConflictError: if the id was used for another case or by another person.
        WithdrawnBaseError: if the case is withdrawn.
        NoVariantError: if it holds findings, or cannot be understood.
    """
    if base.withdrawn_at is not None:
        raise WithdrawnBaseError()
    read_woman(base)
    sandbox, _ = SandboxCase.objects.get_or_create(
        pk=sandbox_id, defaults={"owner": owner, "base": base}
    )
    if (sandbox.owner_id, sandbox.base_id) != (owner.pk, base.pk):
        raise RequestConflictError("This id was used before, for another case.")
    return sandbox


def keep_lesion(
    *, sandbox: SandboxCase, side: str, lesion: LesionSpec | None, revision: int
) -> SandboxCase:
    """Keep what is placed now, written on top of `revision`; None takes it out.

    Keeping what is kept already changes nothing, so that a lost answer may be asked for again.

    Raises:
        SpecError: if the finding cannot be so, by its fields.
        StaleSandboxError: if another window has kept something newer.
        WithdrawnBaseError: if the case was withdrawn meanwhile.
    """
    if sandbox.base.withdrawn_at is not None:
        raise WithdrawnBaseError()
    kept = None
    if lesion is not None:
        kept = place_lesion(read_woman(sandbox.base), lesion).lesions[0].to_json()
        side = lesion.side
    with transaction.atomic():
        row = SandboxCase.objects.select_for_update().get(pk=sandbox.pk)
        if row.revision == revision + 1 and (row.lesion, row.side) == (kept, side):
            return row
        if row.revision != revision:
            raise StaleSandboxError()
        row.lesion, row.side, row.revision = kept, side, revision + 1
        row.updated_at = timezone.now()
        row.save(update_fields=["lesion", "side", "revision", "updated_at"])
    return row


def close_sandbox(*, sandbox: SandboxCase) -> None:
    """Put a sandbox case away; what was made of it stays, and so does that its owner knows it."""
    SandboxCase.objects.filter(pk=sandbox.pk, closed_at=None).update(closed_at=timezone.now())


def request_placed(*, sandbox: SandboxCase, density: str | None = None) -> CaseRequest:
    """Have the case made as it stands now, or in another density; what failed is tried again.

    Raises:
        SpecError: if it cannot be made.
        TooManyVariantsError: if the owner has had too many made today.
        WithdrawnBaseError: if the case was withdrawn meanwhile.
        GeneratorError: if its generator is no longer installed.
    """
    if sandbox.base.withdrawn_at is not None:
        raise WithdrawnBaseError()
    base, spec = sandbox.base, read_placed(sandbox, density)
    request_id = placed_request_id(sandbox, spec)
    known = CaseRequest.objects.filter(pk=request_id).first()
    if known is not None and known.state in (RequestState.FAILED, RequestState.CANCELLED):
        return retry_request(request=known)
    if known is not None:
        return known
    check_made_today(sandbox.owner_id)
    return request_case(
        request_id=request_id,
        spec=spec,
        institution=base.institution,
        requested_by=sandbox.owner,
        generator=find_ordered(base.weights_hash, base.generator_name),
        variant_of=base,
        variant=f"{PLACED}{request_id.hex[:12]}",
    )


def check_made_today(owner_id: int) -> None:
    """Raise TooManyVariantsError when a person has had as many cases made as a day allows."""
    made = CaseRequest.objects.filter(
        requested_by=owner_id,
        variant__startswith=PLACED,
        created_at__gte=timezone.now() - DAY,
    )
    if made.count() >= MADE_PER_DAY:
        raise TooManyVariantsError(
            _("You can have %(most)d cases made a day. Go on tomorrow.") % {"most": MADE_PER_DAY}
        )
