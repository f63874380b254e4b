"""The scan for lesion-like places against tissue whose worst place is known."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import ndimage

from generation.physics import build_grey_table
from generation.quality.lesion_likeness import (
    MASS_STEP,
    SIZES_MM,
    scan_groups,
    scan_masses,
)
from generation.quality.observer import average
from generation.truth import LesionLikeness

TABLE = build_grey_table("standard", 50.0)
STEP_MM = 0.8
SIZE = 120


def make_tissue(clutter: float = 0.01) -> NDArray[np.float32]:
    rng = np.random.default_rng(0)
    lumps = ndimage.gaussian_filter(rng.normal(size=(SIZE, SIZE)), 6)
    return (0.25 + clutter * lumps / lumps.std()).astype(np.float32)


def make_interior() -> NDArray[np.bool_]:
    interior = np.zeros((SIZE, SIZE), bool)
    interior[10:-10, 10:-10] = True
    return interior


def add_disc(
    grey: NDArray[np.float32], *, size_mm: float, height: float, ratio: float = 1.0
) -> NDArray[np.float32]:
    """A bright ellipse at row 40, column 70; `ratio` stretches it along the rows."""
    y, x = np.indices(grey.shape)
    away = np.hypot((y - 40) / ratio, x - 70) * STEP_MM / (size_mm / 2)
    return (grey + height * np.sqrt(np.clip(1 - away**2, 0, None))).astype(np.float32)


def scan(grey: NDArray[np.float32]) -> tuple[float, int, int]:
    return scan_masses(grey, make_interior(), step_mm=STEP_MM, table=TABLE)


@pytest.mark.parametrize("size_mm", SIZES_MM)
def test_the_worst_place_is_where_the_lump_is(size_mm: float) -> None:
    value, row, column = scan(add_disc(make_tissue(), size_mm=size_mm, height=0.3))
    assert value > 2 * scan(make_tissue())[0]
    assert np.hypot(row - 40, column - 70) * STEP_MM < 2


def test_a_higher_lump_is_more_like_a_lesion() -> None:
    values = [scan(add_disc(make_tissue(), size_mm=10, height=h))[0] for h in (0.05, 0.15, 0.3)]
    assert values == sorted(values)
    assert values[2] > 2 * values[0]


def test_more_clutter_is_more_like_a_lesion() -> None:
    calm, busy = (scan(make_tissue(clutter))[0] for clutter in (0.01, 0.05))
    assert busy > 2 * calm


def test_a_ligament_is_no_mass() -> None:
    lump = scan(add_disc(make_tissue(0.003), size_mm=8, height=0.2))[0]
    strand = scan(add_disc(make_tissue(0.003), size_mm=8, height=0.2, ratio=8.0))[0]
    assert strand < 0.5 * lump


def test_only_the_interior_counts() -> None:
    interior = make_interior()
    interior[30:50, 60:80] = False
    grey = add_disc(make_tissue(), size_mm=6, height=0.4)
    hidden = scan_masses(grey, interior, step_mm=STEP_MM, table=TABLE)
    assert not (30 <= hidden[1] < 50 and 60 <= hidden[2] < 80)
    assert scan_masses(grey, np.zeros_like(interior), step_mm=STEP_MM, table=TABLE)[0] == 0


def test_specks_together_are_like_a_group_and_specks_apart_are_not() -> None:
    rng = np.random.default_rng(1)
    fine = np.full((4 * SIZE, 4 * SIZE), 0.25, np.float32)
    fine += rng.normal(0, 0.004, fine.shape).astype(np.float32)
    together, apart = fine.copy(), fine.copy()
    near = rng.integers(-18, 19, (12, 2)) + np.array([200, 280])
    far = rng.integers(60, 4 * SIZE - 60, (12, 2))
    together[near[:, 0], near[:, 1]] += 0.4
    apart[far[:, 0], far[:, 1]] += 0.4

    def scan_specks(grey: NDArray[np.float32]) -> tuple[float, int, int]:
        small = average(grey, MASS_STEP // 2)
        return scan_groups(grey, small, make_interior(), step_mm=STEP_MM, table=TABLE)

    value, row, column = scan_specks(together)
    assert value > 1.5 * scan_specks(apart)[0] > 0
    assert np.hypot(row - 50, column - 70) * STEP_MM < 8
    assert scan_specks(fine)[0] < 0.5 * value


def test_it_says_where() -> None:
    place = LesionLikeness(1.23456, "left_cc", 10.04, 20.0)
    assert place.to_json() == {"value": 1.2346, "view": "left_cc", "x": 10.0, "y": 20.0}
