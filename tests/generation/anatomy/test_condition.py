"""The condition map as the network reads it."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from generation.anatomy.condition import (
    CHANNELS,
    MAP_PIXEL_MM,
    NIPPLE_REACH_MM,
    SKIN_REACH_MM,
    STYLE_REACH,
    ConditionMap,
    blur_inside,
)
from generation.anatomy.style import TextureStyle

SHAPE = (60, 40)


def make_condition(style: TextureStyle | None = None) -> ConditionMap:
    mask = np.zeros(SHAPE, bool)
    mask[5:55, :35] = True
    rng = np.random.default_rng(0)
    coarse, lines = rng.random((2, *SHAPE)).astype(np.float32)
    nipple_xy = (34.0, 30.0)
    if style is None:
        return ConditionMap(mask, coarse, lines, nipple_xy)
    return ConditionMap(mask, coarse, lines, nipple_xy, style)


def read_channels(condition: ConditionMap) -> dict[str, NDArray[np.float32]]:
    return dict(zip(CHANNELS, condition.stack(), strict=True))


def test_stack_is_the_channels_in_order_and_zero_outside() -> None:
    condition = make_condition(TextureStyle(1.0, -1.0))
    stack = condition.stack()
    assert stack.shape == (len(CHANNELS), *SHAPE) and stack.dtype == np.float32
    assert not stack[:, ~condition.mask].any()
    channels, inside = read_channels(condition), condition.mask
    assert (channels["mask"][inside] == 1).all()
    assert np.array_equal(channels["coarse"][inside], condition.coarse[inside])
    assert np.array_equal(channels["lines"][inside], condition.lines[inside])


def test_distances_are_in_millimetres() -> None:
    channels = read_channels(make_condition())
    # The image's border at the chest wall is no skin: the nearest is above.
    assert channels["skin_distance"][14, 0] == pytest.approx(10 * MAP_PIXEL_MM / SKIN_REACH_MM)
    step = MAP_PIXEL_MM / NIPPLE_REACH_MM
    assert channels["nipple_depth"][30, 4] == pytest.approx(30 * step)
    assert channels["nipple_lateral"][40, 10] == pytest.approx(-10 * step)
    assert channels["nipple_lateral"][20, 10] == pytest.approx(10 * step)


def test_style_is_the_same_all_over_the_breast() -> None:
    condition = make_condition(TextureStyle(fine=1.5, middle=-0.5))
    channels = read_channels(condition)
    assert (channels["fine_texture"][condition.mask] == 1.5 / STYLE_REACH).all()
    assert (channels["middle_texture"][condition.mask] == -0.5 / STYLE_REACH).all()


def test_a_map_without_a_style_has_the_usual_one() -> None:
    channels = read_channels(make_condition())
    assert not channels["fine_texture"].any() and not channels["middle_texture"].any()


def test_condition_of_an_empty_line_channel_is_valid() -> None:
    mask = np.ones((32, 32), bool)
    flat = np.full(mask.shape, 0.3, np.float32)
    stack = ConditionMap(mask, flat, np.zeros_like(flat), (31.0, 16.0)).stack()
    assert stack[CHANNELS.index("lines")].max() == 0
    assert stack[CHANNELS.index("nipple_depth")].max() <= 1


def test_blur_inside_keeps_a_flat_breast_flat_up_to_the_skin() -> None:
    mask = np.zeros((60, 60), bool)
    mask[10:50, :40] = True
    blurred = blur_inside(np.full(mask.shape, 0.4, np.float32), mask, sigma_px=6)
    assert np.allclose(blurred[mask], 0.4, atol=1e-5)
    assert not blurred[~mask].any()
