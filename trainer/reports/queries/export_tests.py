"""A cohort's test sets as rows of a table, for a spreadsheet: one figure a row."""

from collections.abc import Iterator

from trainer.measure.differences import Difference
from trainer.measure.estimates import Estimate
from trainer.reports.queries.cells import NOT_ENOUGH, disarm, write
from trainer.reports.queries.cohort_tests import CohortTests, FormReport
from trainer.reports.queries.resident_tests import ResidentTests, Sat

HEADER = [
    "of",
    "email",
    "form",
    "time",
    "measure",
    "value",
    "low",
    "high",
    "p",
    "readers",
    "cases",
    "prevalence",
]


def list_test_rows(report: CohortTests) -> Iterator[list[str]]:
    """List a header, then each form of the cohort, what changed, and each resident."""
    yield HEADER
    name = disarm(report.cohort.name)
    for form in report.forms:
        yield from _list_form(name, form)
    change = report.change
    counts = [str(change.readers), str(change.cases), write(change.prevalence)]
    for row in change.measures:
        for time, shown in (("before", row.before), ("after", row.after)):
            yield [name, "", "", time, row.measure, *_write(shown), "", *counts]
        p = write(row.change.p) if row.change else ""
        yield [name, "", "", "change", row.measure, *_write(row.change), p, *counts]
    for resident in report.residents:
        yield from _list_resident(resident)


def _list_form(name: str, form: FormReport) -> Iterator[list[str]]:
    start = [name, "", form.form, "first reading"]
    counts = [str(form.readers), str(form.cases), write(form.prevalence)]
    for row in form.measures:
        yield [*start, row.measure, *_write(row.estimate), "", *counts]
    for measure in ("density_kappa", "assessment_kappa"):
        average = getattr(form.averages, measure)
        shown = _write_figure(average.value, average.low, average.high)
        yield [*start, measure, *shown, "", str(average.readers), *counts[1:]]


def _list_resident(resident: ResidentTests) -> Iterator[list[str]]:
    who = [disarm(resident.name), disarm(resident.email)]
    for time, sat in (("before", resident.before), ("after", resident.after)):
        if sat is not None:
            yield from _list_sat(who, time, sat)
    if resident.before is not None and resident.after is not None:
        for measure in ("sensitivity", "specificity", "area"):
            change: Difference = getattr(resident, measure)
            shown = _write_figure(change.value, change.low, change.high)
            yield [*who, "", "change", measure, *shown, "", "1", "", ""]
    for repeat in resident.repeats:
        shown = _write_figure(repeat.value, repeat.low, repeat.high)
        end = [write(repeat.p), "1", str(repeat.cases), ""]
        yield [*who, repeat.form, "same cases again", "area", *shown, *end]


def _list_sat(who: list[str], time: str, sat: Sat) -> Iterator[list[str]]:
    figures = ("sensitivity", "specificity", "area", "density_kappa", "assessment_kappa")
    for measure in figures:
        figure = getattr(sat, measure)
        shown = _write_figure(figure.value, figure.low, figure.high)
        end = ["", "1", str(sat.readings), write(sat.prevalence)]
        yield [*who, sat.form, time, measure, *shown, *end]


def _write(estimate: Estimate | None) -> list[str]:
    if estimate is None:
        return _write_figure(None, None, None)
    return _write_figure(estimate.value, estimate.low, estimate.high)


def _write_figure(value: float | None, low: float | None, high: float | None) -> list[str]:
    return [NOT_ENOUGH if value is None else write(value), write(low), write(high)]
