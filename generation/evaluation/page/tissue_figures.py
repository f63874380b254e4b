"""Figures of tissue: structure by size, grey, the skin, and what repeats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from generation.evaluation.page.markup import (
    NAMES,
    NOTHING,
    SHORT,
    write_figure,
    write_number,
    write_signed,
    write_table,
)
from generation.evaluation.page.plot import Axis, Band, Curve, draw_lines, round_axis
from generation.evaluation.summary import find

Numbers = Mapping[str, Any]

SHOWN = ("network", "cases_cc", "cases_mlo")
SPREAD = "Real images, nine of ten"


def _sets(curves: Numbers) -> list[str]:
    return [name for name in SHOWN if name in curves]


def draw_spectra(spectra: Numbers, report: Numbers) -> str:
    frequency, real = spectra["frequency_per_mm"], spectra["real"]

    def relative(values: Sequence[float]) -> list[float | None]:
        return [value - own for value, own in zip(values, real, strict=True)]

    names = _sets(spectra)
    curves = [Curve(NAMES[name], name, frequency, relative(spectra[name])) for name in names]
    low, high = relative(spectra["real_low"]), relative(spectra["real_high"])
    everything = [
        value for run in (low, high, *(curve.y for curve in curves)) for value in run if value
    ]
    up = round_axis("dB from the real mean", min(everything), max(everything), 5)
    ticks = tuple((value, f"{value:g}") for value in (0.1, 0.2, 0.5, 1, 2, 5))
    across = Axis("cycles per mm (coarse structure left, fine right)", 0.05, 5.0, ticks, log=True)
    drawing = draw_lines(
        "Power spectrum of tissue relative to the mean of real images, by frequency; the numbers "
        "are in the table beside it.",
        across,
        up,
        curves,
        Band(SPREAD, frequency, low, high),
    )
    return write_figure(
        "How much structure there is of every size",
        "Within the band an image could be one of the real ones. Below it texture of that size is "
        "too weak, above it too strong.",
        drawing,
        _tabulate_bands(report),
    )


def _tabulate_bands(report: Numbers) -> str:
    """Octave bands: how far off in dB, and in deviations between real images."""
    spectra = {name: find(report, "sets", name, "spectrum") for name in SHOWN}
    spectra = {name: each for name, each in spectra.items() if each}
    if not spectra:
        return ""
    first = next(iter(spectra.values()))["bands_db"]
    rows = []
    for number, band in enumerate(first):
        size = f"{1 / band['high_per_mm']:.1f} to {1 / band['low_per_mm']:.1f}"
        cells = [each["bands_db"][number] for each in spectra.values()]
        rows.append(
            [
                size,
                write_number(band["real_sd"], 1),
                *(
                    f"{write_signed(cell['mean'] - cell['real_mean'])}"
                    f" <small>({write_signed(cell['off_sd'])})</small>"
                    for cell in cells
                ),
            ]
        )
    exponents = [each["exponent"] for each in spectra.values()]
    rows.append(
        [
            "Exponent",
            f"{write_number(exponents[0]['real_mean'])} ± {write_number(exponents[0]['real_sd'])}",
            *(
                f"{write_number(each['mean'])} <small>({write_signed(each['off_sd'])})</small>"
                for each in exponents
            ),
        ]
    )
    columns = ["Period, mm", "Real sd", *(SHORT[name] for name in spectra)]
    return write_table("Octave bands: dB from the real mean (deviations)", columns, rows)


def draw_histograms(histograms: Numbers, report: Numbers) -> str:
    grey = histograms["grey"]
    names = _sets(histograms)
    curves = [
        Curve(NAMES[name], name, grey, [100 * share for share in histograms[name]])
        for name in names
    ]
    low, high = ([100 * share for share in histograms[f"real_{end}"]] for end in ("low", "high"))
    most = max(max(high), *(max(share or 0 for share in curve.y) for curve in curves), 1.0)
    drawing = draw_lines(
        "Histogram of grey in tissue; the numbers are in the table beside it.",
        Axis("grey, 0 black to 1 white", 0, 1, tuple((n / 5, f"{n / 5:g}") for n in range(6))),
        round_axis("% of pixels", 0, most, 2 if most < 12 else 5),
        curves,
        Band(SPREAD, grey, low, high),
    )
    return write_figure(
        "How bright tissue is",
        "Mean histogram of the patches of an image. The divergence between two halves of the real "
        "images is the least that can be expected.",
        drawing,
        _tabulate_greys(histograms, names, report),
    )


def _tabulate_greys(histograms: Numbers, names: Sequence[str], report: Numbers) -> str:
    parts = {
        name: np.array(histograms[name]).reshape(8, -1).sum(axis=1) for name in ("real", *names)
    }
    rows = [
        [
            f"{n / 8:.2f} to {(n + 1) / 8:.2f}",
            *(f"{100 * part[n]:.1f}" for part in parts.values()),
        ]
        for n in range(8)
    ]
    floor = find(report, "floor", "histogram", "mean")
    rows.append(
        [
            "Divergence",
            write_number(floor, 3),
            *(write_number(find(report, "sets", name, "histogram", "mean"), 3) for name in names),
        ]
    )
    for key in ("kurtosis", "skewness"):
        cells = [find(report, "sets", name, "moments", key) or {} for name in names]
        own = next((cell for cell in cells if cell), {})
        rows.append(
            [
                key.capitalize(),
                f"{write_number(own.get('real_mean'))} ± {write_number(own.get('real_sd'))}",
                *(
                    f"{write_number(cell.get('mean'))} "
                    f"<small>({write_signed(cell.get('off_sd'))})</small>"
                    for cell in cells
                ),
            ]
        )
    columns = ["Grey", *(SHORT[name] for name in parts)]
    return write_table(
        "% of pixels by grey; moments with their deviations from the real mean", columns, rows
    )


def draw_skins(skins: Numbers, report: Numbers) -> str:
    depth = skins["depth_mm"]
    names = _sets(skins)
    curves = [Curve(NAMES[name], name, depth, skins[name]) for name in names]
    everything = [
        value
        for run in (skins["real_high"], *(curve.y for curve in curves))
        for value in run
        if value is not None
    ]
    drawing = draw_lines(
        "Mean grey by depth under the skin; the numbers are in the table beside it.",
        Axis("mm under the skin", 0, 8, tuple((n, str(n)) for n in range(0, 9, 2))),
        round_axis("grey", 0, max(everything), 0.1),
        curves,
        Band(SPREAD, depth, skins["real_low"], skins["real_high"]),
    )
    step = depth[1] - depth[0]
    places = [round((at - step / 2) / step) for at in (0.1, 0.5, 1.1, 1.9, 3.1, 4.9, 7.1)]
    rows = [
        [f"{depth[at]:.1f}", *(write_number(skins[name][at]) for name in ("real", *names))]
        for at in places
    ]
    rows.append(
        [
            "Off, rms",
            NOTHING,
            *(write_number(find(report, "sets", name, "skin", "rms_grey"), 3) for name in names),
        ]
    )
    columns = ["mm", *(SHORT[name] for name in ("real", *names))]
    return write_figure(
        "The skin and what lies under it",
        "A halo along the skin, or a skin line that is lost, would leave the band here.",
        drawing,
        write_table("Grey under the skin", columns, rows),
    )


def show_lattices(report: Numbers) -> str:
    """Peaks and lines at tile and upsampling periods; one table, every set."""
    found = {
        name: periods
        for name in SHOWN
        if (periods := find(report, "sets", name, "periodicity", "periods"))
    }
    if not found:
        return ""
    rows = []
    for number, first in enumerate(next(iter(found.values()))):
        cells = [f"{first['period_mm']:.1f}"]
        for periods in found.values():
            at = periods[number]
            out = ' <strong class="missed">stands out</strong>' if at["stands_out"] else ""
            cells.append(
                f"{write_signed(at['peak_db'])} "
                f"<small>({write_signed(at['peak_limit_db'])})</small>, "
                f"{write_signed(at['line_db'], 2)} "
                f"<small>({write_signed(at['line_limit_db'], 2)})</small>{out}"
            )
        rows.append(cells)
    table = write_table(
        "Highest peak, highest line in dB over their surroundings (limit)",
        ["Period, mm", *(NAMES[name] for name in found)],
        rows,
    )
    return (
        '<section class="figure"><h3>Tiles and meshes</h3><p>A pattern that repeats leaves peaks '
        "or lines in the spectrum. In brackets: what 99 of a hundred sets of real images stay "
        f"below.</p>{table}</section>"
    )
