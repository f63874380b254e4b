"""Noise that belongs to a place: the same at a point of the breast wherever a window is cut.

Counter-based: a value is a hash of its row, its column and a key, turned into a normal deviate, so
that a window costs what the window holds, in any order, on any device. Rows and columns are
counted from the nipple: the same woman compressed anew keeps her texture.

Source: the mixing function is splitmix64's (Steele et al., OOPSLA 2014); counter-based generation
after Salmon et al., SC 2011; normal deviates by Box and Muller, 1958.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor

# 64-bit constants as signed integers, which wrap around as unsigned ones do.
FIRST_FACTOR = 0xBF58476D1CE4E5B9 - 2**64
SECOND_FACTOR = 0x94D049BB133111EB - 2**64
ROW_STEP = 0x9E3779B97F4A7C15 - 2**64
COLUMN_STEP = 0xD1B54A32D192ED03 - 2**64
UNIFORM_BITS = 24
CACHED_VALUES = 32768


class AnchoredNoise:
    """Noise of the windows of a batch, each tied to its own nipple and key.

    Args:
        seeds: one for each window of the batch.
        tops: first row of each window, map pixels from the nipple; multiples of the stride.
        lefts: first column of each.
        height: rows of the windows in map pixels, which tells the scale of features.
    """

    def __init__(self, seeds: list[int], *, tops: list[int], lefts: list[int], height: int) -> None:
        self.seeds, self.tops, self.lefts, self.height = seeds, tops, lefts, height
        self.drawn = 0

    def like(self, x: Tensor) -> Tensor:
        """(B, 1, h, w) noise for features (B, C, h, w) of the windows, at any scale."""
        rows, columns = x.shape[2:]
        self.drawn += 1
        fields = [
            draw_normal(
                key=_mix_number(seed * 1_000_003 + self.drawn),
                top=top * rows // self.height,
                left=left * rows // self.height,
                shape=(rows, columns),
                device=x.device,
            )
            for seed, top, left in zip(self.seeds, self.tops, self.lefts, strict=True)
        ]
        return torch.stack(fields)[:, None].to(x.dtype)


def draw_normal(
    *, key: int, top: int, left: int, shape: tuple[int, int], device: torch.device
) -> Tensor:
    """(rows, columns) float32 standard normal deviates of a window of an endless field.

    Args:
        key: names the field; signed 64 bit.
        top, left: of the window on the field; may be negative.
        shape: rows and columns.
        device: where to draw; the bits are the same on all, the deviates to a few last places.
    """
    rows, columns = shape
    # Two neighbouring columns share a hash: Box and Muller give deviates in pairs.
    first = left // 2
    pairs = (left + columns + 1) // 2 - first
    row = torch.arange(top, top + rows, device=device) * ROW_STEP + key
    column = torch.arange(first, first + pairs, device=device) * COLUMN_STEP
    # On a processor, few rows at a time stay in its cache: nearly twice as fast.
    size = CACHED_VALUES // pairs + 1 if device.type == "cpu" else rows
    field = torch.cat([_draw_rows(part, column) for part in row.split(size)])
    return field[:, left - 2 * first :][:, :columns]


def _draw_rows(row: Tensor, column: Tensor) -> Tensor:
    """(rows, 2 pairs) normal deviates of the hashes of row[i] + column[j]."""
    bits = _mix(row[:, None] + column[None])
    scale = 2.0**-UNIFORM_BITS
    mask = 2**UNIFORM_BITS - 1
    radius = ((bits & mask).float() + 0.5).mul_(scale).log_().mul_(-2).sqrt_()
    angle = ((bits >> 32) & mask).float().mul_(2 * math.pi * scale)
    return torch.stack([radius * angle.cos(), radius * angle.sin()], dim=-1).flatten(1)


def _mix(x: Tensor) -> Tensor:
    """splitmix64's finaliser of int64; shifts are made unsigned by masking."""
    x = (x ^ (_shift(x, 30))) * FIRST_FACTOR
    x = (x ^ (_shift(x, 27))) * SECOND_FACTOR
    return x ^ _shift(x, 31)


def _shift(x: Tensor, bits: int) -> Tensor:
    return (x >> bits) & (2 ** (64 - bits) - 1)


def _mix_number(value: int) -> int:
    """A signed 64-bit key of any whole number."""
    return int(_mix(torch.tensor(((value + 2**63) % 2**64) - 2**63)).item())
