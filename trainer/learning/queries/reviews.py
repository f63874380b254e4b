from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Max

from generation.lesions import REGISTRY
from trainer.learning.models import KindReview
from trainer.learning.spacing import DueKind
from trainer.measure.competencies import competency_of


def find_cards(reader: Any, kinds: Iterable[str] | None = None) -> dict[str, KindReview]:
    """The newest review of each kind, or of these kinds, by kind."""
    rows = KindReview.objects.filter(reader_id=reader.pk)
    if kinds is not None:
        rows = rows.filter(kind__in=list(kinds))
    newest = rows.order_by().values("kind").annotate(newest=Max("pk")).values("newest")
    return {row.kind: row for row in KindReview.objects.filter(pk__in=newest)}


def list_due_kinds(reader: Any, *, at: datetime) -> list[DueKind]:
    """List the kinds of finding that are due to come back, the longest due first."""
    due = sorted(
        (card for card in find_cards(reader).values() if card.due <= at), key=lambda card: card.due
    )
    if not due:
        return []
    misses = dict(
        KindReview.objects.filter(reader_id=reader.pk, missed=True)
        .order_by()
        .values_list("kind")
        .annotate(at=Max("reviewed_at"))
    )
    return [
        DueKind(card.kind, competency_of(reads_as), misses[card.kind])
        for card in due
        if card.kind in REGISTRY and (reads_as := REGISTRY[card.kind].reads_as)
    ]
