"""The page's figures, each with the same numbers as a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from generation.evaluation.page.markup import (
    NAMES,
    SHORT,
    write_figure,
    write_number,
    write_table,
)
from generation.evaluation.page.plot import Axis, Curve, Dot, draw_dots, draw_lines, round_axis
from generation.evaluation.page.tissue_figures import (
    draw_histograms,
    draw_skins,
    draw_spectra,
    show_lattices,
)
from generation.evaluation.summary import find

Numbers = Mapping[str, Any]

SHOWN = ("network", "cases_cc", "cases_mlo")
PARTS = {
    "precision": "Precision",
    "recall": "Recall",
    "density": "Density",
    "coverage": "Coverage",
}
FALSE_RATES = (0.05, 0.1, 0.2, 0.5)


def draw_figures(report: Numbers) -> Iterator[str]:
    """Every figure whose numbers are in the report."""
    figures = report["figures"]
    drawn = (
        ("spectra", draw_spectra),
        ("histograms", draw_histograms),
        ("skins", draw_skins),
        ("roc", _draw_roc),
    )
    for name, draw in drawn:
        if figures.get(name):
            yield draw(figures[name], report)
    if any(find(report, "sets", name, "coverage") for name in SHOWN):
        yield _draw_coverage(report)
    yield show_lattices(report)


def _draw_roc(roc: Numbers, report: Numbers) -> str:
    names = [name for name in ("floor", *SHOWN) if name in roc]
    curves = [Curve("Chance", "chance", (0.0, 1.0), (0.0, 1.0))]
    curves += [Curve(NAMES[name], name, roc[name]["false"], roc[name]["true"]) for name in names]
    ticks = tuple((n / 5, f"{n * 20} %") for n in range(6))
    drawing = draw_lines(
        "ROC curves of a classifier trained to tell drawn patches from real ones; the numbers are "
        "in the table beside it.",
        Axis("real patches called drawn", 0, 1, ticks),
        Axis("drawn patches called drawn", 0, 1, ticks),
        curves,
    )
    rows = []
    for name in names:
        found = report["floor"] if name == "floor" else report["sets"][name]
        numbers = found["two_sample"]
        rows.append(
            [
                SHORT[name],
                write_number(numbers["auc"]),
                f"{write_number(numbers['low'])} to {write_number(numbers['high'])}",
                *(
                    f"{100 * np.interp(rate, roc[name]['false'], roc[name]['true']):.0f} %"
                    for rate in FALSE_RATES
                ),
            ]
        )
    columns = ["", "AUC", "95 %", *(f"at {100 * rate:.0f} %" for rate in FALSE_RATES)]
    return write_figure(
        "Can a classifier tell them apart?",
        "A small network is trained to tell drawn from real patches and tried on images it has not "
        "seen. On the diagonal it guesses; the higher the curve, the easier it is.",
        drawing,
        write_table("Drawn patches found, by share of real ones called drawn", columns, rows),
    )


def _draw_coverage(report: Numbers) -> str:
    measured = {name: found for name in SHOWN if (found := find(report, "sets", name, "coverage"))}
    floor = find(report, "floor", "coverage")
    named = ({"floor": floor} if floor else {}) | measured
    rows = [
        (label, [Dot(NAMES[name], name, found[part]["mean"]) for name, found in named.items()])
        for part, label in PARTS.items()
    ]
    most = max([1.0, *(dot.value for _, dots in rows for dot in dots)])
    drawing = draw_dots(
        "Precision, recall, density and coverage; the numbers are in the table beside it.",
        round_axis("share (density: about 1 for real images)", 0, most, 0.2),
        rows,
    )
    table = write_table(
        "On features of a small network, at the sizes of real against real",
        ["", *(SHORT[name] for name in named)],
        [
            [label, *(write_number(found[part]["mean"]) for found in named.values())]
            for part, label in PARTS.items()
        ],
    )
    return write_figure(
        "Faithful and varied?",
        "Precision and density fall where it draws what no real breast shows; recall and coverage "
        "fall where kinds of real tissue are missing.",
        drawing,
        table,
    )
