"""Pieces of the page: tables, figures with their table, pictures."""

from __future__ import annotations

import base64
import io
import math
from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

NAMES = {
    "real": "Real",
    "floor": "Real against real",
    "network": "Network alone",
    "cases_cc": "Whole cases, CC",
    "cases_mlo": "Whole cases, MLO",
    "conditions": "Network alone",
}
SHORT = {
    "real": "Real",
    "floor": "Real halves",
    "network": "Network",
    "cases_cc": "Cases CC",
    "cases_mlo": "Cases MLO",
}
NOTHING = "–"


def write_table(
    caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]], *, kind: str = ""
) -> str:
    """A table whose first column names its rows; cells are HTML already.

    The last cell of a row that is too short reaches to the end.
    """
    head = "".join(f'<th scope="col">{each}</th>' for each in columns)
    body = "".join(f"<tr>{_write_row(row, len(columns))}</tr>" for row in rows)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(caption)}">'
        f'<table class="{kind}"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _write_row(row: Sequence[str], width: int) -> str:
    missing = width - len(row)
    span = f' colspan="{missing + 1}"' if missing else ""
    cells = [f"<td>{cell}</td>" for cell in row[1:-1]]
    return f'<th scope="row">{row[0]}</th>{"".join(cells)}<td{span}>{row[-1]}</td>'


def write_figure(title: str, said: str, drawing: str, table: str) -> str:
    """A chart, what it says, and beside it the same as a table."""
    return (
        f'<section class="figure"><h3>{escape(title)}</h3><p>{escape(said)}</p>'
        f'<div class="beside"><figure>{drawing}</figure>{table}</div></section>'
    )


def write_picture(pixels: NDArray[np.uint8], said: str, caption: str) -> str:
    """A grey picture at its own size, inside the page; its pixels are never smoothed away."""
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    data = base64.b64encode(file.getvalue()).decode()
    height, width = pixels.shape
    return (
        f'<figure class="picture"><img src="data:image/png;base64,{data}" width="{width}" '
        f'height="{height}" alt="{escape(said)}"><figcaption>{escape(caption)}</figcaption>'
        "</figure>"
    )


def write_number(value: Any, digits: int = 2) -> str:
    """A number for reading; a dash for none."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) or (float(value).is_integer() and abs(value) >= 10):
        return f"{int(value):,}"
    small = 0 < abs(value) < 10**-digits
    shown = -math.floor(math.log10(abs(value))) + 1 if small else digits
    return f"{value:.{shown}f}".replace("-", "−")


def write_signed(value: Any, digits: int = 1) -> str:
    """A difference, its sign always there."""
    if value is None:
        return NOTHING
    return f"{value:+.{digits}f}".replace("-", "−")
