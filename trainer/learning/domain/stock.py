"""Keeps the index that cases are chosen from in step with the library and its answers."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any, Final

from django.db.models import Count, Exists, F, Max, OuterRef, Prefetch, QuerySet, Subquery

from cases.models import Case, FindingView
from trainer.learning.models import AbilityEstimate, ItemDifficulty, StockItem
from trainer.learning.queries.abilities import find_current_run
from trainer.learning.queries.forms import in_form_q
from trainer.learning.queries.items import find_model, list_aims, load_difficulties

# A case is dated before it is stored; the slowest to be stored is no older than this.
_STORING: Final = timedelta(minutes=15)
# What one choice may take up; the rest waits for the next, or for beat.
_AT_ONCE: Final = 100
_BATCH: Final = 200


def index_new_cases() -> int:
    """Take up the cases made since the newest that is known; returns how many."""
    newest = StockItem.objects.aggregate(at=Max("made_at"))["at"]
    cases = _unindexed_cases()
    if newest is not None:
        cases = cases.filter(created_at__gt=newest - _STORING)
    return index_cases(cases=list(_with_findings(cases.order_by("-created_at")[:_AT_ONCE])))


def index_all_cases() -> int:
    """Take up every case that is not known, whatever its age; returns how many."""
    ids = list(_unindexed_cases().order_by("created_at").values_list("pk", flat=True))
    for batch in _batches(ids):
        index_cases(cases=list(_with_findings(Case.objects.filter(pk__in=batch))))
    return len(ids)


def index_cases(*, cases: Sequence[Case]) -> int:
    """Take up these cases; those that are known stay as they are.

    Args:
        cases: with their findings and views prefetched.
    """
    if not cases:
        return 0
    ids = [case.pk for case in cases]
    known, model = load_difficulties(ids, run=find_current_run()), find_model()
    readers = dict(
        AbilityEstimate.objects.filter(case__in=ids)
        .order_by()
        .values_list("case")
        .annotate(readers=Count("reader", distinct=True))
    )
    StockItem.objects.bulk_create(
        [
            StockItem(
                case=case,
                institution_id=case.institution_id,
                key=aim.item.key,
                competency=aim.item.competency,
                sign=aim.item.sign,
                mean=(known.get((case.pk, aim.item.key)) or aim.item.difficulty).mean,
                variance=(known.get((case.pk, aim.item.key)) or aim.item.difficulty).variance,
                positive=case.positive,
                tier=case.tier,
                kind=aim.kind,
                seed=case.spec.get("seed"),
                readers=readers.get(case.pk, 0),
                made_at=case.created_at,
            )
            for case in cases
            for aim in list_aims(case, model=model)
        ],
        ignore_conflicts=True,
    )
    return len(cases)


def refresh_stock() -> int:
    """Give every case the difficulties of the current run anew; returns how many cases.

    For after a re-estimation, or when what cases start from has changed.
    """
    run, model = find_current_run(), find_model()
    ids = list(StockItem.objects.order_by("case").values_list("case", flat=True).distinct())
    for batch in _batches(ids):
        cases = {case.pk: case for case in _with_findings(Case.objects.filter(pk__in=batch))}
        known = load_difficulties(batch, run=run)
        start = {
            (case.pk, aim.item.key): aim.item.difficulty
            for case in cases.values()
            for aim in list_aims(case, model=model)
        }
        rows = list(StockItem.objects.filter(case__in=batch))
        for row in rows:
            now = known.get((row.case_id, row.key)) or start.get((row.case_id, row.key))
            if now is not None:
                row.mean, row.variance = now.mean, now.variance
        StockItem.objects.bulk_update(rows, ["mean", "variance"])
    return len(ids)


def note_answered(*, case: Case, run: int) -> None:
    """Take over what the newest answers say of a case's difficulties."""
    learnt = ItemDifficulty.objects.filter(case=case, run=run, key=OuterRef("key"))
    StockItem.objects.filter(Exists(learnt), case=case).update(
        mean=Subquery(learnt.values("mean")[:1]), variance=Subquery(learnt.values("variance")[:1])
    )


def note_given(*, case: Case) -> None:
    """Count one more reader who was given a case."""
    StockItem.objects.filter(case=case).update(readers=F("readers") + 1)


def _unindexed_cases() -> QuerySet[Case]:
    indexed = StockItem.objects.filter(case=OuterRef("pk"))
    return Case.objects.filter(~Exists(indexed), ~in_form_q(), withdrawn_at=None, variant_of=None)


def _with_findings(cases: QuerySet[Case]) -> QuerySet[Case]:
    # Outlines and provenance are most of a case's bytes, and difficulty needs neither.
    views = Prefetch("findings__views", queryset=FindingView.objects.defer("outlines"))
    return cases.defer("provenance").prefetch_related(views)


def _batches(ids: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH))
