"""Drawn crops come back as from a JPEG file: held against Pillow's own."""

from __future__ import annotations

import io

import numpy as np
import pytest
import torch
from PIL import Image

from generation.evaluation.storage import store_grey
from generation.training.storing import scale_table, store_as_jpeg


def read_pillow_table(quality: int) -> list[int]:
    file = io.BytesIO()
    Image.new("L", (8, 8)).save(file, "JPEG", quality=quality)
    with Image.open(file) as opened:
        return list(opened.quantization[0])  # type: ignore[attr-defined]


@pytest.mark.parametrize("quality", [1, 30, 75, 90, 100])
def test_steps_are_those_of_the_library(quality: int) -> None:
    assert scale_table(quality).flatten().tolist() == read_pillow_table(quality)


def test_pixels_are_those_of_the_library_but_for_its_rounding() -> None:
    rng = np.random.default_rng(0)
    grey = np.clip(0.4 + 0.05 * rng.standard_normal((64, 96)), 0, 1).astype(np.float32)
    expected = store_grey(grey, read_pillow_table(90))
    stored = store_as_jpeg(torch.from_numpy(grey)[None, None], quality=90, corner=(0, 0))
    off = np.abs(stored[0, 0].numpy() - expected)
    # Transforms in whole numbers tip some coefficients to the neighbouring step.
    assert np.mean(off > 1 / 255) < 0.2
    assert off.mean() < 0.05 * np.abs(grey - expected).mean() + 0.5 / 255


def test_blocks_begin_at_the_corner() -> None:
    grey = torch.full((1, 1, 32, 32), 0.5)
    grey[..., 3:11, 5:13] = 0.9  # one whole block, where blocks begin at (3, 5)
    aligned = store_as_jpeg(grey, quality=10, corner=(3, 5))
    shifted = store_as_jpeg(grey, quality=10, corner=(0, 0))
    assert aligned[..., 3:11, 5:13].std() < 1e-6 and aligned[..., 11:19, 5:13].std() < 1e-6
    assert shifted[..., 0:16, 0:16].unique().numel() > aligned.unique().numel()


def test_strong_compression_takes_faint_noise_away() -> None:
    rng = torch.Generator().manual_seed(0)
    noisy = 0.5 + 0.01 * torch.randn((1, 1, 64, 64), generator=rng)
    spreads = [
        float(store_as_jpeg(noisy, quality=quality, corner=(0, 0)).std())
        for quality in (95, 80, 30)
    ]
    assert spreads[0] > 1.5 * spreads[1] > 2 * spreads[2]


def test_a_quality_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="quality"):
        scale_table(0)
