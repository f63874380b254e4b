"""A case shown otherwise: the same findings in another density, made when somebody asks."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, Final
from uuid import UUID, uuid5

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.domain.requests import request_case, retry_request
from cases.errors import NoVariantError, TooManyVariantsError
from cases.generators import find_ordered
from cases.models import Case, CaseRequest
from cases.models.request import DENSITY, RequestState
from generation.spec import CaseSpec, SpecError
from generation.transformations import density_ladder

# Each takes a worker as long as three cases.
LADDERS_A_DAY: Final = 20


def variant_request_id(case: Case, variant: str) -> UUID:
    """The same for ever, so that whoever asks next finds what was made."""
    return uuid5(case.pk, variant)


def request_density_ladder(*, case: Case, requested_by: Any = None) -> list[CaseRequest]:
    """Ask for a case in each other density; what failed before is tried again.

    Without the exam before, which feedback on a finding does not need, and with the generator
    that drew the case: between two steps nothing differs but the density.

    Raises:
        NoVariantError: if the case is a variant itself, or its description is not understood.
        TooManyVariantsError: if this person has asked for LADDERS_A_DAY others within a day.
        GeneratorError: if its generator is no longer installed.
    """
    if case.variant_of_id is not None:
        raise NoVariantError(_("This case is itself one step of a ladder."))
    try:
        spec = CaseSpec.from_json(case.spec)
        steps = density_ladder(replace(spec, prior=None))
    except SpecError as error:
        raise NoVariantError(
            _("This case cannot be shown in other densities: %(why)s") % {"why": error}
        ) from error
    _check_allowance(case, requested_by)
    generator = find_ordered(case.weights_hash, case.generator_name)
    requests = []
    for step in steps:
        if step.density == spec.density:
            continue
        variant = f"{DENSITY}{step.density}"
        request = request_case(
            request_id=variant_request_id(case, variant),
            spec=step,
            institution=case.institution,
            requested_by=requested_by,
            generator=generator,
            variant_of=case,
            variant=variant,
        )
        if request.state in (RequestState.FAILED, RequestState.CANCELLED):
            request = retry_request(request=request)
        requests.append(request)
    return requests


def _check_allowance(case: Case, person: Any) -> None:
    """Cases that others asked for, and this one asked for before, cost nothing."""
    steps = CaseRequest.objects.filter(variant_of__isnull=False, variant__startswith=DENSITY)
    if person is None or steps.filter(variant_of=case).exists():
        return
    lately = steps.filter(
        requested_by=person,
        created_at__gt=timezone.now() - timedelta(days=1),
    )
    if lately.values("variant_of").distinct().count() >= LADDERS_A_DAY:
        raise TooManyVariantsError(
            _("You have asked for %(n)d cases in other densities within a day: try again tomorrow.")
            % {"n": LADDERS_A_DAY}
        )
