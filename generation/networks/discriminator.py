"""The discriminator: is this fine image real tissue, given its condition map?

It looks at the residual (image minus coarse map) through fixed features at 0.1 and at 0.2 mm, one
small head a size, and at the finest bands directly, each scaled to the same strength: what fixed
features are blind to, such as noise, must not escape it.

Source: Sauer et al., Projected GANs converge faster, NeurIPS 2021; spectral normalisation after
Miyato et al., ICLR 2018.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.utils.parametrizations import spectral_norm

from generation.anatomy.channels import CHANNELS
from generation.networks.generator import COARSE, enlarge
from generation.networks.projection import FixedFeatures

WIDTH = 64
FINEST_WIDTH = 32
# Residuals are some hundredths of the grey range; features expect a spread of about one.
RESIDUAL_GAIN = 16.0
SIZES_AT_FULL, SIZES_AT_HALF = 3, 4
# Differences between an image and itself at 1/2, 1/4 and 1/16, and the strengths they have.
BAND_POOLS = (2, 4, 16)
BAND_STRENGTHS = (0.006, 0.008, 0.015)

Features = list[Tensor]


def _normed(*shape: int, stride: int = 1, padding: int = 0) -> nn.Module:
    width_in, width_out, kernel = shape
    return spectral_norm(nn.Conv2d(width_in, width_out, kernel, stride, padding))


def _shrink(condition: Tensor, like: Tensor) -> Tensor:
    """The condition at the size of some features."""
    height, width = like.shape[-2:]
    return F.adaptive_avg_pool2d(condition, (height, width))


class Head(nn.Module):
    """A realism score per patch from features of one size and the condition.

    Args:
        downs: how often the size is halved before the score.
        width: features inside.
    """

    def __init__(self, downs: int, width: int) -> None:
        super().__init__()
        self.first = _normed(WIDTH, width, 1)
        self.read = nn.Conv2d(len(CHANNELS), width, 1)
        self.downs = nn.ModuleList(
            _normed(width, width, 4, stride=2, padding=1) for _ in range(downs)
        )
        self.last = _normed(width, 1, 3, padding=1)

    def forward(self, features: Tensor, condition: Tensor) -> Tensor:
        read = self.read(_shrink(condition, features))
        x = F.leaky_relu(self.first(features) + read, 0.2)
        for down in self.downs:
            x = F.leaky_relu(down(x), 0.2)
        scores: Tensor = self.last(x)
        return scores


class Discriminator(nn.Module):
    """Heads on fixed features at 0.1 mm and at 0.2 mm."""

    def __init__(self) -> None:
        super().__init__()
        self.fixed = FixedFeatures(width=WIDTH)
        self.heads = nn.ModuleList(
            [
                Head(3, FINEST_WIDTH),
                Head(2, WIDTH),
                Head(1, WIDTH),
                Head(2, WIDTH),
                Head(1, WIDTH),
                Head(0, WIDTH),
                Head(0, WIDTH),
            ]
        )

    def look(self, grey: Tensor, condition: Tensor) -> Features:
        """Fixed features of (B, 1, 2h, 2w) grey with (B, C, h, w) condition, finest first."""
        residual = RESIDUAL_GAIN * (grey - enlarge(condition[:, COARSE : COARSE + 1]))
        half = F.avg_pool2d(residual, 2)
        with torch.autocast(grey.device.type, enabled=False):
            full = self.fixed(residual.float(), sizes=SIZES_AT_FULL)
            return [*full, *self.fixed(half.float(), sizes=SIZES_AT_HALF)]

    def forward(self, features: Features, condition: Tensor) -> list[Tensor]:
        """Scores per patch, one map a head, of features that `look` gave."""
        return [head(f, condition) for head, f in zip(self.heads, features, strict=True)]


class FineDiscriminator(nn.Module):
    """A realism score per patch of 2 to 3 mm from the three finest bands at 0.1 mm."""

    def __init__(self, widths: tuple[int, int, int] = (24, 48, 64)) -> None:
        super().__init__()
        first, second, third = widths
        self.stem = _normed(len(BAND_POOLS), first, 3, padding=1)
        self.to_half = _normed(first, second, 4, stride=2, padding=1)
        self.to_quarter = _normed(second, third, 4, stride=2, padding=1)
        self.middle = _normed(third, third, 3, padding=1)
        self.read = nn.Conv2d(len(CHANNELS), third, 1)
        self.last = _normed(third, 1, 3, padding=1)

    def forward(self, grey: Tensor, condition: Tensor) -> Tensor:
        """Score (B, 1, 2h, 2w) grey given (B, C, h, w) condition: (B, 1, h/2, w/2)."""
        x = F.leaky_relu(self.stem(split_bands(grey)), 0.2)
        x = F.leaky_relu(self.to_half(x), 0.2)
        x = F.leaky_relu(self.to_quarter(x), 0.2)
        x = self.middle(x) + self.read(_shrink(condition, x))
        scores: Tensor = self.last(F.leaky_relu(x, 0.2))
        return scores


def split_bands(grey: Tensor) -> Tensor:
    """(B, 1, H, W) grey -> (B, 3, H, W) its finest bands, each of about unit strength."""
    smooth = [
        F.interpolate(F.avg_pool2d(grey, pool), scale_factor=pool, mode="bilinear")
        for pool in BAND_POOLS
    ]
    bands = [
        (near - far) / strength
        for near, far, strength in zip((grey, *smooth), smooth, BAND_STRENGTHS, strict=False)
    ]
    return torch.cat(bands, dim=1).contiguous(memory_format=torch.channels_last)


def is_finite(network: nn.Module) -> bool:
    return all(bool(torch.isfinite(p).all()) for p in network.parameters())
