"""The page's tables of limits and of subgroups."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from generation.evaluation.page.markup import NAMES, NOTHING, write_number, write_table

Numbers = Mapping[str, Any]

OUTCOMES = {True: "met", False: "missed", None: "not measured"}
COUNTS = {"bars_met": "met", "bars_missed": "missed", "bars_not_measured": "not measured"}
COUNTED = ("tiling_periods", "same_seed_same_bytes")
SUBGROUP_COLUMNS = {
    "c2st_auc": "AUC",
    "frd_ratio": "Radiomics, of floor",
    "kernel_distance": "Kernel distance",
    "exponent_off_sd": "Exponent off, sd",
    "bands_off_sd": "Worst band off, sd",
    "histogram_ratio": "Grey, of real spread",
}


def show_outcome(report: Numbers) -> str:
    """What it comes to in a sentence, how many limits were kept, and each one."""
    summary, bars = report["summary"], report["bars"]
    counts = "".join(
        f'<li class="{_name_class(said)}"><strong>{summary[key]}</strong> {said}</li>'
        for key, said in COUNTS.items()
    )
    columns = list(dict.fromkeys(_column(bar) for bar in bars))
    rows = []
    for key in dict.fromkeys(bar["id"] for bar in bars):
        same = {_column(bar): bar for bar in bars if bar["id"] == key}
        first = next(iter(same.values()))
        rows.append(
            [
                f"{escape(first['label'])}<br><small>{escape(first['said'])}</small>",
                _limit(first, "bar"),
                _limit(first, "stretch"),
                write_number(first["floor"]),
                *(_outcome(same.get(name)) for name in columns),
            ]
        )
    table = write_table(
        "Limits set before training, and whether they were kept",
        ["", "Bar", "Wished for", "Real against real", *(NAMES[name] for name in columns)],
        rows,
    )
    return f'{_say_shortly(report)}<ul class="counts">{counts}</ul>{table}'


def _say_shortly(report: Numbers) -> str:
    """One paragraph for a reader who wants no table."""
    summary = report["summary"]
    auc = summary.get("cases_cc_c2st_auc") or summary.get("network_c2st_auc")
    said = (
        f"Tissue that the generator draws was measured against {summary['real_images']} real "
        "mammograms that it never saw. "
    )
    if auc is not None:
        said += (
            "Shown one real and one drawn patch, a network trained to tell them apart picks the "
            f"drawn one in {100 * auc:.0f} of 100 pairs; guessing gives 50. "
        )
    return f"<p>{said}Every number stands beside what real images give among themselves.</p>"


def _column(bar: Numbers) -> str:
    """The set it is about; conditions are the network's to obey."""
    return "network" if bar["set"] == "conditions" else str(bar["set"])


def _outcome(bar: Numbers | None) -> str:
    if bar is None:
        return ""
    said = OUTCOMES[bar["met"]]
    outcome = f'<span class="outcome {_name_class(said)}">{said}</span>'
    if bar["measured"] is None:
        return outcome
    return f'<span class="whole">{_write(bar, "measured")} {outcome}</span>'


def _name_class(said: str) -> str:
    return said.replace(" ", "-")


def _limit(bar: Numbers, name: str) -> str:
    if bar[name] is None:
        return NOTHING
    return f"{'≤' if bar['better'] == 'lower' else '≥'}\u00a0{_write(bar, name)}"


def _write(bar: Numbers, name: str) -> str:
    """Counts without decimals."""
    return write_number(bar[name], 0 if bar["id"] in COUNTED else 2)


def show_subgroups(report: Numbers) -> str:
    """A row for each part of each set; what is too small is said once for all sets."""
    rows = [
        [
            escape(_name_subgroup(entry)),
            escape(NAMES[entry["set"]]),
            str(entry["real_images"]),
            str(entry["images"]),
            *(write_number(entry["measures"].get(key)) for key in SUBGROUP_COLUMNS),
        ]
        for entry in report["subgroups"]
        if entry["enough"]
    ]
    small = {
        _name_subgroup(entry): str(entry["real_images"])
        for entry in report["subgroups"]
        if not entry["enough"]
    }
    rows += [[escape(name), "", real, "", "not enough"] for name, real in sorted(small.items())]
    return (
        "<p>A subgroup has numbers where at least ten real images belong to it. A class marked * "
        "was read from the pictures by the product itself, which is rough.</p>"
        + write_table(
            "Subgroups",
            ["", "Of", "Real images", "Drawn images", *SUBGROUP_COLUMNS.values()],
            rows,
            kind="plain",
        )
    )


def _name_subgroup(entry: Numbers) -> str:
    if entry["by"] == "lesions":
        return f"{entry['value'].capitalize()} lesions"
    return f"Density {entry['value']}{' *' if entry['marked'] else ''}"
