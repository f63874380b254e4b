"""The report of `python -m generation audit` as a card shows it: does it repeat what it saw?

Source of its fields: generation/auditing/__init__.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generation.cards.bars import count_outcomes, draw_strips, list_bars, tabulate_bars
from generation.cards.card import Measured, Row, Standing, Table
from generation.cards.reading import mapping, number, texts, write_number
from generation.cards.words import SENTENCES, SETS

TITLE = "Does it repeat what it learnt from?"
INTRO = (
    "For each drawn image the nearest one of those it learnt from was searched, and held against "
    "how near unseen real images come to them."
)
MEASURES = ("images", "patches", "features")


def describe_audit(report: dict[str, Any], standing: Standing) -> Measured:
    """What a report of these weights says; of others, nothing but that it is of others."""
    if not standing.measured:
        return Measured(TITLE, INTRO, standing)
    summary = mapping(report.get("summary"))
    bars = list_bars(report)
    tables = (
        tabulate_bars(bars, title="Bars of memory, and whether they were met"),
        _tabulate_nearest(summary),
    )
    return Measured(
        title=TITLE,
        intro=INTRO,
        standing=standing,
        answer=_judge(bars),
        facts=tuple(_list_facts(summary)),
        strips=tuple(draw_strips(bars)),
        tables=tuple(table for table in tables if table is not None),
        notes=texts(report.get("notes")),
    )


def _judge(bars: list[dict[str, Any]]) -> str:
    """The answer in a sentence; only an audit without a gap can say no."""
    counts = count_outcomes(bars)
    if counts["missed"]:
        return f"It may: {counts['missed']} of {len(bars)} limits were missed."
    if counts["unknown"] or not bars:
        return "No sign of it, but not everything was measured."
    return "No sign of it was found."


def _tabulate_nearest(summary: dict[str, Any]) -> Table | None:
    rows = tuple(
        Row(
            SETS[name],
            "",
            (
                write_number(summary.get(f"{name}_ratio"), 3),
                _write_interval(summary, name),
                write_number(summary.get(f"{name}_lowest"), 3),
                write_number(summary.get(f"{name}_limit"), 3),
                _write_share(summary, name),
            ),
        )
        for name in MEASURES
        if number(summary.get(f"{name}_ratio")) is not None
    )
    if not rows:
        return None
    return Table(
        key="nearest",
        title="How near the nearest training image is",
        intro=SENTENCES["nearest_ratio"],
        columns=(
            "Middle one",
            "95 % interval",
            "Nearest one",
            "Nearest 1 % of unseen ones",
            "Nearer than that",
        ),
        rows=rows,
    )


def _write_interval(summary: dict[str, Any], name: str) -> str:
    low, high = (summary.get(f"{name}_ratio_{end}") for end in ("low", "high"))
    return f"{write_number(low, 3)} to {write_number(high, 3)}" if number(low) is not None else ""


def _write_share(summary: dict[str, Any], name: str) -> str:
    below, count = (summary.get(f"{name}_{key}") for key in ("below", "count"))
    return f"{write_number(below, 0)} of {write_number(count, 0)}"


def _list_facts(summary: dict[str, Any]) -> Iterator[Row]:
    counts = {
        "Images it learnt from": "training_images",
        "Unseen real images": "unseen_images",
        "Drawn images": "drawn_images",
        "Drawn cases": "cases",
        "Copies hidden": "control_planted",
        "Copies found": "control_found",
    }
    for label, key in counts.items():
        if number(summary.get(key)) is not None:
            yield Row(label, "", (write_number(summary[key], 0),))
