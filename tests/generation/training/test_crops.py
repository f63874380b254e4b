"""Crops: where they may lie, and what a flip does to the bearing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from generation.anatomy.channels import CHANNELS
from generation.training.crops import LATERAL, LINES, CropSampler, flip
from generation.training.pair import Pair

EDGE = 64


def make_sampler(pairs: list[Pair], seed: int = 0) -> CropSampler:
    return CropSampler(pairs, crop_px=EDGE, rng=np.random.default_rng(seed))


def test_crops_avoid_lesions_and_flip_the_bearing(pairs: list[Pair]) -> None:
    excluded = np.zeros_like(pairs[0].excluded)
    excluded[: len(excluded) // 3] = True
    # Brighter downwards, and white where a lesion is: no crop may show any of that.
    height, width = (2 * size for size in excluded.shape)
    grey = np.tile(np.linspace(0, 100, height).astype(np.uint8)[:, None], (1, width))
    grey[: height // 3] = 255
    channels = pairs[0].channels.copy()
    channels[LATERAL] = 0.5
    crops, conditions = make_sampler([Pair(grey, channels, excluded)]).draw(24)
    assert crops.shape == (24, 1, 2 * EDGE, 2 * EDGE)
    assert conditions.shape == (24, len(CHANNELS), EDGE, EDGE)
    assert crops.dtype == conditions.dtype == torch.float32
    assert 0 <= float(crops.min()) and float(crops.max()) < 0.5
    upright = crops[:, 0, -1, 0] > crops[:, 0, 0, 0]
    assert upright.any() and not upright.all()
    assert torch.equal(conditions[:, LATERAL, 0, 0], torch.where(upright, 0.5, -0.5))


def test_a_crop_and_its_condition_show_the_same_place(pairs: list[Pair]) -> None:
    height, width = pairs[0].excluded.shape
    marked = np.arange(height * width, dtype=np.float32).reshape(height, width) % 251
    channels = pairs[0].channels.copy()
    channels[CHANNELS.index("coarse")] = marked
    pair = Pair(np.kron(marked, np.ones((2, 2))).astype(np.uint8), channels, pairs[0].excluded)
    crops, conditions = make_sampler([pair]).draw(8)
    shown = (crops[:, 0, ::2, ::2] * 255).round()
    assert torch.equal(shown, conditions[:, CHANNELS.index("coarse")])


def test_crops_show_breast(pairs: list[Pair]) -> None:
    channels = pairs[1].channels.copy()
    channels[0, :, 60:] = 0
    _, conditions = make_sampler([replace(pairs[1], channels=channels)]).draw(20)
    assert conditions[:, 0].mean(dim=(1, 2)).min() >= 0.35
    assert conditions[:, 0].mean(dim=(1, 2)).max() < 1


def test_lines_are_sometimes_not_asked_for(pairs: list[Pair]) -> None:
    _, conditions = make_sampler(pairs).draw(200)
    dropped = (conditions[:, LINES] == 0).all(dim=(1, 2)).float().mean()
    assert 0.1 < dropped < 0.3


def test_the_generator_passed_in_is_all_the_chance_there_is(pairs: list[Pair]) -> None:
    first, again, other = (make_sampler(pairs, seed).draw(3) for seed in (4, 4, 5))
    assert torch.equal(first[0], again[0]) and torch.equal(first[1], again[1])
    assert not torch.equal(first[0], other[0])


def test_a_flip_twice_is_none(pairs: list[Pair]) -> None:
    grey = pairs[0].grey[None].astype(np.float32)
    condition = pairs[0].channels.astype(np.float32)
    turned = flip(*flip(grey, condition))
    assert np.array_equal(turned[0], grey) and np.array_equal(turned[1], condition)


def test_images_smaller_than_a_crop_are_left_out(pairs: list[Pair]) -> None:
    small = Pair(pairs[0].grey[:80], pairs[0].channels[:, :40], pairs[0].excluded[:40])
    assert make_sampler([small, *pairs]).pairs == pairs
    with pytest.raises(ValueError, match="no training image is as large as a crop of 64 px"):
        make_sampler([small])


def test_crops_fail_clearly_when_all_is_excluded(pairs: list[Pair]) -> None:
    blocked = [replace(pair, excluded=np.ones_like(pair.excluded)) for pair in pairs]
    with pytest.raises(ValueError, match="no crop free of lesions"):
        make_sampler(blocked).draw(1)
