"""The cases of test sets: which they are, how far they are made, and everything but them."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from cases.models import Case, CaseRequest
from cases.models.request import RequestState
from trainer.learning.models import FormPlace
from trainer.learning.recipes import load_form


def in_form_q() -> Q:
    """Cases of a test set, of this edition or an earlier one: they are read there alone."""
    return Q(Exists(FormPlace.objects.filter(request__case=OuterRef("pk"))))


def for_form_q() -> Q:
    """Requests for cases of a test set."""
    return Q(Exists(FormPlace.objects.filter(request=OuterRef("pk"))))


def is_in_form(case: Case) -> bool:
    return FormPlace.objects.filter(request__case=case.pk).exists()


def list_places() -> list[FormPlace]:
    """The places of this edition's forms that were asked for, in the order of reading."""
    places = FormPlace.objects.filter(edition=load_form().edition)
    return list(places.select_related("request__case").order_by("form", "number"))


@dataclass(frozen=True)
class FormMaking:
    """How far a form's cases are made; `ready` of `cases` may be read."""

    form: str
    cases: int
    ready: int
    waiting: int
    running: int
    failed: int
    withdrawn: int
    progress: float
    reasons: tuple[str, ...]

    @property
    def is_ready(self) -> bool:
        return self.ready == self.cases

    @property
    def absent(self) -> int:
        """Cases that nobody has asked for."""
        made = self.ready + self.withdrawn
        return self.cases - made - self.waiting - self.running - self.failed


def report_making() -> dict[str, FormMaking]:
    """Report how far each form is made."""
    requests: dict[str, list[CaseRequest]] = {form: [] for form in load_form().forms}
    for place in list_places():
        requests[place.form].append(place.request)
    return {
        form: _count(form, len(load_form().forms[form]), asked) for form, asked in requests.items()
    }


def _count(form: str, cases: int, requests: list[CaseRequest]) -> FormMaking:
    made = [request.case for request in requests if request.case is not None]
    undone = [request for request in requests if request.case is None]
    ready = sum(case.withdrawn_at is None for case in made)
    running = [each for each in undone if each.state == RequestState.RUNNING]
    failed = [each for each in undone if each.state not in (RequestState.QUEUED, "running")]
    return FormMaking(
        form=form,
        cases=cases,
        ready=ready,
        waiting=len(undone) - len(running) - len(failed),
        running=len(running),
        failed=len(failed),
        withdrawn=len(made) - ready,
        progress=(len(made) + sum(each.progress for each in running)) / cases,
        reasons=tuple(sorted({each.reason for each in failed if each.reason})),
    )


def list_form_cases(form: str) -> list[Case]:
    """The cases of a form in the order of reading, without those that were withdrawn or lack."""
    cases = [place.request.case for place in list_places() if place.form == form]
    return [case for case in cases if case is not None and case.withdrawn_at is None]
