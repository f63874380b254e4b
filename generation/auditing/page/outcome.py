"""The page's tables of limits and of planted copies."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from generation.evaluation.page.markup import NOTHING, write_number, write_table

Numbers = Mapping[str, Any]

OUTCOMES = {True: ("met", "Met"), False: ("missed", "Missed"), None: ("unknown", "Not measured")}
NAMES = {
    "control": "The audit itself",
    "images": "Whole images",
    "patches": "Patches, pixels",
    "features": "Patches, features",
    "maps": "Network on real maps",
}


def show_outcome(report: Numbers) -> str:
    """Passed or not, and every limit with what was measured."""
    summary = report["summary"]
    counts = "".join(
        f'<li class="{OUTCOMES[met][0]}"><strong>{summary[key]}</strong> {label}</li>'
        for key, met, label in (
            ("bars_met", True, "met"),
            ("bars_missed", False, "missed"),
            ("bars_not_measured", None, "not measured"),
        )
    )
    rows = [
        [
            f"{escape(bar['label'])}<br><small>{escape(bar['said'])}</small>",
            NAMES[bar["set"]],
            f"<strong>{write_number(bar['measured'], 3)}</strong>",
            f"{'≤' if bar['better'] == 'lower' else '≥'} {write_number(bar['bar'], 3)}",
            f'<span class="outcome {OUTCOMES[bar["met"]][0]}">{OUTCOMES[bar["met"]][1]}</span>',
        ]
        for bar in report["bars"]
    ]
    table = write_table(
        "Limits, and whether they were kept", ["", "Of", "Measured", "Bar", "Outcome"], rows
    )
    return f'<p>{_say_outcome(summary)}</p><ul class="counts">{counts}</ul>{table}'


def _say_outcome(summary: Numbers) -> str:
    if summary["control_found"] < summary["control_planted"] or not summary["control_planted"]:
        return (
            "<strong>The audit proves nothing:</strong> it did not find all of the copies that "
            "were planted for it to find."
        )
    if summary["passed"]:
        return (
            "<strong>Passed.</strong> Nothing drawn lies nearer to the training images than real "
            "images do that were never trained on, and every planted copy was found."
        )
    if summary["bars_missed"]:
        return "<strong>Not passed:</strong> see the limits that were missed."
    return "<strong>Not passed:</strong> not everything could be measured."


def show_control(report: Numbers) -> str:
    """Each planted copy, and by what it was found."""
    rows = [
        [
            escape(each["said"].capitalize()),
            escape(each["source"]),
            _say(each["image"]),
            f"{each['patches']} of {each['searched']}",
            NOTHING if each["features"] is None else f"{each['features']} of {each['searched']}",
            _say(each["found"]),
        ]
        for each in report["control"]
    ]
    columns = ["", "Of", "As a whole", "Patches, pixels", "Patches, features", "Found"]
    return (
        "<p>Copies of training images go through the audit like drawn images. If one were missed "
        "by the whole image or by all its patches, nothing that the audit says would count.</p>"
        + write_table("Planted copies, and by what they were found", columns, rows)
    )


def _say(found: bool) -> str:
    kind, said = ("met", "yes") if found else ("missed", "no")
    return f'<span class="outcome {kind}">{said}</span>'
