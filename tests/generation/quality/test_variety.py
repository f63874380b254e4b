"""Distances between maps whose likeness is known."""

import numpy as np
import pytest
from scipy import ndimage

from generation.quality.variety import (
    GRID,
    compare_grey,
    compare_pattern,
    frame_map,
    summarise,
)


def draw_breast(size: float, pattern: np.ndarray) -> tuple[np.ndarray, np.ndarray, tuple]:
    """Half disc of `size` px with a pattern that scales with it."""
    height, width = round(2.4 * size), round(1.2 * size)
    y, x = np.mgrid[:height, :width].astype(np.float32)
    mask = np.hypot(x, y - height / 2) < size
    at = [y / height * pattern.shape[0], x / width * pattern.shape[1]]
    grey = ndimage.map_coordinates(pattern, at, order=1, mode="nearest")
    return np.where(mask, grey, 0).astype(np.float32), mask, (size, height / 2)


def draw_patterns(count: int) -> list[np.ndarray]:
    rng = np.random.default_rng(5)
    noise = rng.standard_normal((count, 40, 20)).astype(np.float32)
    return [0.4 + ndimage.gaussian_filter(one, 4) for one in noise]


def compare_breasts(*breasts: tuple) -> tuple[float, float]:
    maps, inside = (np.stack(part) for part in zip(*(frame_map(*b) for b in breasts), strict=True))
    return float(compare_grey(maps, inside)[0, 1]), float(compare_pattern(maps, inside)[0, 1])


def test_size_and_framing_drop_out() -> None:
    first, second = draw_patterns(2)
    grey, pattern = compare_breasts(draw_breast(90, first), draw_breast(140, first))
    other_grey, other_pattern = compare_breasts(draw_breast(90, first), draw_breast(90, second))
    assert grey < 0.2 * other_grey
    assert pattern < 0.05
    assert other_pattern > 0.5


def test_grey_alone_changes_the_grey_distance_and_not_the_pattern() -> None:
    coarse, mask, nipple = draw_breast(100, draw_patterns(1)[0])
    brighter = np.where(mask, 1.3 * coarse + 0.1, 0).astype(np.float32)
    grey, pattern = compare_breasts((coarse, mask, nipple), (brighter, mask, nipple))
    assert grey > 0.1
    assert pattern == pytest.approx(0, abs=1e-3)


def test_frame_holds_the_breast_alone() -> None:
    grey, inside = frame_map(*draw_breast(100, draw_patterns(1)[0]))
    assert grey.shape == inside.shape == GRID
    assert 0.6 < inside.mean() < 0.9
    assert not grey[~inside].any()


def test_summary_of_known_distances() -> None:
    distance = np.abs(np.subtract.outer(np.arange(5.0), np.arange(5.0))).astype(np.float32)
    found = summarise(distance)
    assert (found.count, found.median, found.nearest) == (5, 2, 1)
    distance[0, 1:] = distance[1:, 0] = np.nan
    assert summarise(distance).nearest == 1
    with pytest.raises(ValueError, match="three"):
        summarise(distance[:2, :2])
