"""Refits what difficulties start from, and finds cases whose answers contradict their truth."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import numpy as np
from django.db import transaction

from cases.domain import report_case
from cases.models import Case, CaseReport
from trainer.learning.domain.stock import refresh_stock
from trainer.learning.models import DifficultyFit, ItemDifficulty
from trainer.learning.queries.abilities import find_current_run
from trainer.learning.queries.items import list_items
from trainer.learning.recorded import RecordedAnswers
from trainer.measure.answered import COLD_START, AnswerTable, ItemTable
from trainer.measure.calibration import Calibration, calibrate
from trainer.measure.contradictions import Contradiction, find_contradictions

# With fewer answers the fit is kept on record, and nothing goes by it.
LEAST_ANSWERS: Final = 1000

Key = tuple[UUID, str]


@dataclass(frozen=True)
class Answered:
    """All answers as tables, and which item of which case stands in which place."""

    keys: list[Key]
    items: ItemTable
    answers: AnswerTable
    labels: dict[int, str]


def calibrate_difficulties(*, answers: Iterable[RecordedAnswers]) -> DifficultyFit:
    """Fit the difficulty model to all answers and flag cases that contradict their truth.

    Abilities are not touched: those of today learnt from the difficulties of their time, and a
    re-estimation takes the new ones.

    Args:
        answers: of every reading, oldest first.
    """
    before = _count_answers()
    table = tabulate(answers)
    fitted = calibrate(table.answers, table.items)
    applied = fitted.answers >= LEAST_ANSWERS
    doubts = find_contradictions(table.answers, table.items, fitted.model)
    with transaction.atomic():
        fit = DifficultyFit.objects.create(
            level=dict(fitted.model.level),
            gamma=dict(fitted.model.gamma),
            phi=dict(fitted.model.phi),
            residual_sd=fitted.model.residual_sd,
            answers=fitted.answers,
            readers=fitted.readers,
            gain=fitted.gain,
            applied=applied,
            flagged=sum(_flag(table, doubt) for doubt in doubts),
        )
        if applied:
            _store_observed(table, fitted, before)
    if applied:
        refresh_stock()
    return fit


def tabulate(recorded: Iterable[RecordedAnswers]) -> Answered:
    """Put answers into the tables that calibration takes, but for what a case no longer asks."""
    places: dict[Key, int] = {}
    asked: dict[UUID, dict[str, tuple[str, int, float]]] = {}
    rows: list[tuple[int, int, bool, int]] = []
    sessions: dict[UUID, int] = {}
    labels: dict[int, str] = {}
    described: list[tuple[str, int, float]] = []
    for one in recorded:
        if one.case.pk not in asked:
            asked[one.case.pk] = _describe_items(one.case)
        known = asked[one.case.pk]
        session = sessions.setdefault(one.session, len(sessions))
        for item in one.items:
            if item.key not in known:
                continue
            key = (one.case.pk, item.key)
            if key not in places:
                places[key] = len(places)
                described.append(known[item.key])
                labels[places[key]] = item.label
            rows.append((one.reader.pk, places[key], item.correct, session))
    columns = list(zip(*rows, strict=True)) or [(), (), (), ()]
    return Answered(
        keys=list(places),
        items=ItemTable(
            [competency for competency, _, _ in described],
            np.array([sign for _, sign, _ in described], dtype=int),
            np.array([x for _, _, x in described], dtype=float),
        ),
        answers=AnswerTable(
            np.array(columns[0], dtype=int),
            np.array(columns[1], dtype=int),
            np.array(columns[2], dtype=bool),
            np.array(columns[3], dtype=int),
        ),
        labels=labels,
    )


def _describe_items(case: Case) -> dict[str, tuple[str, int, float]]:
    """(competency, sign, x) of a case's items; x is what the cold start stands on."""
    return {
        item.key: (
            item.competency,
            item.sign,
            -item.difficulty.mean / COLD_START.gamma[item.competency],
        )
        for item in list_items(case)
    }


def _count_answers() -> dict[int, int]:
    """How many answers made each difficulty of the current run, by its row."""
    rows = ItemDifficulty.objects.filter(run=find_current_run())
    return dict(rows.values_list("pk", "answers"))


def _store_observed(table: Answered, fitted: Calibration, before: Mapping[int, int]) -> None:
    """Store what was observed of each item, but where answers came in after the fit began.

    What those taught stays; the next fit takes them in. The same holds for the rows of a run that
    a re-estimation has replaced meanwhile: they are of the past.
    """
    observed = dict(
        zip(table.keys, zip(fitted.item_mean, fitted.item_variance, strict=True), strict=True)
    )
    held = ItemDifficulty.objects.filter(run=find_current_run()).select_for_update()
    rows = []
    for row in held.order_by("case_id", "key"):
        if before.get(row.pk) == row.answers and (row.case_id, row.key) in observed:
            mean, variance = observed[row.case_id, row.key]
            row.mean, row.variance = float(mean), float(variance)
            rows.append(row)
    ItemDifficulty.objects.bulk_update(rows, ["mean", "variance"], batch_size=500)


def _flag(table: Answered, doubt: Contradiction) -> bool:
    """Tell the educators of a case once; what they have closed is not raised again."""
    case_id, _ = table.keys[doubt.item]
    if CaseReport.objects.filter(case=case_id, reporter=None).exists():
        return False
    text = (
        f"The answers contradict the truth of this case. “{table.labels[doubt.item]}”: "
        f"{doubt.right} of {doubt.answers} readers were right, where about "
        f"{doubt.expected:.0f} were expected. Look whether its truth is wrong."
    )
    report_case(case=Case.objects.get(pk=case_id), reporter=None, text=text)
    return True
