from dataclasses import dataclass
from uuid import UUID

from cases.models import Case, CaseRequest
from cases.models.request import DENSITY, RequestState
from generation.vocabulary import DENSITIES, term_keys

OWN, ABSENT = "own", "absent"


@dataclass(frozen=True)
class LadderStep:
    """A case in one density: the case itself, made, being made, failed, or not asked for."""

    density: str
    state: str
    case: Case | None = None
    progress: float = 0.0
    stage: str = ""
    reason: str = ""


def list_waited_for() -> list[UUID]:
    """Ids of the variants that wait to be made, oldest first: their readers look on."""
    waiting = CaseRequest.objects.filter(state=RequestState.QUEUED, variant_of__isnull=False)
    return list(waiting.order_by("created_at").values_list("pk", flat=True))


def list_density_ladder(case: Case) -> list[LadderStep]:
    """The steps A to D of a case, with images and findings where they are made."""
    requests = (
        CaseRequest.objects.filter(variant_of=case, variant__startswith=DENSITY)
        .select_related("case")
        .prefetch_related("case__views", "case__findings__views")
    )
    asked = {request.density: request for request in requests}
    return [_make_step(case, density, asked.get(density)) for density in term_keys(DENSITIES)]


def _make_step(case: Case, density: str, request: CaseRequest | None) -> LadderStep:
    if density == case.spec.get("density"):
        return LadderStep(density, OWN, case=case)
    if request is None:
        return LadderStep(density, ABSENT)
    return LadderStep(
        density, request.state, request.case, request.progress, request.stage, request.reason
    )
