"""A cohort by test sets: each form as all its readers read it, and what changed in between."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from trainer.accounts.models import Cohort
from trainer.measure.estimates import Difference, Estimate
from trainer.measure.mrmc import MINIMUM_READERS, compare_modalities, estimate_modality
from trainer.measure.proportions import MINIMUM_N
from trainer.measure.readings import CaseSet, Readings
from trainer.reading.queries.forms import pick_before_after
from trainer.reports.queries.cohort import Averages, average_figures, list_residents
from trainer.reports.queries.figures import compute_figures
from trainer.reports.queries.kernels import (
    KERNELS,
    SharedCases,
    are_enough,
    count_classes,
    share_cases,
)
from trainer.reports.queries.resident_tests import ResidentTests, report_resident
from trainer.reports.queries.sittings import Edition, Sitting, list_sittings


@dataclass(frozen=True)
class FormMeasure:
    """A figure of merit of one form, for readers and cases like these."""

    measure: str
    estimate: Estimate | None
    n_positive: int | None
    n_negative: int | None

    @property
    def enough(self) -> bool:
        return self.estimate is not None


@dataclass(frozen=True)
class FormReport:
    """The newest edition of a form as the cohort read it first: by all who read nearly all of it.

    `left_out` are those who read less; `prevalence` is that of its cases.
    """

    form: str
    readers: int
    left_out: int
    cases: int
    positives: int
    measures: tuple[FormMeasure, ...]
    averages: Averages

    @property
    def prevalence(self) -> float | None:
        return self.positives / self.cases if self.cases else None


@dataclass(frozen=True)
class MeasureChange:
    """A figure of merit before and after; `change` is after minus before.

    `statistic` is F with 1 and `change.freedom` degrees of freedom.
    """

    measure: str
    before: Estimate | None
    after: Estimate | None
    change: Difference | None
    statistic: float | None
    n_positive: int | None
    n_negative: int | None

    @property
    def enough(self) -> bool:
        return self.change is not None


@dataclass(frozen=True)
class ChangeReport:
    """Readers who completed a form before and another after; `cases` counts both forms."""

    readers: int
    left_out: int
    cases: int
    positives: int
    measures: tuple[MeasureChange, ...]

    @property
    def prevalence(self) -> float | None:
        return self.positives / self.cases if self.cases else None


@dataclass(frozen=True)
class CohortTests:
    cohort: Cohort
    minimum_n: int
    minimum_readers: int
    forms: tuple[FormReport, ...]
    change: ChangeReport
    residents: tuple[ResidentTests, ...]


def report_tests(cohort: Cohort) -> CohortTests:
    """Report how a cohort's residents did on the forms of the test set, and what changed.

    Takes the same number of queries whatever the number of residents.
    """
    residents = list_residents(cohort)
    ids = [each.pk for each in residents]
    sittings = list_sittings(ids, institution=cohort.institution_id)
    completed = {
        reader: [each for each in own if each.completed] for reader, own in sittings.items()
    }
    begun = Counter(which for own in sittings.values() for which in {each.edition for each in own})
    return CohortTests(
        cohort=cohort,
        minimum_n=MINIMUM_N,
        minimum_readers=MINIMUM_READERS,
        forms=tuple(
            _report_form(form, firsts, begun[form, firsts[0].asked])
            for form, firsts in _list_firsts([*completed.values()])
        ),
        change=_report_change([pick_before_after(own) for own in completed.values()]),
        residents=tuple(
            report_resident(resident, completed.get(resident.pk, [])) for resident in residents
        ),
    )


def _list_firsts(completed: Sequence[Sequence[Sitting]]) -> list[tuple[str, list[Sitting]]]:
    """Each form in its newest edition, as every reader read that first.

    Figures on the cases of one edition say nothing of those on the cases of another.
    """
    firsts: dict[Edition, list[Sitting]] = defaultdict(list)
    for own in completed:
        for edition, first in {each.edition: each for each in reversed(own)}.items():
            firsts[edition].append(first)
    oldest_first = sorted(firsts.values(), key=lambda sat: max(each.started_at for each in sat))
    return sorted({sat[0].form: sat for sat in oldest_first}.items())


def _report_form(form: str, sittings: Sequence[Sitting], begun: int) -> FormReport:
    cases = share_cases(sittings)
    readers = len(cases.sittings)
    figures = [compute_figures([*each.readings.values()]) for each in cases.sittings]
    return FormReport(
        form=form,
        readers=readers,
        left_out=begun - readers,
        cases=len(cases.positive) + len(cases.negative),
        positives=len(cases.positive),
        measures=tuple(_measure_form(measure, cases) for measure in KERNELS),
        averages=average_figures(figures),
    )


def _measure_form(measure: str, cases: SharedCases) -> FormMeasure:
    estimate = None
    if are_enough(measure, cases) and len(cases.sittings) >= MINIMUM_READERS:
        estimate = estimate_modality(Readings.from_kernel(KERNELS[measure](cases)[None]))
    return FormMeasure(measure, estimate, *count_classes(measure, cases))


Course = tuple[Sitting, Sitting]
Places = tuple[tuple[int, int], ...]


def _report_change(courses: Sequence[Course | None]) -> ChangeReport:
    """Compare before and after: the same readers, other cases, so that cases are nested in time.

    Readers may have read the forms the other way round; then those who share a form share cases.
    """
    both = [each for each in courses if each is not None]
    sets, readers = _share_forms(both)
    cases = [shared for shared, _ in sets]
    positives = sum(len(each.positive) for each in cases)
    return ChangeReport(
        readers=readers,
        left_out=len(both) - readers,
        cases=positives + sum(len(each.negative) for each in cases),
        positives=positives,
        measures=tuple(_measure_change(measure, sets, readers) for measure in KERNELS),
    )


def _share_forms(courses: Sequence[Course]) -> tuple[list[tuple[SharedCases, Places]], int]:
    """The cases of each edition of a form, with the place (time, reader) of each of its sittings.

    Who read too little of either form is left out of both.
    """
    kept = list(courses)
    while True:
        forms: dict[Edition, list[tuple[Sitting, tuple[int, int]]]] = defaultdict(list)
        for reader, course in enumerate(kept):
            for time, sitting in enumerate(course):
                forms[sitting.edition].append((sitting, (time, reader)))
        shared = {form: share_cases([each for each, _ in rows]) for form, rows in forms.items()}
        read = [sitting for each in shared.values() for sitting in each.sittings]
        full = [each for each in kept if all(sitting in read for sitting in each)]
        if len(full) == len(kept):
            return [
                (shared[form], tuple(place for _, place in rows)) for form, rows in forms.items()
            ], len(kept)
        kept = full


def _measure_change(
    measure: str, sets: Sequence[tuple[SharedCases, Places]], readers: int
) -> MeasureChange:
    cases = [shared for shared, _ in sets]
    counts = _add_up(measure, cases)
    if readers < MINIMUM_READERS or not all(are_enough(measure, each) for each in cases):
        return MeasureChange(measure, None, None, None, None, *counts)
    found = compare_modalities(
        Readings.from_sets([CaseSet(KERNELS[measure](shared), places) for shared, places in sets])
    )
    (fall,) = found.differences
    rise = Difference(
        -fall.value, -fall.high, -fall.low, fall.error, fall.freedom, first=1, second=0, p=fall.p
    )
    before, after = found.modalities
    return MeasureChange(measure, before, after, rise, found.statistic, *counts)


def _add_up(measure: str, sets: Sequence[SharedCases]) -> tuple[int | None, int | None]:
    """Positive and negative cases of all forms; None where the measure asks for none."""
    counts = [count_classes(measure, each) for each in sets]
    return _sum([positive for positive, _ in counts]), _sum([negative for _, negative in counts])


def _sum(counts: Sequence[int | None]) -> int | None:
    known = [n for n in counts if n is not None]
    return sum(known) if known else None
