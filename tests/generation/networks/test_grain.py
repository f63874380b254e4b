"""Grain: stationary noise beyond the network's share, as strong as the place asks."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor

from generation.anatomy.channels import CHANNELS
from generation.networks.grain import (
    FINE,
    KNOTS_PER_MM,
    LAW,
    MASK,
    PIXEL_MM,
    SKIN,
    STOP_PER_MM,
    Grain,
    describe_places,
    design_kernels,
    design_lowpass,
)

WIDTH = 6
SIZE = 128


@pytest.fixture
def grain() -> Grain:
    return Grain(WIDTH).eval().requires_grad_(False)


def make_condition(fine: float = 0.0, skin: float = 1.0) -> Tensor:
    condition = torch.zeros(1, len(CHANNELS), SIZE // 2, SIZE // 2)
    condition[:, MASK], condition[:, SKIN], condition[:, FINE] = 1, skin, fine
    return condition


def add_grain(grain: Grain, grey: Tensor, condition: Tensor, *, seed: int = 0) -> Tensor:
    white = torch.randn(grey.shape, generator=torch.Generator().manual_seed(seed))
    return grain(grey, condition, torch.zeros(1, WIDTH, SIZE // 4, SIZE // 4), white)


def roughness(image: Tensor) -> float:
    """Spread of what lies between neighbours, the border left out."""
    inner = image[0, 0, 16:-16, 16:-16]
    return float((inner[:, 1:] - inner[:, :-1]).std())


def power_at(image: Tensor, period_px: int) -> float:
    """Power at a period along rows, per mean power of its surroundings."""
    lines = image[0, 0, 16:-16, 16:-16].numpy()
    power = (np.abs(np.fft.rfft(lines - lines.mean(), axis=1)) ** 2).mean(axis=0)
    at = lines.shape[1] // period_px
    beside = np.r_[power[at - 5 : at - 1], power[at + 2 : at + 6]]
    return float(power[at] / beside.mean())


def test_a_lattice_of_the_network_does_not_come_through(grain: Grain) -> None:
    """Four pixels are the step between the two finest scales."""
    grey = torch.full((1, 1, SIZE, SIZE), 0.4)
    grey[..., ::4] += 0.02
    grained = add_grain(grain, grey, make_condition())
    assert power_at(grey + 1e-4 * torch.randn(grey.shape), 4) > 100
    assert power_at(grained, 4) < 3


def test_what_is_coarse_stays_and_what_is_fine_is_replaced(grain: Grain) -> None:
    at = torch.arange(SIZE) * PIXEL_MM
    slow = 0.4 + 0.05 * torch.sin(2 * torch.pi * 1.0 * at).expand(1, 1, SIZE, SIZE)
    quick = 0.05 * torch.sin(2 * torch.pi * (STOP_PER_MM + 0.3) * at).expand(1, 1, SIZE, SIZE)
    inner = np.s_[..., 16:-16, 16:-16]
    kept = grain.smooth(slow + quick)[inner] - slow[inner]
    # Of the quick wave a tenth is left at most, 21 dB down.
    assert kept.abs().max() < 0.12 * 0.05


def test_kernels_and_lowpass_share_the_spectrum() -> None:
    """Where the lowpass ends the kernels begin: at equal strength their powers add up to one."""
    size = 64
    low = np.abs(np.fft.fft(design_lowpass(), size))
    kernels = design_kernels(np.zeros(len(KNOTS_PER_MM)))
    noise = np.abs(np.fft.fft2(kernels.sum(axis=0), (size, size)))
    total = np.outer(low, low) ** 2 + noise**2
    assert design_lowpass().sum() == pytest.approx(1)
    assert abs(noise[0, 0]) < 1e-9
    assert np.abs(total - 1).max() < 0.25
    assert np.abs(total - 1).mean() < 0.05


def test_the_law_follows_style_grey_and_skin(grain: Grain) -> None:
    flat = torch.full((1, 1, SIZE, SIZE), 0.3)
    plain = roughness(add_grain(grain, flat, make_condition()))
    assert roughness(add_grain(grain, flat, make_condition(fine=0.75))) > 1.3 * plain
    assert roughness(add_grain(grain, flat + 0.2, make_condition())) > 1.05 * plain
    assert roughness(add_grain(grain, flat, make_condition(skin=0.1))) < 0.8 * plain


def test_places_are_described_in_the_units_of_the_law() -> None:
    smooth = torch.full((1, 1, SIZE, SIZE), 0.3)
    terms = describe_places(smooth, make_condition(fine=0.5, skin=0.2))[0, :, 8, 8].tolist()
    named = dict(zip(LAW, terms, strict=True))
    assert named["one"] == 1
    assert named["fine_texture"] == pytest.approx(1.0)
    assert named["grey"] == pytest.approx(0.3) and named["grey squared"] == pytest.approx(0.09)
    assert named["near skin"] == pytest.approx(np.exp(-1))
    assert named["activity"] == pytest.approx(0.5 * np.log(1e-8), abs=0.1)


def test_features_may_correct_the_strength(grain: Grain) -> None:
    flat = torch.full((1, 1, SIZE, SIZE), 0.3)
    features = torch.ones(1, WIDTH, SIZE // 4, SIZE // 4)
    white = torch.randn(flat.shape, generator=torch.Generator().manual_seed(0))
    plain = roughness(grain(flat, make_condition(), features, white))
    grain.correct.weight += np.log(2) / WIDTH
    corrected = roughness(grain(flat, make_condition(), features, white))
    assert corrected == pytest.approx(2 * plain, rel=1e-3)


def test_the_same_noise_gives_the_same_grain_also_under_autocast(grain: Grain) -> None:
    flat = torch.full((1, 1, SIZE, SIZE), 0.3)
    first = add_grain(grain, flat, make_condition())
    with torch.autocast("cpu", torch.bfloat16):
        again = add_grain(grain, flat, make_condition())
    assert torch.equal(first, again)
    assert not torch.equal(first, add_grain(grain, flat, make_condition(), seed=1))
