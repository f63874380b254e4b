"""Cells of the tables that a spreadsheet opens."""

from typing import Final

NOT_ENOUGH: Final = "not enough readings"


def write_interval(value: float | None, low: float | None, high: float | None, n: int) -> list[str]:
    """A figure, the ends of its interval and n; in words where there is no figure."""
    if value is None:
        return [NOT_ENOUGH, "", "", str(n)]
    return [write(value), write(low), write(high), str(n)]


def write(value: float | None) -> str:
    """A number, or an empty cell."""
    return "" if value is None else f"{value:.4f}"


def disarm(text: str) -> str:
    """A spreadsheet runs a cell that begins like a formula; a leading apostrophe stops it."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
