from typing import Any

from django.db.models import QuerySet

from cases.models import CaseRequest, SandboxCase
from cases.placed import placed_request_id, read_placed
from cases.queries.variants import ABSENT, LadderStep
from cases.rules import own_sandboxes_q
from generation.spec import SpecError
from generation.vocabulary import DENSITIES, term_keys


def own_sandboxes(user: Any) -> QuerySet[SandboxCase]:
    """The person's sandbox cases that are not put away, the latest change first."""
    return (
        SandboxCase.objects.filter(own_sandboxes_q(user), closed_at=None)
        .select_related("base", "owner")
        .prefetch_related("base__views")
    )


def list_placed_steps(sandbox: SandboxCase) -> list[LadderStep]:
    """The case as it stands now in each density, with images where they were made.

    A density in which the finding has no room is a step that was never asked for and says why.
    """
    return [_make_step(sandbox, density) for density in term_keys(DENSITIES)]


def _make_step(sandbox: SandboxCase, density: str) -> LadderStep:
    try:
        spec = read_placed(sandbox, density)
    except SpecError as error:
        return LadderStep(density, ABSENT, reason=str(error))
    request = (
        CaseRequest.objects.filter(pk=placed_request_id(sandbox, spec))
        .select_related("case")
        .prefetch_related("case__views", "case__findings__views")
        .first()
    )
    if request is None:
        return LadderStep(density, ABSENT)
    return LadderStep(
        density, request.state, request.case, request.progress, request.stage, request.reason
    )
