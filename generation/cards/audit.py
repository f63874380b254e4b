"""The report of `python -m generation audit` as a card shows it: does it repeat what it saw?"""

from __future__ import annotations

from typing import Any

from generation.cards.bars import draw_strips, list_bars, tabulate_bars
from generation.cards.card import Measured, Standing
from generation.cards.reading import texts

TITLE = "Does it repeat what it learnt from?"
INTRO = (
    "For each drawn image the nearest one of those it learnt from was searched, and held against "
    "how near unseen real images come to them."
)


def describe_audit(report: dict[str, Any], standing: Standing) -> Measured:
    """What a report of these weights says; of others, nothing but that it is of others."""
    if not standing.measured:
        return Measured(TITLE, INTRO, standing)
    bars = list_bars(report)
    table = tabulate_bars(bars)
    return Measured(
        title=TITLE,
        intro=INTRO,
        standing=standing,
        strips=tuple(draw_strips(bars)),
        tables=(table,) if table else (),
        notes=texts(report.get("notes")),
    )
