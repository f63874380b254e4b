"""The report of `python -m generation evaluate` as a card shows it.

Source of its fields: generation/evaluation/__init__.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generation.cards.bars import draw_strips, list_bars, tabulate_bars, tell_outcomes
from generation.cards.card import Measured, Row, Standing, Table
from generation.cards.reading import (
    NOT_MEASURED,
    begin_large,
    mapping,
    mappings,
    number,
    text,
    texts,
    write_number,
)
from generation.cards.words import (
    BY_SET,
    OF_CONDITIONS,
    OF_SUBGROUPS,
    SETS,
    SUBGROUPS,
    Explained,
)

TITLE = "Measured against real images"
INTRO = (
    "Programs compared drawn images with real ones that training never saw, and the real ones "
    "among themselves. “Network alone” is what the network paints on the layouts of real images; "
    "“whole cases” are images as readers get them, with a drawn anatomy and the findings in it."
)


def describe_evaluation(report: dict[str, Any], standing: Standing) -> Measured:
    """What a report of these weights says; of others, nothing but that it is of others."""
    if not standing.measured:
        return Measured(TITLE, INTRO, standing)
    summary = mapping(report.get("summary"))
    bars = list_bars(report)
    tables = (
        tabulate_bars(bars, title="Bars of likeness, and whether they were met"),
        _tabulate_measures(summary),
        _tabulate_conditions(summary),
        _tabulate_subgroups(report),
    )
    return Measured(
        title=TITLE,
        intro=INTRO,
        standing=standing,
        answer=begin_large(f"{tell_outcomes(bars)}."),
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
    if any(key in summary for key in keys):
        yield Row(
            "Tiles or meshes",
            "The period of a regular pattern that real images do not have, if there is one.",
            (*(_write_period(summary, key) for key in keys), ""),
        )


def _write_period(summary: dict[str, Any], key: str) -> str:
    if key not in summary:
        return NOT_MEASURED
    period_mm = number(summary[key])
    return "none seen" if period_mm is None else f"every {period_mm:.1f} mm"


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
        columns=("Real images", "Drawn images", *(measure.short for measure in measures)),
        rows=tuple(_write_subgroup(group, measures) for group in groups),
    )


def _find(group: dict[str, Any], key: str) -> Any:
    return mapping(group.get("measures")).get(key)


def _name_subgroup(by: str, value: str) -> str:
    return begin_large(SUBGROUPS[by].format(value) if by in SUBGROUPS else f"{by} {value}")


def _write_subgroup(group: dict[str, Any], measures: list[Explained]) -> Row:
    by = text(group.get("by"))
    name = text(group.get("set"))
    enough = group.get("enough") is True
    return Row(
        label=f"{_name_subgroup(by, text(group.get('value')))} · {SETS.get(name, name)}",
        sentence=begin_large(text(group.get("marked"))),
        cells=(
            write_number(group.get("real_images"), 0),
            write_number(group.get("images"), 0),
            *(
                write_number(_find(group, measure.key), measure.digits) if enough else "not enough"
                for measure in measures
            ),
        ),
    )
