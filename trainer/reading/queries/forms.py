"""Sessions of test sets: which count, and which form comes next."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final, Protocol, TypeVar

from django.db.models import Count, F, Q, QuerySet

from trainer.learning.recipes import load_form
from trainer.reading.models import Session

# Who read less of a form by the end of its time is not compared with others on it.
SHARE_READ: Final = 0.9


def ended_tests() -> QuerySet[Session]:
    """Test sets that are over, however much of them was read."""
    return Session.objects.filter(mode=Session.Mode.TEST, ended_at__isnull=False)


def completed_tests() -> QuerySet[Session]:
    """Test sets that count: every case was read, or nearly all when the time was up.

    What a reader broke off before, or left lying, is no figure of a form, though its truth has
    been seen. Cases that were withdrawn before they were read are not asked for.
    """
    read = Count("assignments__reading")
    kept = Q(assignments__reading__isnull=False) | Q(assignments__case__withdrawn_at__isnull=True)
    counted = ended_tests().annotate(read=read, asked=Count("assignments", filter=kept))
    in_time = Q(ended_at__gte=F("ends_at"), read__gte=SHARE_READ * F("asked"))
    return counted.filter(in_time | Q(read=F("asked")), read__gt=0)


def find_open_test(reader: Any) -> Session | None:
    """The test set that a reader is in the middle of."""
    return Session.objects.filter(mode=Session.Mode.TEST, ended_at=None, reader=reader).first()


def find_next_form(reader: Any) -> str:
    """The form that a reader takes next: the one taken less often, and at first one of either.

    Which comes first alternates from reader to reader, so that over a cohort neither form is the
    one before or after. A form comes again once every other one was taken as often.
    """
    forms = list(load_form().forms)
    first = reader.pk % len(forms)
    taken = Counter(ended_tests().filter(reader=reader).values_list("form", flat=True))
    return min(forms[first:] + forms[:first], key=lambda form: taken[form])


class Completed(Protocol):
    """Anything that knows of which form it is."""

    @property
    def form(self) -> str: ...


C = TypeVar("C", bound=Completed)


def pick_before_after(completed: Sequence[C]) -> tuple[C, C] | None:
    """Of one reader's completed forms, oldest first: the first, and the latest of another form."""
    others = [test for test in completed if test.form != completed[0].form]
    return (completed[0], others[-1]) if others else None


def find_before_after(reader: Any) -> tuple[Session, Session] | None:
    """The first form that a reader completed, and the latest of another form."""
    completed = completed_tests().filter(reader=reader).order_by("ended_at", "pk")
    return pick_before_after(list(completed))
