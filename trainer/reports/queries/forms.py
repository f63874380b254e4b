"""What a test set came to: figures with intervals, and what rose since the form before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from django.db.models import Prefetch

from cases.models import Case
from trainer.learning.queries.items import list_items
from trainer.measure.ability import Estimate
from trainer.measure.change import AnsweredItem, FormAbilities, estimate_forms
from trainer.measure.differences import Difference, compare_unpaired
from trainer.measure.localisation import DUPLICATE, FALSE_POSITIVE, HIT
from trainer.measure.proportions import MINIMUM_N, Proportion, estimate_proportion
from trainer.measure.roc import RocArea, estimate_area
from trainer.measure.wafroc import estimate_wafroc
from trainer.reading.models import Reading, Session
from trainer.reading.queries.forms import find_before_after
from trainer.reading.queries.scores import newest_scores
from trainer.reports.queries.readings import list_hits
from trainer.reports.queries.session import CaseRow, make_case_row

_LESIONS: Final = ("mass", "calcification", "distortion", "asymmetry")
# What a form of thirty cases can tell apart: of each kind of lesion it holds too few.
ASPECTS: Final[Mapping[str, tuple[str, ...]]] = {
    "lesions": _LESIONS,
    "normal_rejection": ("normal_rejection",),
    "characterisation": ("characterisation",),
    "density": ("density",),
}
ASPECT_NAMES: Final = list(ASPECTS)
FIGURES: Final = ("sensitivity", "specificity", "lesion_sensitivity", "area", "wafroc")


@dataclass(frozen=True)
class FormFigures:
    """The figures of one form; `prevalence` is that of the cases that were read."""

    readings: int
    positives: int
    prevalence: float | None
    sensitivity: Proportion
    specificity: Proportion
    lesion_sensitivity: Proportion
    area: RocArea
    wafroc: RocArea


@dataclass(frozen=True)
class AspectRow:
    """What a form tells of one aspect, or what rose; None without enough answers."""

    aspect: str
    n: int
    enough: bool
    mean: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class FormChange:
    """The first form that a reader completed against the latest of another form."""

    before: Session
    after: Session
    figures: Mapping[str, Difference]
    abilities: tuple[AspectRow, ...]


@dataclass(frozen=True)
class FormReport:
    session: Session
    cases: int
    minutes: float
    figures: FormFigures
    rows: tuple[CaseRow, ...]
    abilities: tuple[AspectRow, ...]
    change: FormChange | None


@dataclass(frozen=True)
class ReadForm:
    """The readings of one test set, each with its newest score."""

    session: Session
    scored: tuple[tuple[Reading, Mapping[str, Any]], ...]

    @cached_property
    def figures(self) -> FormFigures:
        """Compute the figures of the cases that were read."""
        results = [result for _, result in self.scored]
        positive = [(r, result) for r, result in self.scored if result["positive"]]
        negative = [(r, result) for r, result in self.scored if not result["positive"]]
        lesions = [lesion for result in results for lesion in _list_asked(result)]
        right = sum(result["recalled"] for _, result in positive)
        left = sum(not result["recalled"] for _, result in negative)
        rated = [_rate_lesions(each) for each in positive if _list_asked(each[1])]
        return FormFigures(
            readings=len(results),
            positives=len(positive),
            prevalence=len(positive) / len(results) if results else None,
            sensitivity=estimate_proportion(right, len(positive)),
            specificity=estimate_proportion(left, len(negative)),
            lesion_sensitivity=estimate_proportion(
                sum(lesion["hit"] for lesion in lesions), len(lesions)
            ),
            area=estimate_area([_rate(r) for _, r in positive], [_rate(r) for _, r in negative]),
            wafroc=estimate_wafroc(rated, [_rate_false(each) for each in negative]),
        )

    @cached_property
    def answers(self) -> list[AnsweredItem]:
        """What was asked and answered, with the difficulties that the cases start from."""
        return [
            AnsweredItem(item["competency"], item["sign"], known[item["key"]], item["correct"])
            for reading, result in self.scored
            for known in [_load_difficulties(reading.assignment.case)]
            for item in result["items"]
            if item["key"] in known
        ]


def load_read_form(session: Session) -> ReadForm:
    """Load the readings of a test set, in a fixed number of queries."""
    readings = (
        Reading.objects.filter(assignment__session=session)
        .select_related("assignment__case")
        .prefetch_related(Prefetch("scores", newest_scores()), "assignment__case__findings__views")
        .order_by("assignment__position")
    )
    return ReadForm(session, tuple((each, each.scores.all()[0].result) for each in readings))


def report_form(session: Session) -> FormReport:
    """Report what a test set came to, and what rose since the reader's first one."""
    read = load_read_form(session)
    rows = tuple(make_case_row(reading, dict(result)) for reading, result in read.scored)
    return FormReport(
        session=session,
        cases=session.assignments.count(),
        minutes=sum(row.minutes for row in rows),
        figures=read.figures,
        rows=rows,
        abilities=_list_levels(read.answers),
        change=report_change(session.reader),
    )


