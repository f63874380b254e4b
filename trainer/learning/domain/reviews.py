from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from cases.models import Case
from trainer.learning.models import KindReview
from trainer.learning.queries.reviews import find_cards
from trainer.learning.spacing import review_kind
from trainer.measure.scoring import LESION_FOUND, Item


def review_kinds(
    *, reader: Any, case: Case, items: Sequence[Item], source: UUID, at: datetime
) -> None:
    """Note for each kind of lesion in a case whether it was missed, and when it comes back.

    Of two lesions of one kind a single miss decides.
    """
    kinds = {finding.finding_id: finding.kind for finding in case.findings.all()}
    missed: dict[str, bool] = {}
    for item in items:
        name, _, finding = item.key.partition(":")
        if name == LESION_FOUND and finding in kinds:
            missed[kinds[finding]] = missed.get(kinds[finding], False) or not item.correct
    if not missed:
        return
    cards = find_cards(reader, missed)
    rows = []
    for kind, was_missed in missed.items():
        before = cards.get(kind)
        if before is None and not was_missed:
            continue
        card, due = review_kind(before.card if before else None, missed=was_missed, at=at)
        rows.append(
            KindReview(
                reader=reader,
                kind=kind,
                source=source,
                missed=was_missed,
                card=card,
                due=due,
                reviewed_at=at,
            )
        )
    KindReview.objects.bulk_create(rows)
