"""Numbers on the command line, as more than one command reads them."""

from __future__ import annotations

import argparse

from generation.plausibility import MAX_SEED, RANGES


def positive_number(text: str) -> int:
    """A whole number of at least 1."""
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"must be at least 1, not {value}")
    return value


def seed_number(text: str) -> int:
    """A seed that specs can hold."""
    value = int(text)
    if not 0 <= value <= MAX_SEED:
        raise argparse.ArgumentTypeError(f"must be between 0 and {MAX_SEED}")
    return value


def dose_share(text: str) -> float:
    """A share of the usual dose."""
    value = float(text)
    low, high = RANGES["dose"]
    if not low <= value <= high:
        raise argparse.ArgumentTypeError(f"must be between {low} and {high}")
    return value
