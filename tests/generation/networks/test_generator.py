"""The generator: what it depends on, and that it cannot move the coarse tissue asked for."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from scipy import ndimage
from torch import Tensor
from torch.nn import functional as F

from generation.anatomy.condition import COARSE_SIGMA_MM, MAP_PIXEL_MM, blur_inside
from generation.networks import generator
from generation.networks.generator import (
    COARSE,
    HELD_PX,
    MASK,
    Generator,
    GeneratorConfig,
    RandomNoise,
    enlarge,
    hold_coarse,
)
from generation.networks.noise import AnchoredNoise

TINY = GeneratorConfig(widths=(8, 8, 8, 8, 8), hidden=4, tail=4)
SIGMA_PX = COARSE_SIGMA_MM / MAP_PIXEL_MM


@pytest.fixture
def network() -> Generator:
    torch.manual_seed(0)
    return Generator(TINY).eval().requires_grad_(False)


@pytest.fixture(scope="module")
def asked() -> Tensor:
    """(1, C, 160, 128): a breast of smooth tissue with air around it."""
    y, x = np.mgrid[:160, :128]
    mask = np.hypot(x / 100, (y - 80) / 70) < 1
    rng = np.random.default_rng(0)
    tissue = blur_inside(rng.uniform(-2, 3, mask.shape).astype(np.float32), mask, sigma_px=12)
    condition = torch.zeros(1, TINY.channels, *mask.shape)
    condition[0, MASK] = torch.from_numpy(mask.astype(np.float32))
    coarse = blur_inside(tissue, mask, sigma_px=SIGMA_PX)
    condition[0, COARSE] = torch.from_numpy(coarse)
    return condition


def make_noise(seed: int = 0) -> RandomNoise:
    return RandomNoise(torch.Generator().manual_seed(seed))


def coarse_mistake(grey: Tensor, condition: Tensor) -> float:
    """Mean distance inside the breast of an image's own coarse map from the one asked for."""
    mask = condition[0, MASK].numpy() > 0
    half = F.avg_pool2d(grey, 2)[0, 0].numpy()
    shown = blur_inside(half, mask, sigma_px=SIGMA_PX)
    return float(np.abs(shown - condition[0, COARSE].numpy())[mask].mean())


def depth_px(condition: Tensor) -> NDArray[np.float64]:
    """(2h, 2w) distance from the skin in pixels of 0.1 mm, 0 in air."""
    mask = condition[0, MASK].numpy() > 0
    inside = np.kron(mask, np.ones((2, 2), bool))
    return np.asarray(ndimage.distance_transform_edt(np.pad(inside, 1)))[1:-1, 1:-1]


def test_output_is_twice_the_map_and_depends_on_the_noise_seed_alone(network: Generator) -> None:
    condition = torch.rand(1, TINY.channels, 48, 64)
    first, again = network(condition, make_noise()), network(condition, make_noise())
    assert first.shape == (1, 1, 96, 128)
    assert first.dtype == torch.float32
    assert torch.equal(first, again)
    assert not torch.equal(first, network(condition, make_noise(1)))


def test_every_channel_of_the_condition_is_read(network: Generator) -> None:
    condition = torch.rand(1, TINY.channels, 32, 32)
    drawn = network(condition, make_noise())
    for channel in range(TINY.channels):
        changed = condition.clone()
        changed[:, channel] += 0.5
        assert not torch.allclose(drawn, network(changed, make_noise()), atol=1e-5), channel


def test_arithmetic_is_local_up_to_the_reach_of_the_coarse_blur(network: Generator) -> None:
    """A far change does not reach a pixel: crops and whole breasts see the same network."""
    condition = torch.rand(1, TINY.channels, 32, 640)
    changed = condition.clone()
    changed[..., -16:] += 1
    difference = network(condition, make_noise()) - network(changed, make_noise())
    assert difference[..., :640].abs().max() == 0
    assert difference[..., -16:].abs().max() > 0


