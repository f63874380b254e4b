"""Drawn crops stored as the real ones are, so that no discriminator learns the file format.

The published images are JPEG files. Their quantisation takes small high frequencies away and leaves
blocks; without the same, that is the surest sign of a drawn image, and the noise that a generator
learns in order to hide it is wrong.

Source: baseline JPEG, ITU-T T.81, and its example table for luminance (annex K.1) scaled to a
quality as the Independent JPEG Group's library does.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor

BLOCK_PX = 8
LUMINANCE = (
    (16, 11, 10, 16, 24, 40, 51, 61),
    (12, 12, 14, 19, 26, 58, 60, 55),
    (14, 13, 16, 24, 40, 57, 69, 56),
    (14, 17, 22, 29, 51, 87, 80, 62),
    (18, 22, 37, 56, 68, 109, 103, 77),
    (24, 35, 55, 64, 81, 104, 113, 92),
    (49, 64, 78, 87, 103, 121, 120, 101),
    (72, 92, 95, 98, 112, 100, 103, 99),
)


def store_as_jpeg(grey: Tensor, *, quality: int, corner: tuple[int, int]) -> Tensor:
    """(B, 1, H, W) grey 0-1 as it comes back from an 8-bit JPEG file; no gradient.

    Args:
        grey: H and W multiples of 8.
        quality: 1-100 of the file.
        corner: (row, column) of the first block, which crops of a file may cut anywhere.
    """
    row, column = (at % BLOCK_PX for at in corner)
    table = scale_table(quality).to(grey.device)
    cosines = _cosines().to(grey.device)
    with torch.no_grad():
        levels = torch.round(255 * grey.float().clamp(0, 1)).roll((-row, -column), (2, 3)) - 128
        blocks = levels.unfold(2, BLOCK_PX, BLOCK_PX).unfold(3, BLOCK_PX, BLOCK_PX)
        kept = table * torch.round(cosines @ blocks @ cosines.T / table)
        back = torch.round(cosines.T @ kept @ cosines).clamp(-128, 127) + 128
        batch, _, height, width = grey.shape
        whole = back.permute(0, 1, 2, 4, 3, 5).reshape(batch, 1, height, width)
        return whole.roll((row, column), (2, 3)) / 255


def scale_table(quality: int) -> Tensor:
    """(8, 8) quantisation steps of a quality.

    Raises:
        ValueError: if the quality is not 1-100.
    """
    if not 1 <= quality <= 100:
        raise ValueError(f"quality must be 1-100, not {quality}")
    scale = 5000 // quality if quality < 50 else 200 - 2 * quality
    return torch.tensor(LUMINANCE).mul(scale).add(50).div(100, rounding_mode="floor").clamp(1, 255)


def _cosines() -> Tensor:
    """(8, 8) orthonormal cosine transform: frequencies by places."""
    at = torch.arange(BLOCK_PX, dtype=torch.float32)
    waves = torch.cos(math.pi / BLOCK_PX * at[:, None] * (at[None] + 0.5))
    waves[0] /= math.sqrt(2)
    return waves * math.sqrt(2 / BLOCK_PX)
