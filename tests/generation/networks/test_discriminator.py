"""The discriminators: what they look at, and that they can be taught."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor
from torch.nn import functional as F

from generation.anatomy.channels import CHANNELS
from generation.networks.discriminator import (
    BAND_POOLS,
    BAND_STRENGTHS,
    Discriminator,
    FineDiscriminator,
    is_finite,
    split_bands,
)
from generation.networks.generator import COARSE

EDGE = 64


@pytest.fixture(scope="module")
def condition() -> Tensor:
    return torch.rand(2, len(CHANNELS), EDGE, EDGE, generator=torch.Generator().manual_seed(0))


@pytest.fixture(scope="module")
def grey() -> Tensor:
    return torch.rand(2, 1, 2 * EDGE, 2 * EDGE, generator=torch.Generator().manual_seed(1))


@pytest.fixture(scope="module")
def judge() -> Discriminator:
    torch.manual_seed(0)
    return Discriminator().eval()


def test_every_head_scores_patches(judge: Discriminator, grey: Tensor, condition: Tensor) -> None:
    looks = judge.look(grey, condition)
    assert [each.shape[-1] for each in looks] == [64, 32, 16, 32, 16, 8, 4]
    scores = judge(looks, condition)
    assert len(scores) == len(judge.heads) == len(looks)
    assert {tuple(each.shape[:2]) for each in scores} == {(2, 1)}
    assert [each.shape[-1] for each in scores] == [8, 8, 8, 8, 8, 8, 4]


def test_it_looks_at_what_the_coarse_map_does_not_say(
    judge: Discriminator, grey: Tensor, condition: Tensor
) -> None:
    """Brighter tissue that was asked for is no reason to call an image false."""
    brighter = condition.clone()
    brighter[:, COARSE] += 0.1
    before, after = judge.look(grey, condition), judge.look(grey + 0.1, brighter)
    for one, other in zip(before, after, strict=True):
        torch.testing.assert_close(one, other, atol=1e-3, rtol=1e-3)


def test_scores_depend_on_the_condition(
    judge: Discriminator, grey: Tensor, condition: Tensor
) -> None:
    looks = judge.look(grey, condition)
    for one, other in zip(judge(looks, condition), judge(looks, condition.flip(0)), strict=True):
        assert not torch.allclose(one, other)


def test_only_the_heads_learn(judge: Discriminator) -> None:
    learnt = {name.split(".")[0] for name, p in judge.named_parameters() if p.requires_grad}
    assert learnt == {"heads"}


def test_the_fine_one_scores_patches_of_the_bands(grey: Tensor, condition: Tensor) -> None:
    torch.manual_seed(0)
    fine = FineDiscriminator().eval()
    scores = fine(grey, condition)
    assert scores.shape == (2, 1, EDGE // 2, EDGE // 2)
    # A brighter image has the same bands.
    torch.testing.assert_close(fine(grey + 0.2, condition), scores, atol=1e-4, rtol=0)
    blurred = F.avg_pool2d(grey, 5, 1, 2)
    assert not torch.allclose(fine(blurred, condition), scores, atol=1e-2)


def test_bands_and_the_coarsest_rest_are_the_image(grey: Tensor) -> None:
    bands = split_bands(grey)
    assert bands.shape == (2, len(BAND_POOLS), 2 * EDGE, 2 * EDGE)
    rest = F.interpolate(
        F.avg_pool2d(grey, BAND_POOLS[-1]), scale_factor=BAND_POOLS[-1], mode="bilinear"
    )
    strengths = torch.tensor(BAND_STRENGTHS).view(1, -1, 1, 1)
    torch.testing.assert_close((bands * strengths).sum(1, keepdim=True) + rest, grey)


@pytest.mark.parametrize("part", ["weight", "bias"])
def test_weights_that_are_not_numbers_are_noticed(part: str) -> None:
    fine = FineDiscriminator()
    assert is_finite(fine)
    with torch.no_grad():
        getattr(fine.read, part).view(-1)[0] = float("nan" if part == "bias" else "inf")
    assert not is_finite(fine)
