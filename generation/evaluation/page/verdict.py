"""The page's tables of limits and of subgroups."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from generation.evaluation.page.markup import NAMES, NOTHING, write_number, write_table

Numbers = Mapping[str, Any]

OUTCOMES = {True: ("met", "Met"), False: ("missed", "Missed"), None: ("unknown", "Not measured")}


def show_outcome(report: Numbers) -> str:
    """How many limits were kept, and each with what was measured."""
    summary, bars = report["summary"], report["bars"]
    counts = "".join(
        f'<li class="{OUTCOMES[met][0]}"><strong>{summary[key]}</strong> {escape(label)}</li>'
        for key, met, label in (
            ("bars_met", True, "met"),
            ("bars_missed", False, "missed"),
            ("bars_not_measured", None, "not measured"),
        )
    )
    rows = [
        [
            f"{escape(bar['label'])}<br><small>{escape(bar['said'])}</small>",
            escape(NAMES[bar["set"]]),
            f"<strong>{write_number(bar['measured'])}</strong>",
            write_number(bar["floor"]),
            _limit(bar, "bar"),
            _limit(bar, "stretch"),
            f'<span class="outcome {OUTCOMES[bar["met"]][0]}">{OUTCOMES[bar["met"]][1]}</span>',
        ]
        for bar in bars
    ]
    columns = ["", "Of", "Measured", "Real against real", "Bar", "Wished for", "Outcome"]
    return f'<ul class="counts">{counts}</ul>' + write_table(
        "Limits set beforehand, and whether they were kept", columns, rows
    )


def _limit(bar: Numbers, name: str) -> str:
    if bar[name] is None:
        return NOTHING
    return f"{'≤' if bar['better'] == 'lower' else '≥'} {write_number(bar[name])}"


def show_subgroups(report: Numbers) -> str:
    """A row for each part of each set."""
    columns = {
        "c2st_auc": "AUC",
        "frd_ratio": "Radiomics, of floor",
        "kernel_distance": "Kernel distance",
        "exponent_off_sd": "Exponent off, sd",
        "bands_off_sd": "Worst band off, sd",
        "histogram_ratio": "Grey, of real spread",
    }
    rows = [
        [
            escape(_name_subgroup(entry)),
            escape(NAMES[entry["set"]]),
            str(entry["real_images"]),
            str(entry["images"]),
            *(
                write_number(entry["measures"].get(key)) if entry["enough"] else "not enough"
                for key in columns
            ),
        ]
        for entry in report["subgroups"]
        if entry["real_images"] or entry["images"]
    ]
    return (
        "<p>A subgroup has numbers where at least ten real images belong to it. A class marked * "
        "was read from the pictures by the product itself, which is rough.</p>"
        + write_table(
            "Subgroups",
            ["", "Of", "Real images", "Drawn images", *columns.values()],
            rows,
        )
    )


def _name_subgroup(entry: Numbers) -> str:
    if entry["by"] == "lesions":
        return f"{entry['value'].capitalize()} lesions"
    return f"Density {entry['value']}{' *' if entry['marked'] else ''}"
