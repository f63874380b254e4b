"""How reliable the forms of the test set are, by the model and by those who read them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from cases.models import Case
from trainer.learning.queries.forms import list_form_cases
from trainer.learning.queries.items import list_items
from trainer.learning.recipes import load_form
from trainer.measure.reliability import (
    ModelReliability,
    Reliability,
    correlate_forms,
    estimate_alpha,
    predict_reliability,
)
from trainer.measure.targets import TARGETS
from trainer.reading.models import Assignment
from trainer.reading.queries.forms import completed_tests
from trainer.reading.queries.scores import newest_scores
from trainer.reports.queries.forms import ASPECTS


@dataclass(frozen=True)
class FormReliability:
    """`model` by aspect, empty until the form's cases are made; `alpha` over readers."""

    form: str
    model: Mapping[str, ModelReliability]
    alpha: Reliability


@dataclass(frozen=True)
class ReliabilityReport:
    forms: tuple[FormReliability, ...]
    parallel: Reliability


def report_reliability() -> ReliabilityReport:
    """Report the reliability of each form, and of the two as parallel.

    Of readers counts the first time that they read a form, if they read all of it.
    """
    cases = {form: list_form_cases(form) for form in load_form().forms}
    right = _load_right(cases)
    forms = tuple(
        FormReliability(form, _predict(made), estimate_alpha(list(right[form].values())))
        for form, made in cases.items()
    )
    first, second = list(cases)[:2]
    both = sorted(right[first].keys() & right[second].keys())
    parallel = correlate_forms(
        [sum(right[first][reader]) for reader in both],
        [sum(right[second][reader]) for reader in both],
    )
    return ReliabilityReport(forms, parallel)


def _predict(cases: list[Case]) -> dict[str, ModelReliability]:
    items = [
        item
        for case in Case.objects.defer("provenance")
        .filter(pk__in=[case.pk for case in cases])
        .prefetch_related("findings__views")
        for item in list_items(case)
    ]
    by_aspect = {
        aspect: [
            (item.difficulty, TARGETS[item.competency])
            for item in items
            if item.competency in competencies
        ]
        for aspect, competencies in ASPECTS.items()
    }
    return {aspect: predict_reliability(asked) for aspect, asked in by_aspect.items() if asked}


def _load_right(cases: Mapping[str, list[Case]]) -> dict[str, dict[int, list[bool]]]:
    """Whether each recall decision was right, by form and reader, in the order of the cases."""
    unread = Assignment.objects.filter(session=OuterRef("pk"), reading__isnull=True)
    tests = completed_tests().filter(~Exists(unread), form__in=list(cases))
    scores = newest_scores().filter(reading__assignment__session__in=tests.values("pk"))
    rows = scores.order_by("-reading__assignment__session__started_at", "pk").values_list(
        "reading__assignment__session__form",
        "reading__assignment__session__reader",
        "reading__assignment__session",
        "reading__assignment__case",
        "result__recall_correct",
    )
    # Later rows write over earlier ones: of several tests the first.
    found: dict[tuple[str, int], tuple[Any, dict[UUID, bool]]] = {}
    for form, reader, session, case, correct in rows:
        known = found.get((form, reader))
        if known is None or known[0] != session:
            known = found[form, reader] = (session, {})
        known[1][case] = correct
    right: dict[str, dict[int, list[bool]]] = defaultdict(dict)
    for (form, reader), (_, answers) in found.items():
        wanted = [case.pk for case in cases[form]]
        # Who read an earlier edition of the form read other cases.
        # A case that was withdrawn since is passed over in what they read of it.
        if wanted and set(wanted) <= set(answers):
            right[form][reader] = [answers[pk] for pk in wanted]
    return right
