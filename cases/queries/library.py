"""Which cases there are to read, with and without what they hold."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from cases.models import Case


def ready_cases(institution: Any) -> QuerySet[Case]:
    """Cases that readers of an institution may be given: its own and the shared ones.

    Variants of a case are none: they tell what it holds.

    Args:
        institution: the institution or its id; None for the shared cases alone.
    """
    shared = Q(institution=None)
    whose = shared if institution is None else shared | Q(institution=institution)
    return Case.objects.filter(whose, withdrawn_at=None, variant_of=None)


def case_for_reading(case_id: UUID) -> Case:
    """A case with its images and nothing that tells what it holds.

    Raises:
        Case.DoesNotExist: if there is none.
    """
    return (
        Case.objects.defer("spec", "truth", "provenance", "competency_difficulty")
        .prefetch_related("views")
        .get(pk=case_id)
    )


def case_with_truth(case_id: UUID) -> Case:
    """A case with its images, findings and what each view shows of them.

    Raises:
        Case.DoesNotExist: if there is none.
    """
    return Case.objects.prefetch_related("views", "findings__views").get(pk=case_id)
