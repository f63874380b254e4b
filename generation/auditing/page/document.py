"""The audit as one HTML page: no network, no script, a table beside every figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from generation.auditing.page.figures import draw_figures
from generation.auditing.page.outcome import show_control, show_outcome
from generation.auditing.page.pairs import PicturedPair, show_pairs
from generation.evaluation.page.style import STYLE

Numbers = Mapping[str, Any]


def build_page(report: Numbers, pairs: Sequence[PicturedPair]) -> str:
    """The page.

    Args:
        report: of `generation.auditing.report.build_report`.
        pairs: nearest pairs to show, which holds real images: for the reader's own eyes.
    """
    sections = [
        ("outcome", "Outcome", show_outcome(report)),
        ("control", "Planted copies", show_control(report)),
        ("figures", "How near is it to what it learnt from?", "".join(draw_figures(report))),
        ("about", "What was compared, and how", "".join(_show_about(report))),
    ]
    if pairs:
        sections.insert(3, ("pairs", "Nearest pairs", show_pairs(pairs)))
    links = "".join(f'<li><a href="#{key}">{escape(title)}</a></li>' for key, title, _ in sections)
    body = "".join(
        f'<section id="{key}"><h2>{escape(title)}</h2>{shown}</section>'
        for key, title, shown in sections
    )
    weights = report["weights"]
    private = "<p class='warning'>Holds real images: not to be passed on.</p>" if pairs else ""
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Parenchyma: does the generator repeat what it learnt from?</title>
<style>{STYLE}</style>
</head>
<body>
<header>
<h1>Does the generator repeat what it learnt from?</h1>
<p>Weights {escape(str(weights["name"]))} <code>{escape(str(weights["sha256"])[:12])}</code>,
Parenchyma {escape(str(report["version"]))}, {escape(str(report["made"])[:10])}.
Synthetic images. Not for diagnosis.</p>{private}
<nav aria-label="Sections"><ul>{links}</ul></nav>
</header>
<main>{body}</main>
</body>
</html>
"""


def _show_about(report: Numbers) -> Iterator[str]:
    yield "<ul>" + "".join(f"<li>{escape(note)}</li>" for note in report["notes"]) + "</ul>"
    if report["failures"]:
        failed = "".join(
            f"<li>{escape(name)}: {escape(why)}</li>" for name, why in report["failures"].items()
        )
        yield f'<h3>Not measured</h3><ul class="warning">{failed}</ul>'
    images, machine, seconds = report["images"], report["machine"], report["seconds"]
    yield (
        f"<p>{images['training']} training images searched for {images['unseen']} unseen real "
        f"images and {images['drawn']} drawn ones ({images['cases']} cases), "
        f"{report['settings']['patches_per_image']} patches of each; {images['training_maps']} "
        f"training and {images['held_out_maps']} held-out maps drawn on.</p>"
    )
    spent = ", ".join(
        f"{escape(stage)} {took:.0f} s"
        for stage, took in seconds.items()
        if stage not in ("total", "processor")
    )
    yield (
        f"<p>Seed {report['settings']['seed']}; {machine['cores']} cores, "
        f"{escape(machine['processor'])}; {seconds['total']:.0f} s in all ({spent}), "
        f"{seconds['processor']:.0f} s of processor time. Split "
        f"<code>{report['split']['sha256'][:12]}</code>.</p>"
    )
