"""A part drawn alone is the whole's part, and texture follows the nipple."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from generation.anatomy.condition import ConditionMap
from generation.networks.drawing import draw_background
from generation.networks.generator import Generator, GeneratorConfig

SHAPE = (640, 448)


@pytest.fixture(scope="module")
def network() -> Generator:
    torch.manual_seed(0)
    return Generator(GeneratorConfig(widths=(4,) * 5, hidden=4, tail=4)).eval()


def make_condition(*, down: int = 0) -> ConditionMap:
    """A half disc of one grey with its nipple at the right, moved down by some map pixels."""
    y, x = np.mgrid[: SHAPE[0], : SHAPE[1]].astype(np.float32)
    mask = np.hypot(x, y - 300 - down) < 240
    flat = np.where(mask, np.float32(0.3), np.float32(0))
    return ConditionMap(mask, flat, flat * 0, (240.0, 300.0 + down))


def draw(network: Generator, condition: ConditionMap, **options: object) -> NDArray[np.float32]:
    return draw_background(network, condition, seed=3, device="cpu", **options)  # type: ignore[arg-type]


def test_a_part_drawn_alone_is_the_wholes_part(network: Generator) -> None:
    condition = make_condition()
    whole = draw(network, condition)
    area = np.zeros(whole.shape, bool)
    area[520:600, 200:300] = True
    part = draw(network, condition, area=area)
    assert part[600 + 400 :].max() == 0
    np.testing.assert_allclose(part[area], whole[area], atol=2e-3)
    assert whole[area].std() > 1e-3


def test_a_part_at_the_nipple_is_drawn(network: Generator) -> None:
    condition = make_condition()
    whole = draw(network, condition)
    area = np.zeros(whole.shape, bool)
    area[580:620, 440:482] = True
    part = draw(network, condition, area=area)
    # Here the two windows end at different distances beyond the nipple.
    np.testing.assert_allclose(part[area], whole[area], atol=6e-3)


def test_texture_follows_the_nipple(network: Generator) -> None:
    there = draw(network, make_condition())
    lower = draw(network, make_condition(down=7))
    middle = np.s_[400:800, 100:300]
    moved = np.roll(lower, -14, axis=0)
    assert np.corrcoef(there[middle].ravel(), moved[middle].ravel())[0, 1] > 0.99
    assert np.corrcoef(there[middle].ravel(), lower[middle].ravel())[0, 1] < 0.9


def test_a_window_beyond_the_map_is_cut_at_its_border(network: Generator) -> None:
    condition = make_condition()
    area = np.zeros((2 * SHAPE[0], 2 * SHAPE[1]), bool)
    area[:4, :4] = True
    drawn = draw(network, replace(condition, mask=np.ones(SHAPE, bool)), area=area)
    assert drawn.shape == area.shape
    assert np.isfinite(drawn).all()
