from typing import Any

from django.utils import timezone

from cases.models import Case
from trainer.reading.models import CaseNote


def keep_note(*, reader: Any, case: Case, bookmarked: bool, text: str) -> CaseNote | None:
    """Keep a reader's bookmark and words on a case; None once there is neither."""
    kept = text.strip()
    if not bookmarked and not kept:
        CaseNote.objects.filter(reader=reader, case=case).delete()
        return None
    note, _ = CaseNote.objects.update_or_create(
        reader=reader,
        case=case,
        defaults={"bookmarked": bookmarked, "text": kept, "updated_at": timezone.now()},
    )
    return note
