"""The generator: condition map at 0.2 mm in, mammogram at 0.1 mm out.

Coarse to fine over five scales. At each scale features are normalised per pixel (local, so a crop
and a whole breast see the same arithmetic), modulated by the condition, convolved, and given
noise. The trunk ends at 0.2 mm; a short tail with its own noise draws the last octave at 0.1 mm.
The output is the coarse map plus a residual: the network adds fine structure and cannot move
tissue.

Source: spatially-adaptive modulation after Park et al., SPADE, CVPR 2019; per-pixel
normalisation after Karras et al., ICLR 2018; noise at every block after Karras et al., CVPR 2019.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TypeVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from generation.anatomy.condition import CHANNELS

Network = TypeVar("Network", bound=nn.Module)

COARSE = CHANNELS.index("coarse")
# Adam moves a gain by at most one learning rate a step: from .1 it had come to .11 - .12 after
# 670 steps, and next to no texture was to be seen.
NOISE_START = 0.5


@dataclass(frozen=True)
class GeneratorConfig:
    """Shape of a generator; stored beside its weights.

    Attributes:
        channels: condition channels.
        widths: features per scale, coarsest (1/2^(n-1) of the 0.2 mm grid) first.
        hidden: features of the condition inside a modulation.
        tail: features at 0.1 mm.
    """

    channels: int = len(CHANNELS)
    widths: tuple[int, ...] = (112, 112, 88, 56, 32)
    hidden: int = 24
    tail: int = 8

    def to_json(self) -> dict[str, object]:
        return asdict(self)

    @property
    def stride(self) -> int:
        """Map height and width must be multiples of this many 0.2 mm pixels."""
        return int(2 ** (len(self.widths) - 1))


def normalise_pixel(x: Tensor) -> Tensor:
    """Scale each pixel's feature vector to unit mean square."""
    return x * torch.rsqrt(x.float().square().mean(1, keepdim=True) + 1e-6).to(x.dtype)


def enlarge(x: Tensor) -> Tensor:
    """Twice the size, bilinear: nearest neighbours left squares, pixel shuffling a mesh."""
    return F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False)


def settle(network: Network, device: str) -> Network:
    """Move a network to its device, features last: a fifth to a quarter faster on the CPU, and
    what tensor cores want."""
    network = network.to(device)
    return network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]


class NoiseSource:
    """Gaussian noise for every block, drawn from one `torch.Generator` on the CPU.

    Drawing on the CPU keeps the noise the same on every device.
    """

    def __init__(self, random: torch.Generator) -> None:
        self.random = random

    def like(self, x: Tensor) -> Tensor:
        """(B, 1, h, w) noise for features (B, C, h, w)."""
        shape = (x.shape[0], 1, *x.shape[2:])
        return torch.randn(shape, generator=self.random).to(x.device, x.dtype)


class ModulatedBlock(nn.Module):
    """Normalise, modulate by the condition, convolve, add noise, with a skip connection."""

    def __init__(self, width_in: int, width_out: int, *, channels: int, hidden: int) -> None:
        super().__init__()
        self.read = nn.Conv2d(channels, hidden, 3, padding=1)
        self.modulate = nn.Conv2d(hidden, 2 * width_in, 3, padding=1)
        self.convolve = nn.Conv2d(width_in, width_out, 3, padding=1)
        self.skip = nn.Conv2d(width_in, width_out, 1) if width_in != width_out else nn.Identity()
        self.noise_gain = nn.Parameter(torch.full((1, width_out, 1, 1), NOISE_START))

    def forward(self, x: Tensor, condition: Tensor, noise: NoiseSource) -> Tensor:
        gain, offset = self.modulate(F.leaky_relu(self.read(condition), 0.2)).chunk(2, dim=1)
        h = normalise_pixel(x) * (1 + gain) + offset
        h = self.convolve(F.leaky_relu(h, 0.2))
        h = h + self.noise_gain.to(h.dtype) * noise.like(h)
        return self.skip(x) + h


class Generator(nn.Module):
    """See the module's docstring."""

    def __init__(self, config: GeneratorConfig) -> None:
        super().__init__()
        self.config = config
        widths = config.widths
        self.start = nn.Conv2d(config.channels + 1, widths[0], 3, padding=1)
        self.blocks = nn.ModuleList()
        for before, after in zip((widths[0], *widths[:-1]), widths, strict=True):
            for width_in, width_out in ((before, after), (after, after)):
                self.blocks.append(
                    ModulatedBlock(
                        width_in, width_out, channels=config.channels, hidden=config.hidden
                    )
                )
        self.to_tail = nn.Conv2d(widths[-1], config.tail, 1)
        self.tail_noise = nn.Parameter(torch.full((1, config.tail, 1, 1), NOISE_START))
        self.tail = nn.Conv2d(config.tail, config.tail, 3, padding=1)
        self.to_grey = nn.Conv2d(config.tail, 1, 3, padding=1)

    def forward(self, condition: Tensor, noise: NoiseSource) -> Tensor:
        """Draw images.

        Args:
            condition: (B, C, h, w) at 0.2 mm, h and w multiples of `config.stride`.
            noise: where the noise of every block comes from.

        Returns:
            (B, 1, 2h, 2w) grey at 0.1 mm, nominally 0-1, not clipped.
        """
        scales = len(self.config.widths)
        pyramid = [condition]
        for _ in range(scales - 1):
            pyramid.append(F.avg_pool2d(pyramid[-1], 2))
        coarsest = pyramid[-1]
        x = self.start(torch.cat([coarsest, noise.like(coarsest)], dim=1))
        blocks: Iterator[nn.Module] = iter(self.blocks)
        for level in reversed(range(scales)):
            for _ in range(2):
                x = next(blocks)(x, pyramid[level], noise)
            if level:
                x = enlarge(x)
        x = enlarge(self.to_tail(F.leaky_relu(x, 0.2)))
        x = F.leaky_relu(x + self.tail_noise.to(x.dtype) * noise.like(x), 0.2)
        x = F.leaky_relu(self.tail(x), 0.2)
        return enlarge(condition[:, COARSE : COARSE + 1]) + 0.25 * self.to_grey(x)
