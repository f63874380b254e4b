"""The cohort report as rows of a table, for a spreadsheet."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Final

from trainer.measure.averages import Average
from trainer.measure.competencies import COMPETENCIES
from trainer.measure.roc import RocArea
from trainer.reports.queries.abilities import AbilityRow, CriterionRow
from trainer.reports.queries.cells import disarm, write, write_interval
from trainer.reports.queries.cohort import Averages, CohortReport, ResidentRow

_SHARES: Final = (
    "sensitivity",
    "specificity",
    "recall_rate",
    "lesion_sensitivity",
    "density_agreement",
    "density_kappa",
    "assessment_kappa",
)
_AVERAGED: Final = {field.name for field in fields(Averages)}
# What a column is called where its field is not.
_NAMES: Final = {"area": "auc"}


def list_cohort_rows(report: CohortReport) -> Iterator[list[str]]:
    """List a header, one row a resident and one of the cohort's means.

    Every row states the mode and the prevalence it was read at.
    """
    yield _list_header()
    for resident in report.residents:
        yield _list_resident(resident, report.mode)
    if report.residents:
        yield _list_cohort(report)


def _list_header() -> list[str]:
    header = ["name", "email", "mode", "readings", "positive_cases", "prevalence", "last_read_at"]
    for name in (*_SHARES, "area"):
        header += _name_columns(_NAMES.get(name, name))
    for name in (*(f"ability_{competency}" for competency in COMPETENCIES), "criterion"):
        header += _name_columns(name)
    return [*header, "struggles_with", "setting"]


def _name_columns(name: str) -> list[str]:
    return [name, f"{name}_low", f"{name}_high", f"{name}_n"]


def _list_resident(resident: ResidentRow, mode: str) -> list[str]:
    last = resident.last_read_at
    row = [
        disarm(resident.name),
        disarm(resident.email),
        mode,
        str(resident.readings),
        str(resident.positives),
        write(resident.prevalence),
        last.isoformat(timespec="seconds") if last else "",
    ]
    for name in _SHARES:
        figure = getattr(resident, name)
        row += write_interval(figure.value, figure.low, figure.high, figure.n)
    area: RocArea = resident.area
    row += write_interval(area.value, area.low, area.high, area.n_positive + area.n_negative)
    estimates: list[AbilityRow | CriterionRow] = [*resident.abilities, resident.criterion]
    for shown in estimates:
        row += write_interval(shown.mean, shown.low, shown.high, shown.n)
    return [*row, " ".join(resident.struggles), _describe(mode)]


def _list_cohort(report: CohortReport) -> list[str]:
    row = [
        disarm(f"{report.cohort.name}: mean of residents"),
        "",
        report.mode,
        str(report.readings),
        str(report.positives),
        write(report.prevalence),
        "",
    ]
    for name in (*_SHARES, "area"):
        average: Average | None = getattr(report.averages, name) if name in _AVERAGED else None
        row += (
            write_interval(average.value, average.low, average.high, average.n)
            if average
            else [""] * 4
        )
    return [*row, *[""] * 4 * (len(COMPETENCIES) + 1), "", _describe(report.mode)]


def _describe(mode: str) -> str:
    return f"enriched {mode}, not comparable with screening"
