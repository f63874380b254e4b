from datetime import datetime
from typing import Any, Literal

from django.db import transaction
from django.utils import timezone

from cases.models import Case
from trainer.reading.errors import StaleNoteError
from trainer.reading.models import CaseNote


def keep_note(
    *,
    reader: Any,
    case: Case,
    bookmarked: bool,
    text: str,
    base: datetime | Literal["any"] | None = "any",
) -> CaseNote | None:
    """Keep a reader's bookmark and words on a case; None once there is neither.

    Args:
        base: when the note was saved that this one was written on; None where there was none.

    Raises:
        StaleNoteError: another note was saved since.
    """
    kept = text.strip()
    with transaction.atomic():
        own = CaseNote.objects.select_for_update().filter(reader=reader, case=case)
        found = own.first()
        if base not in ("any", found.updated_at if found else None):
            raise StaleNoteError()
        if not bookmarked and not kept:
            own.delete()
            return None
        note, _ = CaseNote.objects.update_or_create(
            reader=reader,
            case=case,
            defaults={"bookmarked": bookmarked, "text": kept, "updated_at": timezone.now()},
        )
    return note
