"""A small convolutional network that sees texture: the body of every learnt quality measure.

Averages over the whole patch, so it knows what texture is there and not where. The grey is given
twice, as it is and as what is left of it after a local average, much amplified: otherwise the
finest structure, a few grey levels strong, is learnt last or never.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

FloatArray = NDArray[np.float32]

WIDTHS = (24, 48, 96, 128)
MEAN_GREY = 0.3
GREY_DEVIATION = 0.15
FINE_PX = 5
FINE_DEVIATION = 0.02


class TextureNetwork(nn.Module):
    """(N, H, W) grey 0-1 -> (N, outputs); H and W multiples of 16.

    Attributes:
        widths: channels of each stage.
        stages: convolutions of stride 2, each with batch normalisation.
        head: from the mean of the last stage to the outputs.
    """

    def __init__(self, outputs: int, *, widths: tuple[int, ...] = WIDTHS) -> None:
        super().__init__()
        self.widths = widths
        sizes = (2, *widths)
        self.stages = nn.ModuleList(
            nn.Sequential(
                nn.Conv2d(into, out, 5 if stage == 0 else 3, 2, 2 if stage == 0 else 1, bias=False),
                nn.BatchNorm2d(out),
                nn.ReLU(),
            )
            for stage, (into, out) in enumerate(pairwise(sizes))
        )
        self.head = nn.Linear(widths[-1], outputs)

    def forward(self, grey: Tensor) -> Tensor:
        pooled = self.pool_stages(grey)[-1]
        out: Tensor = self.head(pooled)
        return out

    def pool_stages(self, grey: Tensor) -> list[Tensor]:
        """(N, width) mean over the patch of each stage's channels."""
        seen = show_twice(grey).contiguous(memory_format=torch.channels_last)
        pooled = []
        for stage in self.stages:
            seen = stage(seen)
            pooled.append(seen.float().mean(dim=(2, 3)))
        return pooled


def show_twice(grey: Tensor) -> Tensor:
    """(N, 2, H, W): grey, and fine structure, each of deviation about 1."""
    grey = grey[:, None]
    padded = functional.pad(grey, (FINE_PX // 2,) * 4, mode="reflect")
    fine = grey - functional.avg_pool2d(padded, FINE_PX, 1)
    return torch.cat([(grey - MEAN_GREY) / GREY_DEVIATION, fine / FINE_DEVIATION], dim=1)


def cut_crops(
    patches: FloatArray, rows: NDArray[np.int64], size: int, rng: np.random.Generator
) -> FloatArray:
    """(len(rows), size, size) random crops of the wanted patches, turned and mirrored at random."""
    height, width = patches.shape[1:]
    crops = np.empty((len(rows), size, size), np.float32)
    for at, row in enumerate(rows):
        y, x = rng.integers(height - size + 1), rng.integers(width - size + 1)
        crop = np.rot90(patches[row, y : y + size, x : x + size], int(rng.integers(4)))
        crops[at] = crop if rng.random() < 0.5 else crop.T
    return crops
