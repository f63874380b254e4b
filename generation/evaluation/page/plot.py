"""Line and dot charts as SVG, readable on a dark page and without colour."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 600, 330
LEFT, RIGHT, TOP, BOTTOM = 62, 26, 14, 50
DOT_PX = 6


@dataclass(frozen=True)
class Axis:
    """One axis: what it shows, from where to where, and what is written at its ticks."""

    label: str
    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    log: bool = False

    def share(self, value: float) -> float:
        """Place of a value along the axis, 0-1, held inside it."""
        low, high, at = self.low, self.high, min(max(value, self.low), self.high)
        if self.log:
            low, high, at = math.log(low), math.log(high), math.log(at)
        return (at - low) / (high - low)


@dataclass(frozen=True)
class Curve:
    """A line with its name; `kind` is a class of the page's style: colour and dashes."""

    name: str
    kind: str
    x: Sequence[float]
    y: Sequence[float | None]


@dataclass(frozen=True)
class Band:
    """What lies between two lines over one x, with its name."""

    name: str
    x: Sequence[float]
    low: Sequence[float | None]
    high: Sequence[float | None]


@dataclass(frozen=True)
class Dot:
    """A mark in a row of a dot chart."""

    name: str
    kind: str
    value: float


def draw_lines(
    said: str, across: Axis, up: Axis, curves: Sequence[Curve], band: Band | None = None
) -> str:
    """SVG of curves over a shaded band.

    Args:
        said: the figure in words, for who does not see it.
        across, up: axes.
        curves: drawn in their order; points without a value break a line.
        band: drawn below.
    """
    parts = [_draw_frame(across, up)]
    names = []
    if band is not None:
        there = [
            (x, low, high)
            for x, low, high in zip(band.x, band.low, band.high, strict=True)
            if low is not None and high is not None
        ]
        edge = [(x, high) for x, _, high in there] + [(x, low) for x, low, _ in reversed(there)]
        points = " ".join(_point(across, up, x, y) for x, y in edge)
        parts.append(f'<polygon class="band" points="{points}"/>')
        names.append((band.name, "band"))
    for curve in curves:
        for run in _split_runs(curve):
            points = " ".join(_point(across, up, x, y) for x, y in run)
            parts.append(f'<polyline class="curve {curve.kind}" points="{points}"/>')
        names.append((curve.name, curve.kind))
    return _wrap(said, "".join(parts), names, HEIGHT)


def draw_dots(said: str, across: Axis, rows: Sequence[tuple[str, Sequence[Dot]]]) -> str:
    """SVG of rows of marks on one axis.

    Args:
        said: the figure in words.
        across: the axis.
        rows: name of each row and its marks.
    """
    step, left = 34, 120
    height = TOP + step * len(rows) + BOTTOM
    parts = []
    for value, label in across.ticks:
        x = left + across.share(value) * (WIDTH - left - RIGHT)
        parts.append(
            f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{height - BOTTOM}"/>'
            f'<text x="{x:.1f}" y="{height - BOTTOM + 16}" text-anchor="middle">'
            f"{escape(label)}</text>"
        )
    for number, (name, dots) in enumerate(rows):
        y = TOP + step * (number + 0.5)
        parts.append(
            f'<text x="{left - 10}" y="{y + 4:.1f}" text-anchor="end">{escape(name)}</text>'
            f'<line class="axis" x1="{left}" x2="{WIDTH - RIGHT}" y1="{y}" y2="{y}"/>'
        )
        for dot in dots:
            x = left + across.share(dot.value) * (WIDTH - left - RIGHT)
            parts.append(_draw_mark(dot.kind, x, y))
    parts.append(
        f'<text x="{(left + WIDTH - RIGHT) / 2}" y="{height - 12}" text-anchor="middle">'
        f"{escape(across.label)}</text>"
    )
    names = list(dict.fromkeys((dot.name, dot.kind) for _, dots in rows for dot in dots))
    return _wrap(said, "".join(parts), names, height, marks=True)


