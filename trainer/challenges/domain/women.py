"""Taking a normal case into the sandbox: one that was read, or one that will never be given."""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID, uuid4

import numpy as np
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from cases.domain import open_sandbox, request_case
from cases.models import Case, CaseRequest, SandboxCase
from cases.models.request import OPEN_STATES
from generation.spec import CaseSpec
from trainer.challenges.errors import NoWomanReadyError, TooManyWomenError
from trainer.challenges.queries.women import unread_normals
from trainer.learning.domain.orders import RESERVE
from trainer.learning.queries.forms import for_form_q
from trainer.reading.models import Assignment

NEW_WOMEN_PER_DAY: Final = 10
DAY: Final = timedelta(days=1)


def take_new_woman(*, sandbox_id: UUID, owner: Any, institution: Any) -> SandboxCase:
    """Take a normal case that the person was never given, and from now on never is.

    The same id again gives what it gave.

    Raises:
        TooManyWomenError: if the person has taken as many today as a day allows.
        NoWomanReadyError: if the stock holds none; one is ordered then.
    """
    with transaction.atomic():
        # One at a time: two tabs must not pass the limit together, nor one press take two women.
        get_user_model().objects.select_for_update(no_key=True).get(pk=owner.pk)
        own = SandboxCase.objects.filter(owner=owner)
        taken = own.filter(pk=sandbox_id).select_related("base").first()
        if taken is not None:
            return taken
        if _count_new(owner) >= NEW_WOMEN_PER_DAY:
            raise TooManyWomenError(NEW_WOMEN_PER_DAY)
        base = _draw(owner, institution)
        if base is not None:
            return open_sandbox(sandbox_id=sandbox_id, owner=owner, base=base)
    # Raised outside: the order has to stand.
    _order(institution)
    raise NoWomanReadyError()


def _count_new(owner: Any) -> int:
    """Women taken today that the person was not given to read before."""
    given = Assignment.objects.filter(session__reader=owner)
    today = SandboxCase.objects.filter(owner=owner, created_at__gte=timezone.now() - DAY)
    return today.exclude(base__in=given.values("case")).count()


def _draw(owner: Any, institution: Any) -> Case | None:
    # The newest have been given to the fewest.
    return unread_normals(owner, institution).order_by("-created_at", "pk").first()


def _order(institution: Any) -> None:
    """Order a normal case, unless enough of them wait: one is being made in either case."""
    waiting = CaseRequest.objects.filter(
        ~for_form_q(),
        institution=institution,
        state__in=OPEN_STATES,
        variant_of=None,
        spec__lesions=[],
    )
    if waiting.count() < RESERVE:
        spec = CaseSpec.draw(np.random.default_rng(), findings="none", prior=False)
        request_case(request_id=uuid4(), spec=spec, institution=institution)
