"""The cohort report as rows of a table, for a spreadsheet."""

from collections.abc import Iterator

from trainer.measure.competencies import COMPETENCIES
from trainer.measure.proportions import Proportion
from trainer.measure.roc import RocArea
from trainer.reports.queries.abilities import AbilityRow, CriterionRow
from trainer.reports.queries.cohort import CohortReport, ResidentRow

NOT_ENOUGH = "not enough readings"
_PROPORTIONS = (
    "sensitivity",
    "specificity",
    "recall_rate",
    "lesion_sensitivity",
    "density_agreement",
)


def list_cohort_rows(report: CohortReport) -> Iterator[list[str]]:
    """List a header and one row a resident; every row states the prevalence it was read at."""
    yield _list_header()
    for resident in report.residents:
        yield _list_resident(resident)


def _list_header() -> list[str]:
    header = ["name", "email", "readings", "positive_cases", "prevalence", "last_read_at"]
    for name in (*_PROPORTIONS, "auc"):
        header += [name, f"{name}_low", f"{name}_high", f"{name}_n"]
    for name in (*(f"ability_{competency}" for competency in COMPETENCIES), "criterion"):
        header += [name, f"{name}_low", f"{name}_high", f"{name}_n"]
    return [*header, "setting"]


def _list_resident(resident: ResidentRow) -> list[str]:
    last = resident.last_read_at
    row = [
        _disarm(resident.name),
        _disarm(resident.email),
        str(resident.readings),
        str(resident.positives),
        _write(resident.prevalence),
        last.isoformat(timespec="seconds") if last else "",
    ]
    for name in _PROPORTIONS:
        proportion: Proportion = getattr(resident, name)
        row += _write_interval(proportion.value, proportion.low, proportion.high, proportion.n)
    area: RocArea = resident.area
    row += _write_interval(area.value, area.low, area.high, area.n_positive + area.n_negative)
    estimates: list[AbilityRow | CriterionRow] = [*resident.abilities, resident.criterion]
    for shown in estimates:
        row += _write_interval(shown.mean, shown.low, shown.high, shown.n)
    return [*row, "enriched practice, not comparable with screening"]


def _write_interval(
    value: float | None, low: float | None, high: float | None, n: int
) -> list[str]:
    if value is None:
        return [NOT_ENOUGH, "", "", str(n)]
    return [_write(value), _write(low), _write(high), str(n)]


def _write(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"


def _disarm(text: str) -> str:
    """A spreadsheet runs a cell that begins like a formula; a leading apostrophe stops it."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