def _point(across: Axis, up: Axis, x: float, y: float) -> str:
    right = LEFT + across.share(x) * (WIDTH - LEFT - RIGHT)
    down = TOP + (1 - up.share(y)) * (HEIGHT - TOP - BOTTOM)
    return f"{right:.1f},{down:.1f}"


def _split_runs(curve: Curve) -> list[list[tuple[float, float]]]:
    runs: list[list[tuple[float, float]]] = [[]]
    for x, y in zip(curve.x, curve.y, strict=True):
        if y is None:
            runs.append([])
        else:
            runs[-1].append((x, y))
    return [run for run in runs if run]


def _draw_frame(across: Axis, up: Axis) -> str:
    bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
    parts = []
    for value, label in across.ticks:
        x = LEFT + across.share(value) * (right - LEFT)
        parts.append(
            f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{bottom}"/>'
            f'<text x="{x:.1f}" y="{bottom + 16}" text-anchor="middle">{escape(label)}</text>'
        )
    for value, label in up.ticks:
        y = TOP + (1 - up.share(value)) * (bottom - TOP)
        parts.append(
            f'<line class="grid" x1="{LEFT}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}"/>'
            f'<text x="{LEFT - 7}" y="{y + 4:.1f}" text-anchor="end">{escape(label)}</text>'
        )
    middle = TOP + (bottom - TOP) / 2
    parts.append(
        f'<text x="{(LEFT + right) / 2}" y="{HEIGHT - 12}" text-anchor="middle">'
        f"{escape(across.label)}</text>"
        f'<text transform="translate(15 {middle}) rotate(-90)" text-anchor="middle">'
        f"{escape(up.label)}</text>"
    )
    return "".join(parts)


def _draw_mark(kind: str, x: float, y: float) -> str:
    """A circle for real images; others differ in shape as well as in colour."""
    r = DOT_PX
    corners = {
        "network": ((x - r, y), (x, y - r), (x + r, y), (x, y + r)),
        "cases_cc": ((x - r, y + r), (x, y - r), (x + r, y + r)),
        "cases_mlo": ((x - r, y - r), (x + r, y - r), (x, y + r)),
    }
    if kind in corners:
        points = " ".join(f"{across:.1f},{down:.1f}" for across, down in corners[kind])
        return f'<polygon class="mark {kind}" points="{points}"/>'
    return f'<circle class="mark {kind}" cx="{x:.1f}" cy="{y:.1f}" r="{r}"/>'


def _wrap(
    said: str, drawn: str, names: Sequence[tuple[str, str]], height: float, *, marks: bool = False
) -> str:
    """The SVG with its legend, which is text of the page and reflows."""
    svg = (
        f'<svg role="img" aria-label="{escape(said)}" viewBox="0 0 {WIDTH} {height}">{drawn}</svg>'
    )
    keys = "".join(f"<li>{_draw_key(kind, marks)}{escape(name)}</li>" for name, kind in names)
    return f'{svg}<ul class="key">{keys}</ul>'


def _draw_key(kind: str, marks: bool) -> str:
    inner = (
        _draw_mark(kind, 16, 8)
        if marks
        else '<rect class="band" width="32" height="16"/>'
        if kind == "band"
        else f'<line class="curve {kind}" x1="0" x2="32" y1="8" y2="8"/>'
    )
    return f'<svg aria-hidden="true" viewBox="0 0 32 16" width="32" height="16">{inner}</svg>'


def round_axis(label: str, low: float, high: float, step: float) -> Axis:
    """An axis from step to step that holds both ends."""
    first, last = math.floor(low / step), math.ceil(high / step)
    last = max(last, first + 1)
    ticks = tuple((n * step, f"{n * step:g}".replace("-", "−")) for n in range(first, last + 1))
    return Axis(label, first * step, last * step, ticks)