def report_change(reader: Any) -> FormChange | None:
    """Compare the first form that a reader completed with the latest of another form."""
    found = find_before_after(reader)
    if found is None:
        return None
    before, after = (load_read_form(session) for session in found)
    return FormChange(
        before=before.session,
        after=after.session,
        figures={
            name: compare_unpaired(getattr(before.figures, name), getattr(after.figures, name))
            for name in FIGURES
        },
        abilities=_list_changes(before.answers, after.answers),
    )


def _list_levels(answers: Sequence[AnsweredItem]) -> tuple[AspectRow, ...]:
    known = estimate_forms(answers)
    return tuple(
        _make_row(aspect, _count(answers, names), known.estimate_level(_share(names), after=False))
        for aspect, names in ASPECTS.items()
    )


def _list_changes(
    before: Sequence[AnsweredItem], after: Sequence[AnsweredItem]
) -> tuple[AspectRow, ...]:
    known: FormAbilities = estimate_forms(before, after)
    return tuple(
        _make_row(
            aspect,
            min(_count(before, names), _count(after, names)),
            known.estimate_change(_share(names)),
        )
        for aspect, names in ASPECTS.items()
    )


def _make_row(aspect: str, n: int, estimate: Estimate) -> AspectRow:
    if n < MINIMUM_N:
        return AspectRow(aspect, n, False, None, None, None)
    return AspectRow(aspect, n, True, estimate.mean, estimate.low, estimate.high)


def _share(names: Iterable[str]) -> dict[str, float]:
    return dict.fromkeys(names, 1.0)


def _count(answers: Iterable[AnsweredItem], names: Sequence[str]) -> int:
    return sum(answer.competency in names for answer in answers)


def _load_difficulties(case: Case) -> dict[str, Any]:
    return {item.key: item.difficulty for item in list_items(case)}


def _list_asked(result: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [lesion for lesion in result["lesions"] if lesion.get("asked", True)]


def _rate(result: Mapping[str, Any]) -> float:
    rating = result["case_rating"]
    return -np.inf if rating is None else float(rating)


def _rate_lesions(scored: tuple[Reading, Mapping[str, Any]]) -> list[float]:
    """The surest mark on each lesion that the case asks for; -inf where it was missed."""
    reading, result = scored
    ratings = _list_ratings(reading, result, (HIT, DUPLICATE))
    return [
        max(
            (
                ratings[mark]
                for mark in list_hits(result["marks"], lesion["finding"])
                if mark in ratings
            ),
            default=-np.inf,
        )
        for lesion in _list_asked(result)
    ]


def _rate_false(scored: tuple[Reading, Mapping[str, Any]]) -> float:
    return max(_list_ratings(*scored, (FALSE_POSITIVE,)).values(), default=-np.inf)


def _list_ratings(
    reading: Reading, result: Mapping[str, Any], outcomes: Sequence[str]
) -> dict[str, float]:
    wanted = {mark["id"] for mark in result["marks"] if mark["outcome"] in outcomes}
    return {
        str(mark["id"]): float(mark["rating"])
        for mark in reading.answers.get("marks", [])
        if str(mark["id"]) in wanted
    }
