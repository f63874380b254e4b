"""Words on the command line, as more than one command reads them."""

from __future__ import annotations

import argparse
from pathlib import Path

from generation.packages.registry import NAME
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


def existing_file(text: str) -> Path:
    """A path at which there is a file."""
    path = Path(text)
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"there is no file {text}")
    return path


def generator_name(text: str) -> str:
    """A short id that folders and orders can hold."""
    if not NAME.fullmatch(text):
        raise argparse.ArgumentTypeError(
            "must be of at most 40 lower-case letters, digits and inner hyphens"
        )
    return text
