"""Small volumes on a grid, and the extent of a mask."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generation.lesions.matter.projection import deposit, measure_long_axis


@given(
    points=st.lists(st.tuples(st.floats(-1.5, 1.5), st.floats(-1.5, 1.5)), min_size=1, max_size=20)
)
def test_deposit_keeps_total_and_centre(points: list[tuple[float, float]]) -> None:
    places = np.array(points, np.float32)
    volume = np.full(len(points), 0.001)
    path = deposit(places, volume, half_px=40, pixel_mm=0.05)
    rows, columns = np.mgrid[-40:41, -40:41] * 0.05
    assert path.sum() * 0.05**2 == pytest.approx(volume.sum(), rel=1e-4)
    centre = [(path * axis).sum() / path.sum() for axis in (columns, rows)]
    assert centre == pytest.approx(places.mean(axis=0).tolist(), abs=1e-3)


def test_long_axis_of_a_mask() -> None:
    mask = np.zeros((60, 60), bool)
    assert measure_long_axis(mask, 0.1) == 0.0
    mask[10, 5:45] = True
    assert measure_long_axis(mask, 0.1) == pytest.approx(4.0)


def test_long_axis_is_that_of_all_pixels() -> None:
    rows, columns = np.mgrid[:80, :80]
    ring = np.abs(np.hypot(rows - 40, (columns - 40) / 1.5) - 20) < 2
    inside = np.argwhere(ring)
    farthest = np.sqrt(((inside[:, None] - inside[None]) ** 2).sum(-1).max())
    assert measure_long_axis(ring, 0.1) == pytest.approx((farthest + 1) * 0.1, abs=0.02)
