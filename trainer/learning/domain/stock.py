"""Keeps the index that cases are chosen from in step with the library and its answers."""

from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Prefetch, QuerySet, Subquery

from cases.models import Case, FindingView
from cases.queries import ready_cases
from trainer.learning.models import AbilityEstimate, ItemDifficulty, StockItem
from trainer.learning.queries.abilities import find_current_run
from trainer.learning.queries.forms import in_form_q
from trainer.learning.queries.items import find_model, list_aims, load_difficulties
from trainer.measure.answered import DifficultyModel

# As many of the newest cases are looked at when one is chosen; what else came in waits for beat.
_NEWEST: Final = 100
_BATCH: Final = 200


def index_new_cases() -> int:
    """Take up what is not known of the newest cases; returns how many."""
    newest = _list_givable().order_by("-created_at").values("pk")[:_NEWEST]
    return index_cases(cases=list(_with_findings(_unindexed_cases().filter(pk__in=newest))))


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
            )
            for case in cases
            for aim in list_aims(case, model=model)
        ],
        ignore_conflicts=True,
    )
    return len(cases)


def refresh_stock() -> int:
    """Give every case the difficulties of the current run anew; returns how many cases.

    For after a re-estimation, or when what cases start from has changed. Answers may come in
    meanwhile: rows are held before the difficulties are read that they are to take over.
    """
    model = find_model()
    ids = list(StockItem.objects.order_by("case").values_list("case", flat=True).distinct())
    for batch in _batches(ids):
        with transaction.atomic():
            _refresh(batch, model)
    return len(ids)


def _refresh(batch: Sequence[UUID], model: DifficultyModel | None) -> None:
    rows = list(_hold(batch))
    start = {
        (case.pk, aim.item.key): aim.item.difficulty
        for case in _with_findings(Case.objects.filter(pk__in=batch))
        for aim in list_aims(case, model=model)
    }
    known = start | load_difficulties(batch, run=find_current_run())
    for row in rows:
        now = known.get((row.case_id, row.key))
        if now is not None:
            row.mean, row.variance = now.mean, now.variance
    StockItem.objects.bulk_update(rows, ["mean", "variance"])


def note_answered(*, case: Case, run: int) -> None:
    """Take over what the newest answers say of a case's difficulties."""
    list(_hold([case.pk]))
    learnt = ItemDifficulty.objects.filter(case=case, run=run, key=OuterRef("key"))
    StockItem.objects.filter(Exists(learnt), case=case).update(
        mean=Subquery(learnt.values("mean")[:1]), variance=Subquery(learnt.values("variance")[:1])
    )


def note_given(*, case: Case) -> None:
    """Count one more reader who was given a case."""
    with transaction.atomic():
        list(_hold([case.pk]))
        StockItem.objects.filter(case=case).update(readers=F("readers") + 1)


def _hold(case_ids: Sequence[UUID]) -> QuerySet[StockItem]:
    """Lock the rows of cases, always in one order: writers wait for each other, never both."""
    rows = StockItem.objects.filter(case__in=case_ids)
    return rows.select_for_update().order_by("case_id", "key")


def _unindexed_cases() -> QuerySet[Case]:
    indexed = StockItem.objects.filter(case=OuterRef("pk"))
    return _list_givable().filter(~Exists(indexed)).order_by()


def _list_givable() -> QuerySet[Case]:
    return ready_cases().filter(~in_form_q())


def _with_findings(cases: QuerySet[Case]) -> QuerySet[Case]:
    # Outlines and provenance are most of a case's bytes, and difficulty needs neither.
    views = Prefetch("findings__views", queryset=FindingView.objects.defer("outlines"))
    return cases.defer("provenance").prefetch_related(views)


def _batches(ids: Sequence[UUID]) -> Iterable[Sequence[UUID]]:
    return (ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH))
