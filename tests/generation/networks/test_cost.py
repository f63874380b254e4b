"""What a network costs, against what a person counts."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from generation.networks.cost import count_cost
from generation.networks.generator import Generator, GeneratorConfig


def test_a_convolution_costs_what_a_person_counts() -> None:
    cost = count_cost(lambda: nn.Conv2d(3, 5, 3, padding=1), (2, 3, 16, 8), noise=False)
    assert cost.parameters == 5 * (3 * 9 + 1)
    assert cost.gmac == pytest.approx(2 * 16 * 8 * 5 * 3 * 9 / 1e9)
    assert cost.weights_mib == pytest.approx(4 * cost.parameters / 2**20)
    # The way back needs the image and the kernel.
    assert cost.training_mib == pytest.approx(4 * (2 * 3 * 16 * 8 + 5 * 27) / 2**20)


def test_a_generators_cost_grows_with_the_image_and_not_its_parameters() -> None:
    config = GeneratorConfig(widths=(8, 8, 8, 8, 8), hidden=4, tail=4)
    small, large = (
        count_cost(lambda: Generator(config), (1, config.channels, edge, edge))
        for edge in (64, 128)
    )
    weights = sum(p.numel() for p in Generator(config).parameters())
    assert small.parameters == large.parameters == weights
    # But for the coarse map's blur, whose border is a smaller part of a larger image.
    assert large.gmac == pytest.approx(4 * small.gmac, rel=0.01)
    assert large.training_mib > 3.9 * small.training_mib


def test_counting_needs_no_memory_and_leaves_chance_alone() -> None:
    before = torch.get_rng_state()
    config = GeneratorConfig()
    cost = count_cost(lambda: Generator(config), (64, config.channels, 1152, 896))
    assert cost.gmac > 5000
    assert torch.equal(torch.get_rng_state(), before)
