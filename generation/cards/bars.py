"""The bars of a report: limits set beforehand, and whether they were met."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import compress
from typing import Any, Literal

from generation.cards.card import Mark, Outcome, Row, Strip, Table
from generation.cards.reading import mappings, number, text, write_number
from generation.cards.words import ORIGINS, SENTENCES, SETS, UNCHARTED

OUTCOMES: dict[Outcome, str] = {"met": "met", "missed": "missed", "unknown": "not measured"}
COLUMNS = ("Images", "Measured", "Real against real", "Bar", "Wished for", "Outcome")


def list_bars(report: dict[str, Any]) -> list[dict[str, Any]]:
    return list(mappings(report.get("bars")))


def count_outcomes(bars: list[dict[str, Any]]) -> dict[Outcome, int]:
    """How many were met, missed and not measured."""
    outcomes = [outcome_of(bar) for bar in bars]
    return {outcome: outcomes.count(outcome) for outcome in OUTCOMES}


def tell_outcomes(bars: list[dict[str, Any]]) -> str:
    """The same in words."""
    counts = count_outcomes(bars)
    judged = counts["met"] + counts["missed"]
    if not judged:
        return "no limit has been judged yet"
    said = f"{counts['met']} of the {judged} limits set beforehand are met"
    return f"{said}, {counts['unknown']} more could not be judged" if counts["unknown"] else said


def outcome_of(bar: dict[str, Any]) -> Outcome:
    """The report decides; a bar without a value is unknown, whatever it says of itself."""
    if bar.get("met") is None or number(bar.get("measured")) is None:
        return "unknown"
    return "met" if bar["met"] is True else "missed"


def tabulate_bars(bars: list[dict[str, Any]], *, title: str) -> Table | None:
    """The bars as a table, in the report's order, without columns that none of them fills."""
    if not bars:
        return None
    rows = [
        _write_bar(bar, explained=_read_id(bar) in map(_read_id, bars[:place]))
        for place, bar in enumerate(bars)
    ]
    filled = [any(cells) for cells in zip(*(row.cells for row in rows), strict=True)]
    return Table(
        key="bars",
        title=title,
        intro="Limits that were set before anything was measured.",
        columns=tuple(compress(COLUMNS, filled)),
        rows=tuple(replace(row, cells=tuple(compress(row.cells, filled))) for row in rows),
    )


def _read_id(bar: dict[str, Any]) -> str:
    return text(bar.get("id"))


def _write_bar(bar: dict[str, Any], *, explained: bool) -> Row:
    """A row; what the measure means is said once, though it was taken of several sets."""
    outcome = outcome_of(bar)
    digits = _digits(bar)
    limits = (
        _write_limit(bar, name, digits) if number(bar.get(name)) is not None else ""
        for name in ("bar", "stretch")
    )
    return Row(
        label=text(bar.get("label")) or _read_id(bar),
        sentence="" if explained else SENTENCES.get(_read_id(bar), ""),
        cells=(
            _name_set(bar),
            write_number(bar.get("measured"), digits),
            write_number(bar.get("floor"), digits) if number(bar.get("floor")) is not None else "",
            *limits,
            OUTCOMES[outcome],
        ),
        outcome=outcome,
    )


def _write_limit(bar: dict[str, Any], name: str, digits: int) -> str:
    return f"at {'most' if better(bar) == 'lower' else 'least'} {write_number(bar[name], digits)}"


def _digits(bar: dict[str, Any]) -> int:
    """None for counts; else two, or as many as it takes to tell the value from its bar."""
    measured, limit = number(bar.get("measured")), number(bar.get("bar"))
    if measured is None or limit is None:
        return 2
    if measured.is_integer() and limit.is_integer():
        return 0
    if max(abs(measured), abs(limit)) < 0.1:
        return 4
    return next((n for n in (2, 3) if round(measured, n) != round(limit, n)), 4)


def _name_set(bar: dict[str, Any]) -> str:
    name = text(bar.get("set"))
    return SETS.get(name, name.replace("_", " "))


def better(bar: dict[str, Any]) -> Literal["lower", "higher"]:
    """Which way is better."""
    return "higher" if bar.get("better") == "higher" else "lower"


def draw_strips(bars: list[dict[str, Any]]) -> Iterator[Strip]:
    """A chart for each limit that has values, one mark for each set that it was set for."""
    limits = dict.fromkeys((_read_id(bar), number(bar.get("bar"))) for bar in bars)
    for name, limit in limits:
        same = [bar for bar in bars if (_read_id(bar), number(bar.get("bar"))) == (name, limit)]
        marks = tuple(
            Mark(_name_set(bar), value, outcome_of(bar))
            for bar in same
            if (value := number(bar.get("measured"))) is not None
        )
        if marks and limit is not None and name not in UNCHARTED:
            yield _draw_strip(name, limit, same[0], marks)


def _draw_strip(name: str, limit: float, bar: dict[str, Any], marks: tuple[Mark, ...]) -> Strip:
    way = better(bar)
    return Strip(
        key=f"{name} {text(bar.get('set'))}",
        label=text(bar.get("label")) or name,
        sentence=SENTENCES.get(name, ""),
        better=way,
        origin=ORIGINS.get(name, 0.0 if way == "lower" else None),
        floor=number(bar.get("floor")),
        bar=limit,
        stretch=number(bar.get("stretch")),
        marks=marks,
    )
