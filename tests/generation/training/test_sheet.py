"""Sheets of samples: readable, always of the same crops, of images of any size."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image

from generation.networks.generator import Generator, GeneratorConfig
from generation.training.pair import Pair
from generation.training.sheet import COLUMNS, draw_sheet


@pytest.fixture(scope="module")
def network() -> Generator:
    torch.manual_seed(0)
    return Generator(GeneratorConfig(widths=(4,) * 5, hidden=4, tail=4)).eval()


def draw(network: Generator, pairs: list[Pair], out: Path, step: int = 1) -> NDArray[np.uint8]:
    path = draw_sheet(network, pairs, out, step=step, device="cpu")
    assert path == out / f"sheet-{step:06d}.pgm"
    with Image.open(path) as opened:
        assert opened.mode == "L"
        return np.asarray(opened)


def test_real_crops_stand_above_drawn_ones(
    network: Generator, pairs: list[Pair], tmp_path: Path
) -> None:
    sheet = draw(network, pairs, tmp_path)
    # The smaller of the two images holds 96 map pixels of whole strides.
    edge = 2 * 96
    assert sheet.shape == (2 * edge, 2 * edge)
    for pair in pairs:
        levels = np.percentile(pair.grey, (0.5, 99.5))
        shown = np.clip((pair.grey - levels[0]) / (levels[1] - levels[0]), 0, 1) * 255
        # A patch of the sheet's upper half is this image's, wherever it was cut.
        assert any(
            np.abs(sheet[:edge, at : at + edge].mean() - shown.mean()) < 3 for at in (0, edge)
        )
    assert sheet[:edge].std() > 10 and sheet[edge:].std() > 1


def test_the_crops_are_the_same_on_every_sheet(
    network: Generator, pairs: list[Pair], tmp_path: Path
) -> None:
    first = draw(network, pairs, tmp_path, step=1)
    torch.manual_seed(5)
    assert np.array_equal(draw(network, pairs, tmp_path, step=2), first)
    torch.manual_seed(1)
    other = Generator(GeneratorConfig(widths=(4,) * 5, hidden=4, tail=4)).eval()
    later = draw(other, pairs, tmp_path, step=3)
    half = len(first) // 2
    assert np.array_equal(later[:half], first[:half])
    assert not np.array_equal(later[half:], first[half:])


def test_a_sheet_has_so_many_columns_at_most(
    network: Generator, pairs: list[Pair], tmp_path: Path
) -> None:
    sheet = draw(network, [pairs[0]] * (COLUMNS + 3), tmp_path)
    assert sheet.shape[1] // (sheet.shape[0] // 2) == COLUMNS


def test_crops_lie_in_the_breast_where_that_can_be(
    network: Generator, pairs: list[Pair], tmp_path: Path
) -> None:
    shape = (200, 400)
    channels = np.ones((len(pairs[0].channels), *shape), np.float16)
    channels[:, :, :220] = 0
    grey = np.full((400, 800), 200, np.uint8)
    grey[:, :440] = 0
    grey[::2, 440:] = 100
    pair = replace(pairs[0], grey=grey, channels=channels, excluded=np.zeros(shape, bool))
    sheet = draw(network, [pair], tmp_path)
    assert sheet.shape == (640, 320)
    # Stripes of two greys, which lie apart on the sheet; air would be a third.
    assert len(np.unique(sheet[:320, 15:])) <= 2


def test_a_network_of_more_scales_gets_crops_that_fit(pairs: list[Pair], tmp_path: Path) -> None:
    deep = Generator(GeneratorConfig(widths=(4,) * 6, hidden=4, tail=4)).eval()
    assert draw(deep, pairs, tmp_path).shape == (2 * 192, 2 * 192)
