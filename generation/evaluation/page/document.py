"""The report as one HTML page: no network, no script, a table beside every figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from generation.evaluation.page.figures import draw_figures
from generation.evaluation.page.gallery import show_pairs, show_views
from generation.evaluation.page.markup import NAMES, NOTHING, write_table
from generation.evaluation.page.obedience import show_conditions
from generation.evaluation.page.style import STYLE
from generation.evaluation.page.verdict import show_outcome, show_subgroups
from generation.evaluation.tissue import TissueSet

Numbers = Mapping[str, Any]

SHOWN = ("network", "cases_cc", "cases_mlo")


def build_page(report: Numbers, pictures: Sequence[TissueSet], *, with_real: bool) -> str:
    """The page.

    Args:
        report: of `generation.evaluation.report.evaluate`.
        pictures: sets whose crops are shown.
        with_real: shows crops of real images, and what was drawn on their maps, too.
    """
    sections = (
        ("outcome", "The bars", show_outcome(report)),
        ("figures", "Drawn against real", "".join(draw_figures(report))),
        ("conditions", "Does it draw what it is asked for?", show_conditions(report)),
        ("subgroups", "By density and lesions", show_subgroups(report)),
        ("pictures", "Pictures at full size", _show_pictures(pictures, with_real=with_real)),
        ("about", "What was compared, and how", _show_about(report)),
    )
    links = "".join(f'<li><a href="#{key}">{escape(title)}</a></li>' for key, title, _ in sections)
    body = "".join(
        f'<section id="{key}"><h2>{escape(title)}</h2>{shown}</section>'
        for key, title, shown in sections
    )
    weights = report["weights"]
    private = "<p class='warning'>Holds real images: not to be passed on.</p>" if with_real else ""
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Parenchyma: the generator, measured</title>
<style>{STYLE}</style>
</head>
<body>
<header>
<h1>The generator, measured</h1>
<p>Weights {escape(str(weights["name"]))} <code>{escape(str(weights["sha256"])[:12])}</code>,
Parenchyma {escape(str(report["version"]))}, {escape(str(report["made"])[:10])}.
Synthetic images. Not for diagnosis.</p>{private}
<nav aria-label="Sections"><ul>{links}</ul></nav>
</header>
<main>{body}</main>
</body>
</html>
"""


def _show_pictures(pictures: Sequence[TissueSet], *, with_real: bool) -> str:
    by_name = {tissue.name: tissue for tissue in pictures}
    parts = []
    if with_real and "network" in by_name:
        parts.append(show_pairs(by_name["real"], by_name["network"]))
    parts += [show_views(by_name[name], NAMES[name]) for name in SHOWN[1:] if name in by_name]
    return "".join(parts) or (
        "<p>Only whole cases are shown: what is drawn on a real image's map has its layout.</p>"
    )


def _show_about(report: Numbers) -> str:
    images = [
        [
            escape(NAMES[name]),
            str(counts["images"]),
            str(counts["patches"]),
            escape(", ".join(f"{n} {why}" for why, n in counts["left_out"].items())) or NOTHING,
        ]
        for name, counts in report["images"].items()
    ]
    return "".join(_list_about(report)) + write_table(
        "Images", ["", "Images", "Patches of 25.6 mm", "Left out"], images
    )


def _list_about(report: Numbers) -> Iterator[str]:
    yield "<ul>" + "".join(f"<li>{escape(note)}</li>" for note in report["notes"]) + "</ul>"
    if report["failures"]:
        failed = "".join(
            f"<li>{escape(name)}: {escape(why)}</li>" for name, why in report["failures"].items()
        )
        yield f'<h3>Not measured</h3><ul class="warning">{failed}</ul>'
    machine, seconds = report["machine"], report["seconds"]
    longest = sorted(
        ((took, stage) for stage, took in seconds.items() if stage != "total"), reverse=True
    )[:4]
    spent = ", ".join(f"{stage} {took:.0f} s" for took, stage in longest)
    yield (
        f"<p>Seed {report['settings']['seed']}; {machine['cores']} cores, {machine['processor']}, "
        f"torch {escape(machine['torch'])}; {seconds['total']:.0f} s in all ({escape(spent)}). "
        f"Split <code>{report['split']['sha256'][:12]}</code>: {report['split']['train']} images "
        f"to learn from, {report['split']['held_out']} kept from training.</p>"
    )
