"""The report of `python -m generation evaluate` as a card shows it.

Source of its fields: generation/evaluation/__init__.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generation.cards.bars import draw_strips, list_bars, tabulate_bars
from generation.cards.card import Measured, Row, Standing, Table
from generation.cards.reading import mapping, mappings, number, text, texts, write_number
from generation.cards.words import (
    BY_SET,
    OF_CONDITIONS,
    OF_SUBGROUPS,
    SETS,
    SUBGROUPS,
    Explained,
)


def describe_evaluation(report: dict[str, Any], standing: Standing) -> Measured:
    """What a report of these weights says; of others, nothing but that it is of others."""
    if not standing.measured:
        return Measured(standing)
    summary = mapping(report.get("summary"))
    bars = list_bars(report)
    tables = (
        tabulate_bars(bars),
        _tabulate_measures(summary),
        _tabulate_conditions(summary),
        _tabulate_subgroups(report),
    )
    return Measured(
        standing=standing,
        facts=tuple(_list_facts(report, summary)),
        strips=tuple(draw_strips(bars)),
        tables=tuple(table for table in tables if table is not None),
        notes=texts(report.get("notes")),
    )


def _list_facts(report: dict[str, Any], summary: dict[str, Any]) -> Iterator[Row]:
    split = mapping(report.get("split"))
    counts = {
        "Real images kept from training": split.get("held_out"),
        "Real images to learn from": split.get("train"),
        "Real images measured against": summary.get("real_images"),
        "Drawn images, network alone": summary.get("network_images"),
        "Drawn cases": summary.get("cases"),
        "Patches of each image": summary.get("patches_per_image"),
    }
    for label, value in counts.items():
        if number(value) is not None:
            yield Row(label, "", (write_number(value, 0),))


def _tabulate_measures(summary: dict[str, Any]) -> Table | None:
    """A row for each measure, a column for each set that was measured."""
    sets = [
        name
        for name in SETS
        if any(number(summary.get(f"{name}_{measure.key}")) is not None for measure in BY_SET)
    ]
    if not sets:
        return None
    rows = tuple(_write_measure(measure, sets, summary) for measure in BY_SET)
    return Table(
        key="measures",
        title="All measures against real images",
        intro="Each beside what it gives between two halves of the real images themselves: nothing "
        "drawn can be expected to do better than that.",
        columns=(*(SETS[name] for name in sets), "Real against real"),
        rows=(*rows, *_write_tiling(sets, summary)),
    )


def _write_measure(measure: Explained, sets: list[str], summary: dict[str, Any]) -> Row:
    values = [summary.get(f"{name}_{measure.key}") for name in sets]
    floor = write_number(summary.get(measure.floor), measure.digits) if measure.floor else ""
    return Row(
        measure.label,
        measure.sentence,
        (*(write_number(value, measure.digits) for value in values), floor),
    )


def _write_tiling(sets: list[str], summary: dict[str, Any]) -> Iterator[Row]:
    """The one measure whose null says something: that nothing stands out."""
    keys = [f"{name}_tiling_period_mm" for name in sets]
    if all(key in summary for key in keys):
        periods = [number(summary[key]) for key in keys]
        yield Row(
            "Tiles or meshes",
            "The period of a regular pattern that real images do not have, if there is one.",
            (*("none seen" if mm is None else f"every {mm:.1f} mm" for mm in periods), ""),
        )


def _tabulate_conditions(summary: dict[str, Any]) -> Table | None:
    rows = tuple(
        Row(measure.label, measure.sentence, (write_number(summary[measure.key], measure.digits),))
        for measure in OF_CONDITIONS
        if number(summary.get(measure.key)) is not None
    )
    if not rows:
        return None
    return Table(
        key="conditions",
        title="Does it draw what it is asked for?",
        intro="The truth of a case rests on this: the network is told where tissue, lines, nipple "
        "and skin lie, and the same is measured again in what it drew.",
        columns=("Measured",),
        rows=rows,
    )


def _tabulate_subgroups(report: dict[str, Any]) -> Table | None:
    groups = list(mappings(report.get("subgroups")))
    if not groups:
        return None
    measures = [
        measure
        for measure in OF_SUBGROUPS
        if any(number(_find(group, measure.key)) is not None for group in groups)
    ]
    return Table(
        key="subgroups",
        title="By view, density and finding",
        intro="A subgroup gets numbers where at least ten real images belong to it, and “not "
        "enough” otherwise.",
        columns=("Real images", "Drawn images", *(measure.label for measure in measures)),
        rows=tuple(_write_subgroup(group, measures) for group in groups),
    )


def _find(group: dict[str, Any], key: str) -> Any:
    """A measure of a subgroup, which the report may nest under its name."""
    return mapping(group.get("measures", group)).get(key)


def _write_subgroup(group: dict[str, Any], measures: list[Explained]) -> Row:
    by = text(group.get("by"))
    name = text(group.get("set"))
    enough = group.get("enough") is True
    marked = group.get("marked")
    return Row(
        label=f"{SUBGROUPS.get(by, by.capitalize())} {text(group.get('value'))}, "
        f"{SETS.get(name, name).lower()}",
        sentence=marked
        if isinstance(marked, str)
        else "Density as the product itself estimates it."
        if marked
        else "",
        cells=(
            write_number(group.get("real_images"), 0),
            write_number(group.get("images"), 0),
            *(
                write_number(_find(group, measure.key), measure.digits) if enough else "not enough"
                for measure in measures
            ),
        ),
    )
