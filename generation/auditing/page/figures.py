"""The page's figures: distributions as cumulative curves, each with the same numbers as a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from generation.evaluation.page.markup import write_figure, write_number, write_table
from generation.evaluation.page.plot import Axis, Curve, draw_lines, round_axis

Numbers = Mapping[str, Any]

QUANTILES = (0, 1, 5, 25, 50, 75, 95, 100)
UP = Axis("% of them below", 0, 100, tuple((n * 20, f"{n * 20} %") for n in range(6)))
# Colours and dashes of the page's style: what is measured against is grey as real images are.
KINDS = {
    "unseen": ("Unseen real images", "real"),
    "drawn": ("Drawn cases", "network"),
    "planted": ("Planted copies", "cases_cc"),
    "held_out": ("On maps of unseen images", "real"),
    "training": ("On maps of training images", "network"),
}
MEASURES = {
    "images": (
        "Whole images",
        (
            "Distance of each image to the training image most like it, over all shifts and "
            "flips; 1 is as far as an unseen real image usually is. A generator that repeats what "
            "it learnt from would leave the grey curve to the left, towards the planted copies."
        ),
    ),
    "patches": (
        "Patches of 25.6 mm, pixel by pixel",
        ("The same for patches: over all places of all training images, quarter turns and flips."),
    ),
    "features": (
        "The same patches, in what a small network sees",
        "Distance in features rather than in pixels: alike in kind, not in place.",
    ),
}


def draw_figures(report: Numbers) -> Iterator[str]:
    """Every figure whose numbers are in the report."""
    figures = report["figures"]
    for name, (title, said) in MEASURES.items():
        if name in figures:
            limit = report["measures"][name]["copy_limit"]
            yield _draw(title, said, "distance over the unseen median", figures[name], limit)
    around = figures["surroundings"]
    if around["drawn"] and around["unseen"]:
        yield _draw(
            "A second look: around the patches",
            "Correlation of what lies around a patch with what lies around its nearest place, "
            "which took no part in the search: about 0 for a chance likeness, not for a copy.",
            "correlation of the surroundings",
            around,
            report["surroundings"]["limit"],
        )
    if "maps" in figures:
        yield _draw_maps(report)
        yield _draw(
            "The same in tiles of 25.6 mm",
            "A single remembered place would vanish in the mean of an image, and show here.",
            "correlation with the true image",
            figures["tiles"],
            None,
        )


def _draw_maps(report: Numbers) -> str:
    """Correlation with the true image, and by the size of structure."""
    figure = _draw(
        "The network on real images' own maps",
        "Correlation of the texture drawn on an image's map with that image's own. The map tells "
        "some of it, of unseen images as well; what a network gives back of training images alone "
        "was remembered.",
        "correlation with the true image",
        report["figures"]["maps"],
        None,
    )
    rows = [
        [
            f"{write_number(band['from_mm'], 1)} to {write_number(band['to_mm'], 1)}",
            write_number(band["training"], 3),
            write_number(band["held_out"], 3),
        ]
        for band in report["maps"]["bands"]
    ]
    table = write_table(
        "Mean correlation by blur, mm: fine structure above",
        ["Band", "Training maps", "Unseen maps"],
        rows,
        kind="narrow",
    )
    return figure + table


def _draw(title: str, said: str, across: str, sets: Numbers, limit: float | None) -> str:
    there = {name: sets[name] for name in KINDS if sets.get(name)}
    everything = [value for values in there.values() for value in values]
    axis = round_axis(across, min(0.0, *everything), max(everything), 0.2)
    curves = [_accumulate(name, values, axis) for name, values in there.items()]
    if limit is not None:
        curves.append(Curve(f"A copy: beyond {limit:.2f}", "chance", (limit, limit), (0, 100)))
    drawing = draw_lines(
        f"{title}: cumulative distributions; the numbers are in the table beside it.",
        axis,
        UP,
        curves,
    )
    rows = [
        [
            _name_quantile(at),
            *(write_number(float(np.percentile(values, at)), 3) for values in there.values()),
        ]
        for at in QUANTILES
    ]
    rows.append(["Count", *(str(len(values)) for values in there.values())])
    columns = ["", *(KINDS[name][0] for name in there)]
    return write_figure(title, said, drawing, write_table("Percentiles", columns, rows))


def _accumulate(name: str, values: Sequence[float], axis: Axis) -> Curve:
    """Share of the values below each, as steps."""
    ordered = np.sort(np.asarray(values, float))
    shares = 100 * np.arange(len(ordered) + 1) / len(ordered)
    x = np.repeat([axis.low, *ordered, axis.high], 2)[1:-1]
    y = np.repeat(shares, 2)
    label, kind = KINDS[name]
    return Curve(label, kind, x.tolist(), y.tolist())


def _name_quantile(at: int) -> str:
    return {0: "Lowest", 50: "Median", 100: "Highest"}.get(at, f"{at} %")
