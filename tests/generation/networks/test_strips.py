"""The finest scale is drawn over the breast alone, and the breast is what it was."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor
from torch.nn import functional as F

from generation.networks.generator import HELD_PX, MASK, Generator, GeneratorConfig
from generation.networks.noise import AnchoredNoise
from generation.networks.strips import Part, find_strips, grow, move_into, resize

HEIGHT, WIDTH = 160, 128


def make_masks() -> Tensor:
    """(2, h, w) a half disc at the left, and a smaller one higher up."""
    y, x = torch.meshgrid(torch.arange(HEIGHT), torch.arange(WIDTH), indexing="ij")
    return torch.stack([torch.hypot(x, y - 90.0) < 55, torch.hypot(x.float() - 7, y - 40.0) < 21])


def collect(masks: Tensor, strip_px: int) -> list[Part]:
    return list(find_strips(masks, strip_px, margin=HELD_PX))


@pytest.mark.parametrize("strip_px", [16, 48, 1000])
def test_strips_hold_the_breast_with_its_margin_once(strip_px: int) -> None:
    masks = make_masks()
    covered = torch.zeros(HEIGHT, WIDTH, dtype=torch.int)
    for rows, columns in collect(masks, strip_px):
        covered[rows, columns] += 1
    near = F.max_pool2d(masks.any(0)[None].float(), 2 * HELD_PX + 1, 1, HELD_PX)[0] > 0
    assert covered.max() == 1
    assert (covered[near] == 1).all()


def test_air_is_left_out() -> None:
    masks = make_masks()[:1]
    parts = collect(masks, 16)
    drawn = sum((r.stop - r.start) * (c.stop - c.start) for r, c in parts)
    assert drawn < HEIGHT * WIDTH / 2
    assert parts[0][0].start == 32 and parts[-1][0].stop == 160
    assert collect(torch.zeros_like(masks), 16) == []


def test_a_part_with_a_margin_stays_on_the_map_and_on_even_pixels() -> None:
    part = (slice(0, 16), slice(20, 60))
    around = grow(part, 8, (HEIGHT, 62))
    assert around == (slice(0, 24), slice(12, 62))
    assert move_into(part, around) == (slice(0, 16), slice(8, 48))
    assert resize(around, 0.5) == (slice(0, 12), slice(6, 31))
    for strip in collect(make_masks(), 16):
        assert all(end % 2 == 0 for ends in strip for end in (ends.start, ends.stop))


def test_the_breast_drawn_in_strips_is_the_breast_drawn_at_once() -> None:
    torch.manual_seed(0)
    network = Generator(GeneratorConfig(widths=(8,) * 5, hidden=4, tail=4)).eval()
    condition = torch.rand(2, network.config.channels, HEIGHT, WIDTH)
    condition[:, MASK] = 1
    condition *= make_masks()[:, None]
    noise = {"tops": [-96, -48], "lefts": [-64, -32], "height": HEIGHT}
    with torch.inference_mode():
        whole = network(condition, AnchoredNoise([1, 2], **noise))
        strips = network(condition, AnchoredNoise([1, 2], **noise), strip_px=48)
    inside = torch.from_numpy(np.kron(make_masks().numpy(), np.ones((1, 2, 2), bool)))[:, None]
    torch.testing.assert_close(strips[inside], whole[inside], atol=1e-6, rtol=0)
    assert not torch.allclose(strips, whole, atol=1e-3), "air was drawn too"
