"""One resident by test sets: before and after, and a form that was read twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from trainer.accounts.models import User
from trainer.measure.areas import compare_areas
from trainer.measure.differences import Difference, compare_unpaired
from trainer.reading.queries.forms import pick_before_after
from trainer.reports.queries.figures import Figures, compute_figures
from trainer.reports.queries.kernels import AREA, KERNELS, are_enough, share_cases
from trainer.reports.queries.sittings import Sitting


@dataclass(frozen=True)
class Sat(Figures):
    """The figures of one form as it was read once."""

    form: str
    started_at: datetime


@dataclass(frozen=True)
class Repeat:
    """A form that was read twice: last minus first area on the same cases, by DeLong's paired test.

    The figures are None without enough cases.
    """

    form: str
    cases: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None

    @property
    def enough(self) -> bool:
        return self.value is not None


@dataclass(frozen=True)
class ResidentTests:
    """Before, after, and after minus before, which hold other cases and are not paired."""

    id: int
    name: str
    email: str
    before: Sat | None
    after: Sat | None
    sensitivity: Difference
    specificity: Difference
    area: Difference
    repeats: tuple[Repeat, ...]


def report_resident(resident: User, sittings: Sequence[Sitting]) -> ResidentTests:
    """Report one resident's completed forms, oldest first."""
    both = pick_before_after(sittings)
    before = _report(sittings[0]) if sittings else None
    after = _report(both[1]) if both else None
    return ResidentTests(
        id=resident.pk,
        name=str(resident),
        email=resident.email,
        before=before,
        after=after,
        sensitivity=_compare(before, after, "sensitivity"),
        specificity=_compare(before, after, "specificity"),
        area=_compare(before, after, "area"),
        repeats=_list_repeats(sittings),
    )


def _report(sitting: Sitting) -> Sat:
    figures = compute_figures([*sitting.readings.values()])
    return Sat(**vars(figures), form=sitting.form, started_at=sitting.started_at)


def _compare(before: Sat | None, after: Sat | None, figure: str) -> Difference:
    if before is None or after is None:
        return Difference(None, None, None, enough=False)
    return compare_unpaired(getattr(before, figure), getattr(after, figure))


def _list_repeats(sittings: Sequence[Sitting]) -> tuple[Repeat, ...]:
    repeats = []
    for form in sorted({each.form for each in sittings}):
        last = next(each for each in reversed(sittings) if each.form == form)
        own = [each for each in sittings if each.edition == last.edition]
        if len(own) < 2:
            continue
        cases = share_cases([own[-1], own[0]])
        count = len(cases.positive) + len(cases.negative)
        if len(cases.sittings) < 2 or not are_enough(AREA, cases):
            repeats.append(Repeat(form, count))
            continue
        late, early = KERNELS[AREA](cases)
        found = compare_areas(late, early)
        repeats.append(Repeat(form, count, found.value, found.low, found.high, found.p))
    return tuple(repeats)
