"""A part drawn alone is the whole's part, a batch is its views, and texture follows the nipple."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from scipy import ndimage

from generation.anatomy.condition import ConditionMap
from generation.anatomy.style import TextureStyle
from generation.networks.drawing import Window, draw_background, draw_backgrounds, find_window
from generation.networks.generator import Generator, GeneratorConfig
from tests.generation.networks.half_disc import SHAPE, make_half_disc

# Eight bits of mantissa, through some layers, of residuals a tenth of the grey range.
ROUNDING = 4e-3


@pytest.fixture(scope="module")
def network() -> Generator:
    torch.manual_seed(0)
    return Generator(GeneratorConfig(widths=(4,) * 5, hidden=4, tail=4)).eval()


def draw(network: Generator, condition: ConditionMap, **options: Any) -> NDArray[np.float32]:
    return draw_background(network, condition, device="cpu", **{"seed": 3, **options})


def test_background_covers_a_breast_of_any_size(network: Generator) -> None:
    mask = np.zeros((100, 75), bool)
    mask[13:90, :51] = True
    flat = np.where(mask, 0.3, 0).astype(np.float32)
    condition = ConditionMap(mask, flat, np.zeros_like(flat), (50.0, 50.0))
    grey = draw(network, condition)
    assert grey.shape == (200, 150)
    assert grey.dtype == np.float32
    assert 0 <= grey.min() and grey.max() <= 1
    assert grey[100, :90].std() > 1e-3 and not grey[:10].any()
    assert np.array_equal(grey, draw(network, condition))
    assert not np.array_equal(grey, draw(network, condition, seed=4))


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        ((520, 600), (200, 300)),
        ((580, 620), (440, 482)),
        ((500, 620), (0, 60)),
        ((130, 180), (0, 60)),
    ],
    ids=["middle", "nipple", "chest wall", "upper edge"],
)
def test_a_part_drawn_alone_is_the_wholes_part(
    network: Generator, rows: tuple[int, int], columns: tuple[int, int]
) -> None:
    condition = make_half_disc()
    whole = draw(network, condition)
    area = np.zeros(whole.shape, bool)
    area[slice(*rows), slice(*columns)] = True
    part = draw(network, condition, area=area)
    np.testing.assert_allclose(part[area], whole[area], atol=ROUNDING)
    assert whole[area].std() > 1e-3
    # No more is drawn than needed.
    assert not part[rows[1] + 400 :].any() and not part[: max(rows[0] - 400, 0)].any()


def test_a_batch_is_its_views_one_by_one(network: Generator) -> None:
    conditions = [
        make_half_disc(radius=120),
        make_half_disc(radius=200, down=9),
        replace(make_half_disc(radius=120), style=TextureStyle(2.0, -1.0)),
    ]
    seeds = [5, 6, 5]
    together = draw_backgrounds(network, conditions, seeds=seeds, device="cpu")
    for drawn, condition, seed in zip(together, conditions, seeds, strict=True):
        alone = draw(network, condition, seed=seed)
        assert drawn.shape == alone.shape
        difference = np.abs(drawn - alone)
        deep = ndimage.distance_transform_edt(condition.mask).repeat(2, 0).repeat(2, 1) > 40
        assert difference[deep].max() < ROUNDING
        # Smaller views end in more air, which the skin at the nipple and below feels a little.
        assert difference.max() < 6 * ROUNDING
        assert np.sqrt((difference**2).mean()) < ROUNDING / 4
    assert np.abs(together[0] - together[2]).max() > 10 * ROUNDING


def test_a_batch_of_nothing_and_one_without_seeds(network: Generator) -> None:
    assert draw_backgrounds(network, [], seeds=[], device="cpu") == []
    with pytest.raises(ValueError, match="1 condition maps, but 2 seeds"):
        draw_backgrounds(network, [make_half_disc()], seeds=[1, 2], device="cpu")


def test_texture_follows_the_nipple(network: Generator) -> None:
    there = draw(network, make_half_disc())
    lower = draw(network, make_half_disc(down=7))
    middle = np.s_[400:800, 100:300]
    moved = np.roll(lower, -14, axis=0)
    assert np.corrcoef(there[middle].ravel(), moved[middle].ravel())[0, 1] > 0.99
    assert np.corrcoef(there[middle].ravel(), lower[middle].ravel())[0, 1] < 0.9


def test_a_window_beyond_the_map_is_cut_at_its_border(network: Generator) -> None:
    condition = make_half_disc()
    area = np.zeros((2 * SHAPE[0], 2 * SHAPE[1]), bool)
    area[:4, :4] = True
    drawn = draw(network, replace(condition, mask=np.ones(SHAPE, bool)), area=area)
    assert drawn.shape == area.shape
    assert np.isfinite(drawn).all()


def test_windows_lie_whole_strides_from_the_nipple_and_hold_the_breast() -> None:
    condition = make_half_disc(down=3)
    window = find_window(condition, 16)
    for ends, anchor in ((window.rows, 303), (window.columns, 240)):
        assert (ends.start - anchor) % 16 == (ends.stop - anchor) % 16 == 0
    rows, columns = (np.flatnonzero(condition.mask.any(axis=axis)) for axis in (1, 0))
    assert window.rows.start <= rows[0] - 16 and window.rows.stop >= rows[-1] + 17
    assert window.columns.start <= columns[0] - 16 and window.columns.stop >= columns[-1] + 17
    assert window.grow((640, 480)) == Window(
        slice(window.rows.start, window.rows.start + 640),
        slice(window.columns.start, window.columns.start + 480),
        (303, 240),
    )


def test_nothing_to_draw_is_said() -> None:
    condition = make_half_disc(radius=100)
    area = np.zeros((2 * SHAPE[0], 2 * SHAPE[1]), bool)
    with pytest.raises(ValueError, match="the breast or the area is empty"):
        find_window(condition, 16, area=area)
    with pytest.raises(ValueError, match="the breast or the area is empty"):
        find_window(replace(condition, mask=np.zeros(SHAPE, bool)), 16)
    area[-4:, -4:] = True
    with pytest.raises(ValueError, match="the area lies outside the breast"):
        find_window(condition, 16, area=area)
