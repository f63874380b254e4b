from dataclasses import dataclass
from typing import Any

from cases.models import Case
from trainer.measure.proportions import Proportion, estimate_proportion
from trainer.reading.models import Score


@dataclass(frozen=True)
class Others:
    """How other readers did on a case; `found` by finding, of those whom it was asked."""

    readers: int
    recall_right: Proportion
    found: dict[str, Proportion]


def report_others(case: Case, *, reader: Any) -> Others:
    """Report how everybody but one reader did on a case, by the newest score of each reading."""
    rows = (
        Score.objects.filter(reading__assignment__case=case)
        .exclude(reading__assignment__session__reader=reader)
        .order_by("created_at", "pk")
        .values_list("reading", "reading__assignment__session__reader", "result")
    )
    # Who read it twice, say in a test set, counts by the first reading.
    newest = {reading: (other, result) for reading, other, result in rows}
    first: dict[int, dict[str, Any]] = {}
    for other, result in newest.values():
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
