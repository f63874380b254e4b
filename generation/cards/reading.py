"""Values out of JSON that other sites may have written: of the right type, or absent."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

NOT_MEASURED = "not measured"
MOST_TEXT = 1_000


def number(value: Any) -> float | None:
    """A finite number; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        found = float(value)
    except OverflowError:
        return None
    return found if math.isfinite(found) else None


def text(value: Any) -> str:
    """A text, cut where it is too long for a card; "" for anything else."""
    return value[:MOST_TEXT] if isinstance(value, str) else ""


def mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def mappings(value: Any) -> Iterator[dict[str, Any]]:
    """The objects of a list; nothing for what is no list."""
    return (
        (each for each in value if isinstance(each, dict)) if isinstance(value, list) else iter(())
    )


def texts(value: Any) -> tuple[str, ...]:
    return tuple(filter(None, map(text, value))) if isinstance(value, list) else ()


def write_number(value: Any, digits: int) -> str:
    """A number with a true minus sign, or that it was not measured."""
    found = number(value)
    if found is None:
        return NOT_MEASURED
    return f"{found:,.{digits}f}".replace("-", "−").replace(",", " ")


def begin_large(words: str) -> str:
    """With a capital letter; the rest, such as names, stays as it is."""
    return words[:1].upper() + words[1:]
