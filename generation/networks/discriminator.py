"""The discriminator: is this fine image real tissue, given its condition map?"""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from generation.anatomy.condition import CHANNELS


class DownBlock(nn.Module):
    """Two convolutions with a skip, then half the size."""

    def __init__(self, width_in: int, width_out: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(width_in, width_in, 3, padding=1)
        self.second = nn.Conv2d(width_in, width_out, 3, padding=1)
        self.skip = nn.Conv2d(width_in, width_out, 1)

    def forward(self, x: Tensor) -> Tensor:
        h = self.second(F.leaky_relu(self.first(F.leaky_relu(x, 0.2)), 0.2))
        return F.avg_pool2d(self.skip(x) + h, 2)


class Discriminator(nn.Module):
    """One realism score per patch of the image, no normalisation layers.

    It looks at 0.1 mm before it halves the size: a mesh left by a generator must not escape it.
    """

    def __init__(self, widths: tuple[int, ...] = (32, 56, 88, 112, 128), fine: int = 12) -> None:
        super().__init__()
        self.fine = nn.Conv2d(1, fine, 3, padding=1)
        self.stem = nn.Conv2d(fine, widths[0], 4, stride=2, padding=1)
        self.read = nn.Conv2d(len(CHANNELS), widths[0], 3, padding=1)
        self.downs = nn.Sequential(*(DownBlock(a, b) for a, b in pairwise(widths)))
        self.score = nn.Conv2d(widths[-1], 1, 3, padding=1)

    def forward(self, grey: Tensor, condition: Tensor) -> Tensor:
        """Score (B, 1, 2h, 2w) grey given (B, C, h, w) condition: (B, 1, h/16, w/16)."""
        x = self.stem(F.leaky_relu(self.fine(4 * grey - 1), 0.2)) + self.read(condition)
        return self.score(F.leaky_relu(self.downs(x), 0.2))


def is_finite(network: nn.Module) -> bool:
    return all(bool(torch.isfinite(p).all()) for p in network.parameters())
