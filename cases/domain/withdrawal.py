"""Taking a case out of use."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from cases.domain.files import delete_folder
from cases.errors import CaseInUseError
from cases.models import Case


def withdraw_case(*, case: Case, withdrawn_by: Any, reason: str = "") -> Case:
    """Give a case to no more readers. What was read of it stays, with its feedback."""
    Case.objects.filter(pk=case.pk, withdrawn_at=None).update(
        withdrawn_at=timezone.now(), withdrawn_by=withdrawn_by, withdrawn_reason=reason
    )
    case.refresh_from_db()
    return case


def restore_case(*, case: Case) -> Case:
    """Undo a withdrawal."""
    Case.objects.filter(pk=case.pk).update(
        withdrawn_at=None, withdrawn_by=None, withdrawn_reason=""
    )
    case.refresh_from_db()
    return case


def delete_case(*, case: Case) -> None:
    """Delete a case that nobody was given, with its images and variants.

    Raises:
        CaseInUseError: if something was made of it, such as a reading; withdraw it instead.
    """
    folders = [case.folder, *case.variants.values_list("folder", flat=True)]
    try:
        with transaction.atomic():
            case.delete()
            for folder in folders:
                transaction.on_commit(partial(delete_folder, folder))
    except ProtectedError as error:
        raise CaseInUseError("This case is in use, so it can only be withdrawn.") from error
