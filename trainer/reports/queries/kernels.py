"""Kernels of figures of merit, of several sittings of one form on the cases that all of them read.

Of sensitivity and specificity they are (F, P, 1) and (F, 1, N), of areas (F, P, N): F sittings.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from trainer.measure.localised import Ratings, pair_ratings, pair_wafroc, weigh_equally
from trainer.measure.proportions import MINIMUM_N
from trainer.reading.queries.forms import SHARE_READ
from trainer.reports.queries.figures import rate
from trainer.reports.queries.sittings import Sitting

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class SharedCases:
    """Sittings of one form that read nearly all of it, and the cases that all of them read."""

    sittings: tuple[Sitting, ...]
    positive: tuple[UUID, ...]
    negative: tuple[UUID, ...]


def share_cases(sittings: Sequence[Sitting]) -> SharedCases:
    """Find the cases that all sittings share, leaving out those that read too little."""
    cases = {case for each in sittings for case in each.readings}
    enough = tuple(each for each in sittings if len(each.readings) >= SHARE_READ * len(cases))
    shared = {case for case in cases if all(case in each.readings for each in enough)}
    if not enough:
        return SharedCases((), (), ())
    ordered = sorted(shared, key=str)
    truth = {case: enough[0].readings[case].positive for case in ordered}
    return SharedCases(
        enough,
        tuple(case for case in ordered if truth[case]),
        tuple(case for case in ordered if not truth[case]),
    )


def _pair_sensitivity(cases: SharedCases) -> FloatArray:
    return _gather(cases, cases.positive, lambda s, c: float(s.readings[c].recalled))[..., None]


def _pair_specificity(cases: SharedCases) -> FloatArray:
    return 1 - _gather(cases, cases.negative, lambda s, c: float(s.readings[c].recalled))[:, None]


def _pair_area(cases: SharedCases) -> FloatArray:
    positive, negative = (
        _gather(cases, part, lambda s, c: rate(s.readings[c]))
        for part in (cases.positive, cases.negative)
    )
    return pair_ratings(positive[..., :, None], negative[..., None, :])


def _pair_wafroc(cases: SharedCases) -> FloatArray:
    shown = _list_lesions(cases)
    most = max((table.shape[1] for table in shown), default=0)
    rated = np.full((len(cases.sittings), len(shown), most), -np.inf)
    present = np.zeros((len(shown), most), dtype=np.bool_)
    for place, table in enumerate(shown):
        rated[:, place, : table.shape[1]] = table
        present[place, : table.shape[1]] = True
    # Every suspicious mark on a case without a lesion is false, and the highest is its rating.
    false = _gather(cases, cases.negative, lambda s, c: rate(s.readings[c]))
    nowhere = np.full(rated.shape[:2], -np.inf)
    return pair_wafroc(Ratings(rated, weigh_equally(present), nowhere, false))


def _list_lesions(cases: SharedCases) -> list[FloatArray]:
    """(F, L) of each positive case in which a view shows a lesion: others ask for none."""
    tables = [_rate_lesions(cases, case) for case in cases.positive]
    return [table for table in tables if table.shape[1] > 0]


def _rate_lesions(cases: SharedCases, case: UUID) -> FloatArray:
    """(F, L), of the lesions that every sitting's score counts: versions of scoring may differ."""
    rows = [
        dict(zip(each.readings[case].findings, each.rate_lesions(case), strict=True))
        for each in cases.sittings
    ]
    shared = [finding for finding in rows[0] if all(finding in row for row in rows)]
    return np.array([[row[finding] for finding in shared] for row in rows]).reshape(
        len(rows), len(shared)
    )


def _gather(
    cases: SharedCases, part: Sequence[UUID], look: Callable[[Sitting, UUID], float]
) -> FloatArray:
    return np.array([[look(each, case) for case in part] for each in cases.sittings])


SENSITIVITY, SPECIFICITY, AREA, WAFROC = "sensitivity", "specificity", "area", "wafroc"
KERNELS: Final[Mapping[str, Callable[[SharedCases], FloatArray]]] = {
    SENSITIVITY: _pair_sensitivity,
    SPECIFICITY: _pair_specificity,
    AREA: _pair_area,
    WAFROC: _pair_wafroc,
}


def count_classes(measure: str, cases: SharedCases) -> tuple[int | None, int | None]:
    """Positive and negative cases that a figure of merit rests on; None where it asks for none."""
    positive = len(_list_lesions(cases)) if measure == WAFROC else len(cases.positive)
    return (
        None if measure == SPECIFICITY else positive,
        None if measure == SENSITIVITY else len(cases.negative),
    )


def are_enough(measure: str, cases: SharedCases) -> bool:
    """Whether a form holds enough cases of each class that the figure of merit rests on."""
    return all(n is None or n >= MINIMUM_N for n in count_classes(measure, cases))
