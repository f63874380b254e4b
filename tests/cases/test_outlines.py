import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis.extra.numpy import array_shapes, arrays
from PIL import Image, ImageDraw

from cases.outlines import trace_outlines

SCALE = 8


def signed_area(polygon: list[tuple[float, float]]) -> float:
    x, y = np.array(polygon).T
    return 0.5 * float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))


def fill(polygons: list[list[tuple[float, float]]], shape: tuple[int, int]) -> np.ndarray:
    """Even-odd fill, sampled at pixel centres, by a library that knows nothing of ours."""
    picture = np.zeros(shape, bool)
    for polygon in polygons:
        drawn = Image.new("1", (shape[1] * SCALE, shape[0] * SCALE))
        # Pixel (0, 0) has its centre in the middle of its block.
        corners = [((x + 0.5) * SCALE, (y + 0.5) * SCALE) for x, y in polygon]
        ImageDraw.Draw(drawn).polygon(corners, fill=1)
        picture ^= np.asarray(drawn)[SCALE // 2 :: SCALE, SCALE // 2 :: SCALE]
    return picture


@given(arrays(bool, array_shapes(min_dims=2, max_dims=2, max_side=12)))
@settings(max_examples=200, deadline=None)
def test_unsimplified_outlines_enclose_the_masks_area(mask: np.ndarray) -> None:
    """Marching squares cuts an eighth of a pixel off each convex corner, no more."""
    polygons = trace_outlines(mask, tolerance_px=0.0)
    area = sum(signed_area(polygon) for polygon in polygons)
    assert abs(area - mask.sum()) <= 0.5 * mask.sum()
    assert bool(polygons) == bool(mask.any())
    assert np.array_equal(fill(polygons, mask.shape), mask)


def test_a_single_pixel_is_a_diamond_about_its_centre() -> None:
    mask = np.zeros((5, 6), bool)
    mask[2, 4] = True
    (diamond,) = trace_outlines(mask)
    assert set(diamond) == {(3.5, 2.0), (4.0, 1.5), (4.5, 2.0), (4.0, 2.5)}
    assert signed_area(diamond) > 0


def test_a_ring_has_an_outer_and_an_inner_outline() -> None:
    y, x = np.mgrid[:60, :60]
    radius = np.hypot(x - 30, y - 30)
    outer, inner = sorted(trace_outlines((radius < 20) & (radius > 8)), key=signed_area)[::-1]
    assert signed_area(outer) == pytest.approx(np.pi * 20**2, rel=0.03)
    assert signed_area(inner) == pytest.approx(-np.pi * 8**2, rel=0.06)


def test_pixels_that_touch_at_a_corner_are_one_piece() -> None:
    assert len(trace_outlines(np.eye(6, dtype=bool))) == 1


def test_masks_at_the_images_edge_are_closed() -> None:
    (square,) = trace_outlines(np.ones((4, 3), bool))
    assert np.min(square) == -0.5
    assert signed_area(square) == pytest.approx(12, abs=0.6)


def test_simplified_outlines_are_short_and_close() -> None:
    y, x = np.mgrid[:400, :400]
    mask = np.hypot(x - 200, y - 200) < 150
    (circle,) = trace_outlines(mask)
    assert len(circle) < 150
    distances = np.hypot(*(np.array(circle) - 200).T)
    assert np.abs(distances - 150).max() < 1.5
    assert np.mean(fill([circle], mask.shape) != mask) < 0.005


def test_empty_masks_have_no_outline() -> None:
    assert trace_outlines(np.zeros((8, 8), bool)) == []


def test_only_two_dimensions() -> None:
    with pytest.raises(ValueError, match="two-dimensional"):
        trace_outlines(np.ones((2, 2, 2), bool))
