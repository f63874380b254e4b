"""Density read from grey alone."""

import numpy as np
import pytest

from generation.quality.density import name_class, read_fraction

INSIDE = np.ones((60, 60), bool)


def breast(gland_share: float, fat: float = 0.12, gland: float = 0.5) -> np.ndarray:
    """A coarse map with gland in a part of its columns."""
    coarse = np.full((60, 60), fat, np.float32)
    coarse[:, : round(60 * gland_share)] = gland
    return coarse


def test_more_gland_reads_as_denser() -> None:
    read = [read_fraction(breast(share), INSIDE) for share in (0.1, 0.3, 0.6, 0.9)]
    assert read == sorted(read)
    assert name_class(read[0]) < name_class(read[-1])


def test_brighter_fat_is_not_more_gland() -> None:
    grey = breast(0.4)
    assert read_fraction(grey + 0.1, INSIDE) < 2.2 * read_fraction(grey, INSIDE)


@pytest.mark.parametrize(
    ("fraction", "name"), [(0.01, "A"), (0.035, "B"), (0.0749, "B"), (0.1, "C"), (0.155, "D")]
)
def test_classes_end_at_the_cut_points(fraction: float, name: str) -> None:
    assert name_class(fraction) == name


def test_nothing_inside_is_an_error() -> None:
    with pytest.raises(ValueError, match="no interior"):
        read_fraction(breast(0.5), ~INSIDE)
