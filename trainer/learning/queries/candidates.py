from collections.abc import Set
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch

from cases.models import Case, FindingView
from cases.queries import ready_cases
from trainer.learning.models import AbilityEstimate
from trainer.learning.queries.abilities import find_current_run
from trainer.learning.queries.items import list_items, load_difficulties
from trainer.measure.selection import Candidate, CandidateItem, Past


def list_candidates(
    *, institution: Any, seen_case_ids: Set[UUID]
) -> tuple[dict[str, Case], list[Candidate], Past]:
    """List the cases that may come next for a reader, and what the reader has met so far.

    No seed comes twice: the same breast with another finding would be recognised.

    Returns:
        The cases by id, the same as candidates, and the reader's past.
    """
    seen = list(Case.objects.filter(pk__in=seen_case_ids).values_list("positive", "spec__seed"))
    seeds = {seed for _, seed in seen}
    # Outlines and provenance are most of a case's bytes, and choosing needs neither.
    findings = Prefetch("findings__views", queryset=FindingView.objects.defer("outlines"))
    ready = ready_cases(institution).exclude(pk__in=seen_case_ids)
    cases = {
        str(case.pk): case
        for case in ready.defer("provenance").prefetch_related(findings)
        if case.spec.get("seed") not in seeds
    }
    known = load_difficulties((case.pk for case in cases.values()), run=find_current_run())
    readers = dict(
        AbilityEstimate.objects.order_by()
        .values_list("case")
        .annotate(readers=Count("reader", distinct=True))
    )
    candidates = [
        Candidate(
            id=name,
            positive=case.positive,
            items=tuple(
                CandidateItem(
                    item.key,
                    item.competency,
                    item.sign,
                    known.get((case.pk, item.key), item.difficulty),
                )
                for item in list_items(case)
            ),
            readers=readers.get(case.pk, 0),
        )
        for name, case in cases.items()
    ]
    everyone = AbilityEstimate.objects.aggregate(n=Count("reader", distinct=True))["n"]
    normals = sum(not positive for positive, _ in seen)
    return cases, candidates, Past(cases=len(seen), normals=normals, readers=max(everyone, 1))
