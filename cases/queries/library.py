"""Which cases there are to read, with and without what they hold."""

from uuid import UUID

from django.db.models import QuerySet

from cases.models import Case


def ready_cases() -> QuerySet[Case]:
    """Cases that may be given to read. Variants of a case are none: they tell what it holds."""
    return Case.objects.filter(withdrawn_at=None, variant_of=None)


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