@pytest.mark.parametrize("strip_px", [32, 48, 200])
def test_strips_give_the_same_image(network: Generator, strip_px: int) -> None:
    condition = torch.rand(2, TINY.channels, 112, 48)
    for noise in (
        make_noise,
        lambda: AnchoredNoise([1, 2], tops=[-64, 0], lefts=[0, 16], height=112),
    ):
        whole = network(condition, noise())
        strips = network(condition, noise(), strip_px=strip_px)
        assert strips.shape == whole.shape
        torch.testing.assert_close(strips, whole, atol=1e-6, rtol=0)


def test_a_stride_is_what_the_deepest_scale_and_the_coarse_blur_need() -> None:
    assert TINY.stride == 16
    assert GeneratorConfig(widths=(8, 8)).stride == HELD_PX


def test_coarse_tissue_is_kept_whatever_the_network_says(
    network: Generator, asked: Tensor, monkeypatch: pytest.MonkeyPatch
) -> None:
    with torch.no_grad():
        network.to_grey.bias += 6.0  # 0.3 of the grey range
        network.scales[0].to_grey.weight *= 20
    held = network(asked, make_noise())
    monkeypatch.setattr(generator, "hold_coarse", lambda grey, condition: grey)
    free = network(asked, make_noise())
    assert coarse_mistake(held, asked) < 0.15 * coarse_mistake(free, asked)
    assert coarse_mistake(free, asked) > 0.1
    # What is finer than the coarse map stays the network's.
    deep = torch.from_numpy(depth_px(asked) > 20)[None, None]
    fine = [(each - F.avg_pool2d(each, 9, 1, 4))[deep] for each in (held, free)]
    assert (fine[0] - fine[1]).std() < 0.1 * fine[1].std()


@pytest.mark.parametrize(("moved", "share"), [("brighter", 0.05), ("slope", 0.15), ("clouds", 0.3)])
def test_what_an_image_moved_is_taken_back(asked: Tensor, moved: str, share: float) -> None:
    coarse = enlarge(asked[:, COARSE : COARSE + 1])
    height, width = coarse.shape[2:]
    random = torch.Generator().manual_seed(0)
    clouds = torch.randn(1, 1, height // 64, width // 64, generator=random)
    change = {
        "brighter": torch.full_like(coarse, 0.2),
        "slope": torch.linspace(-0.3, 0.3, width).expand_as(coarse),
        "clouds": 0.2 * F.interpolate(clouds, size=(height, width), mode="bicubic"),
    }[moved]
    before = coarse_mistake(coarse + change, asked)
    assert before > 0.05
    assert coarse_mistake(hold_coarse(coarse + change, asked), asked) < share * before


def test_an_image_with_its_own_condition_is_left_nearly_as_it_is(asked: Tensor) -> None:
    mask = asked[0, MASK].numpy() > 0
    depth = depth_px(asked)
    inside = depth > 0
    white = np.random.default_rng(1).standard_normal(inside.shape).astype(np.float32)
    # Tissue of all sizes, from clouds to noise.
    grey = 0.4 + sum(
        np.float32(0.04 * sigma) * blur_inside(white, inside, sigma_px=sigma)
        for sigma in (1, 4, 16, 32)
    )
    grey = (grey * np.clip(depth / 20, 0, 1)).astype(np.float32)
    half = grey.reshape(mask.shape[0], 2, mask.shape[1], 2).mean(axis=(1, 3))
    condition = asked.clone()
    condition[0, COARSE] = torch.from_numpy(blur_inside(half, mask, sigma_px=SIGMA_PX))
    held = hold_coarse(torch.from_numpy(grey)[None, None], condition)[0, 0].numpy()
    change = (held - grey)[inside]
    assert np.sqrt((change**2).mean()) < 0.1 * grey[inside].std()


def test_holding_stays_in_full_precision_under_autocast(asked: Tensor) -> None:
    grey = enlarge(asked[:, COARSE : COARSE + 1]) + 0.1
    with torch.autocast("cpu", torch.bfloat16):
        reduced = hold_coarse(grey, asked)
    assert torch.equal(reduced, hold_coarse(grey, asked))
