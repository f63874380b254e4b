"""What is packed comes out again: bytes and bits exactly, smooth fields closely."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as shapes

from generation.training.codec import (
    CodecError,
    count_nodes,
    draw_plane,
    spread,
    squeeze,
    squeeze_bits,
    unsqueeze,
    unsqueeze_bits,
)

SIDES = st.tuples(st.integers(1, 40), st.integers(1, 40))


@given(shapes.arrays(np.uint8, SIDES))
def test_bytes_come_out_as_they_went_in(values: np.ndarray) -> None:
    assert np.array_equal(unsqueeze(squeeze(values), values.shape), values)


@given(shapes.arrays(np.bool_, SIDES))
def test_bits_come_out_as_they_went_in(mask: np.ndarray) -> None:
    assert np.array_equal(unsqueeze_bits(squeeze_bits(mask), mask.shape), mask)


@given(
    st.integers(2, 70),
    st.integers(2, 70),
    st.sampled_from([2, 4, 8]),
    st.tuples(*[st.floats(-1, 1)] * 3),
)
def test_a_slope_goes_through_nodes_unchanged(
    height: int, width: int, step: int, numbers: tuple[float, float, float]
) -> None:
    nodes_shape = (count_nodes(height, step), count_nodes(width, step))
    scaled = np.array([numbers[0], numbers[1] * step, numbers[2] * step])
    field = spread(draw_plane(scaled, nodes_shape), step, (height, width))
    assert np.allclose(field, draw_plane(np.array(numbers), (height, width)), atol=1e-4)


def test_a_smooth_field_comes_back_closely_and_exactly_at_its_nodes() -> None:
    y, x = np.mgrid[:97, :65]
    field = np.sin(y / 14) * np.cos(x / 14)
    nodes = field[::8, ::8]
    back = spread(nodes, 8, field.shape)
    assert np.abs(back - field).max() < 0.015
    assert np.allclose(back[::8, ::8], nodes, atol=1e-6)


def test_damaged_bytes_are_refused() -> None:
    packed = squeeze(np.zeros((20, 30), np.uint8))
    with pytest.raises(CodecError, match="damaged"):
        unsqueeze(packed[::-1].copy(), (20, 30))
    with pytest.raises(CodecError, match="hold 599 values"):
        unsqueeze(squeeze(np.zeros((1, 599), np.uint8)), (20, 30))
    with pytest.raises(CodecError, match="values, not 600"):
        unsqueeze(packed[: len(packed) // 2], (20, 30))


def test_a_few_bytes_cannot_fill_the_memory() -> None:
    bomb = squeeze(np.zeros((2000, 2000), np.uint8))
    assert len(bomb) < 10_000
    with pytest.raises(CodecError, match="hold 101 values, not 100"):
        unsqueeze(bomb, (10, 10))
