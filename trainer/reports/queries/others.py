from dataclasses import dataclass
from typing import Any

from cases.models import Case
from trainer.measure.proportions import Proportion, estimate_proportion
from trainer.reading.models import Session
from trainer.reading.queries.scores import newest_scores


@dataclass(frozen=True)
class Others:
    """How other readers did on a case; `found` by finding, of those whom it was asked."""

    readers: int
    recall_right: Proportion
    found: dict[str, Proportion]


def report_others(case: Case, *, reader: Any) -> Others:
    """Report how everybody but one reader did on a case, by the newest score of each reading.

    A challenge is left out: its reader knew that somebody may have placed something.
    """
    rows = (
        newest_scores()
        .filter(reading__assignment__case=case)
        .exclude(reading__assignment__session__reader=reader)
        .exclude(reading__assignment__session__mode=Session.Mode.CHALLENGE)
        .order_by("reading__submitted_at", "reading")
        .values_list("reading__assignment__session__reader", "result")
    )
    # Who read it twice, say in a test set, counts by the first reading.
    first: dict[int, dict[str, Any]] = {}
    for other, result in rows:
        first.setdefault(other, result)
    results = list(first.values())
    asked: dict[str, list[bool]] = {}
    for result in results:
        for lesion in result["lesions"]:
            if lesion.get("asked", True):
                asked.setdefault(lesion["finding"], []).append(lesion["hit"])
    return Others(
        readers=len(results),
        recall_right=estimate_proportion(
            sum(result["recall_correct"] for result in results), len(results)
        ),
        found={name: estimate_proportion(sum(hits), len(hits)) for name, hits in asked.items()},
    )
