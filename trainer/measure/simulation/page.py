"""The simulation as one HTML page: no network, no script, a table beside every figure."""

from collections.abc import Iterator
from html import escape
from typing import Final

from generation.evaluation.page.markup import write_table
from generation.evaluation.page.plot import Axis, Curve, draw_lines
from generation.evaluation.page.style import STYLE
from trainer.measure.simulation.report import list_bars
from trainer.measure.simulation.scenarios import CHECKPOINTS, Numbers

_KINDS: Final = ("real", "chance", "cases_mlo", "even", "network", "cases_cc")
_EVEN: Final = ".curve.even { stroke: #9a86d8; stroke-dasharray: 1 5; }"
_TITLES: Final = {
    "static": "Abilities that stay, with the pilot's settings",
    "learning": "Readers who improve",
    "miscalibrated": "A cold start that is wrong, and its refit",
    "finite-bank": "A bank of cases that all share",
}


def build_page(report: Numbers) -> str:
    """Build the page of a report of `simulate`."""
    bars = [
        [
            escape(f"{bar['scenario']}: {bar['name']}"),
            f"{bar['value']:.3f}",
            escape(bar["wanted"]),
            '<span class="outcome met">met</span>'
            if bar["met"]
            else '<span class="outcome missed">missed</span>',
        ]
        for bar in list_bars(report)
    ]
    outcome = write_table("Missed ones first", ["", "Seen", "Wanted", ""], bars)
    body = "".join(
        f"<section><h2>{escape(_TITLES[name])}</h2>{''.join(_show(found))}</section>"
        for name, found in report["scenarios"].items()
    )
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Parenchyma: adaptive practice, simulated</title>
<style>{STYLE}{_EVEN}</style>
</head>
<body>
<header>
<h1>Adaptive practice, simulated</h1>
<p>{report["learners"]} simulated readers, seed {report["seed"]}. The product's own selection and
update; the readers answer as its model says, so nothing here tells how people learn.</p>
</header>
<main><section><h2>The bars</h2>{outcome}</section>{body}</main>
</body>
</html>
"""


def _show(found: Numbers) -> Iterator[str]:
    across = Axis("Cases read", 0, CHECKPOINTS[-1], tuple((n, str(n)) for n in (0, *CHECKPOINTS)))
    for key, label, low, high, ticks in (
        ("rmse", "Error of abilities (RMSE)", 0.2, 0.8, (0.2, 0.4, 0.6, 0.8)),
        ("coverage", "Truth within the 95 % interval", 0.4, 1.0, (0.4, 0.6, 0.8, 0.95)),
    ):
        up = Axis(label, low, high, tuple((tick, f"{tick:g}") for tick in ticks))
        curves = [
            Curve(
                row["name"],
                kind,
                [one["cases"] for one in row["checkpoints"]],
                [one[key] for one in row["checkpoints"]],
            )
            for row, kind in zip(found["policies"], _KINDS[-len(found["policies"]) :], strict=True)
        ]
        table = write_table(
            f"{label}, by cases read",
            ["", *(str(n) for n in CHECKPOINTS)],
            [
                [escape(row["name"]), *(f"{one[key]:.3f}" for one in row["checkpoints"])]
                for row in found["policies"]
            ],
        )
        figure = draw_lines(f"{label} by number of cases read", across, up, curves)
        yield f'<div class="beside"><figure>{figure}</figure>{table}</div>'
    yield write_table(
        "Success and precision",
        [
            "",
            "Predicted",
            "Realised",
            "Realised with lesions",
            "Cases until all SE < .40 (median)",
        ],
        [
            [
                escape(row["name"]),
                f"{row['predicted']:.3f}",
                f"{row['realised']:.3f}",
                f"{row['realised_of_lesions']:.3f}",
                "more than read"
                if row["cases_until_precise"] is None
                else f"{row['cases_until_precise']:.0f}",
            ]
            for row in found["policies"]
        ],
    )
    if "exposure" in found["policies"][0]:
        yield write_table(
            "Exposure",
            ["", "Largest share of the readers that met one case", "Given beyond the limit"],
            [
                [escape(row["name"]), f"{row['exposure']:.3f}", f"{row['beyond_limit']}"]
                for row in found["policies"]
            ],
        )
    if "mastery" in found:
        yield write_table(
            "Mastery within 500 cases, share of readers",
            ["", "Goals", "Any competency", "Without the criterion's rule", "Held back by it"],
            [
                [
                    escape(row["readers"]),
                    f"{row['goals_lowered']:g} lower" if row["goals_lowered"] else "in force",
                    f"{row['mastered_any']:.3f}",
                    f"{row['mastered_without_criterion']:.3f}",
                    f"{row['held_back']:.3f}",
                ]
                for row in found["mastery"]
            ],
        )
