"""Sessions of test sets: which count, and which form comes next."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Protocol, TypeVar

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from trainer.learning.recipes import load_form
from trainer.reading.models import Assignment, Session


def ended_tests() -> QuerySet[Session]:
    """Test sets that are over, however much of them was read."""
    return Session.objects.filter(mode=Session.Mode.TEST, ended_at__isnull=False)


def completed_tests() -> QuerySet[Session]:
    """Test sets that count: every case was read, or the time was used up.

    What a reader broke off before is no figure of a form, though its truth has been seen.
    """
    unread = Assignment.objects.filter(
        session=OuterRef("pk"), reading__isnull=True, case__withdrawn_at__isnull=True
    )
    return ended_tests().filter(Q(ended_at__gte=F("ends_at")) | ~Exists(unread))


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
