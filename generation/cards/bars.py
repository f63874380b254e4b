"""The bars of a report: limits set beforehand, and whether they were met."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from generation.cards.card import Mark, Outcome, Row, Strip, Table
from generation.cards.reading import mappings, number, text, write_number
from generation.cards.words import SENTENCES, SETS

OUTCOMES: dict[Outcome, str] = {"met": "met", "missed": "missed", "unknown": "not measured"}


def list_bars(report: dict[str, Any]) -> list[dict[str, Any]]:
    return list(mappings(report.get("bars")))


def count_outcomes(bars: list[dict[str, Any]]) -> dict[Outcome, int]:
    """How many were met, missed and not measured."""
    outcomes = [outcome_of(bar) for bar in bars]
    return {outcome: outcomes.count(outcome) for outcome in OUTCOMES}


def outcome_of(bar: dict[str, Any]) -> Outcome:
    """The report decides; a bar without a value is unknown, whatever it says of itself."""
    if bar.get("met") is None or number(bar.get("measured")) is None:
        return "unknown"
    return "met" if bar["met"] is True else "missed"


def tabulate_bars(bars: list[dict[str, Any]]) -> Table | None:
    """The bars as a table, in the report's order."""
    if not bars:
        return None
    return Table(
        key="bars",
        title="The bars, and whether they were met",
        intro="Limits that were written down before the weights were trained.",
        columns=("Of", "Measured", "Real against real", "Bar", "Wished for", "Outcome"),
        rows=tuple(_write_bar(bar) for bar in bars),
    )


def _write_bar(bar: dict[str, Any]) -> Row:
    outcome = outcome_of(bar)
    digits = _digits(bar)
    limits = (
        _write_limit(bar, name, digits) if number(bar.get(name)) is not None else "none set"
        for name in ("bar", "stretch")
    )
    return Row(
        label=text(bar.get("label")) or text(bar.get("id")),
        sentence=SENTENCES.get(text(bar.get("id")), ""),
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
    """Enough to tell the value from its bar: two, or more where all are small."""
    sizes = [abs(value) for name in ("measured", "bar") if (value := number(bar.get(name)))]
    return 2 if not sizes or max(sizes) >= 0.1 else 4


def _name_set(bar: dict[str, Any]) -> str:
    name = text(bar.get("set"))
    return SETS.get(name, name.replace("_", " "))


def better(bar: dict[str, Any]) -> Literal["lower", "higher"]:
    """Which way is better: as the report says, else as its bar and what met it tell."""
    said = text(bar.get("better"))
    if said in ("lower", "higher"):
        return "lower" if said == "lower" else "higher"
    limit, stretch, measured = (number(bar.get(name)) for name in ("bar", "stretch", "measured"))
    if limit is not None and stretch is not None and stretch != limit:
        return "lower" if stretch < limit else "higher"
    if limit is None or measured is None or measured == limit or bar.get("met") is None:
        return "lower"
    return "lower" if (measured < limit) == (bar["met"] is True) else "higher"


def draw_strips(bars: list[dict[str, Any]]) -> Iterator[Strip]:
    """A chart for each bar that has values, one mark for each set that it was measured on."""
    for name in dict.fromkeys(text(bar.get("id")) for bar in bars):
        same = [bar for bar in bars if text(bar.get("id")) == name]
        marks = tuple(
            Mark(_name_set(bar), value, outcome_of(bar))
            for bar in same
            if (value := number(bar.get("measured"))) is not None
        )
        first = same[0]
        if marks and number(first.get("bar")) is not None:
            yield Strip(
                key=name,
                label=text(first.get("label")) or name,
                sentence=SENTENCES.get(name, ""),
                better=better(first),
                floor=number(first.get("floor")),
                bar=number(first.get("bar")),
                stretch=number(first.get("stretch")),
                marks=marks,
            )
