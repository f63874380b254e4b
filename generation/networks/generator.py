"""The generator: condition map at 0.2 mm in, mammogram at 0.1 mm out.

Coarse to fine over five scales. At each scale features are normalised per pixel (local, so a crop
and a whole breast see the same arithmetic), modulated by the condition, convolved, and given
noise; each scale adds its own grey. The trunk ends at 0.2 mm; a short tail with its own noise
goes on to 0.1 mm. The drawing is the coarse map plus a residual, and what the residual would move
of the coarse tissue is taken back: the network adds fine structure and cannot move tissue. What an
image shows beyond two cycles per millimetre is noise nearly alone, and comes from `grain`.

Source: spatially-adaptive modulation after Park et al., SPADE, CVPR 2019; per-pixel
normalisation after Karras et al., ICLR 2018; noise at every block after Karras et al., CVPR 2019;
grey of every scale summed after Karras et al., CVPR 2020; taking back what was moved after Irani
and Peleg, Graphical Models and Image Processing 53, 1991 (back-projection).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Protocol, TypeVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from generation.anatomy.channels import CHANNELS, COARSE_SIGMA_MM, MAP_PIXEL_MM
from generation.networks.grain import Grain
from generation.networks.strips import find_strips, grow, move_into, resize

Network = TypeVar("Network", bound=nn.Module)

MASK, COARSE = CHANNELS.index("mask"), CHANNELS.index("coarse")
# Adam moves a gain by at most one learning rate a step: from .1 it had come to .11 - .12 after
# 670 steps, and next to no texture was to be seen.
NOISE_START = 0.5
RESIDUAL_GREY = 0.05
# Map pixels that are one when coarse tissue is compared: 0.8 mm.
HELD_PX = 4
# Farther than the finest scale's filters reach.
STRIP_MARGIN_PX = 8
# Air around the breast that is drawn: as far as the grain looks for activity, 2.4 mm and more.
AIR_MARGIN_PX = 16


@dataclass(frozen=True)
class GeneratorConfig:
    """Shape of a generator; stored beside its weights.

    Attributes:
        channels: condition channels.
        widths: features per scale, coarsest (1/2^(n-1) of the 0.2 mm grid) first.
        hidden: features of the condition at each scale.
        tail: features at 0.1 mm.
    """

    channels: int = len(CHANNELS)
    widths: tuple[int, ...] = (128, 128, 96, 64, 40)
    hidden: int = 24
    tail: int = 12

    def to_json(self) -> dict[str, object]:
        return asdict(self)

    @property
    def stride(self) -> int:
        """Map height and width must be multiples of this many 0.2 mm pixels."""
        return int(max(2 ** (len(self.widths) - 1), HELD_PX))


class Noise(Protocol):
    """Where the noise of every block comes from."""

    def like(self, x: Tensor) -> Tensor:
        """(B, 1, h, w) standard normal noise for features (B, C, h, w)."""


class RandomNoise:
    """Gaussian noise drawn from one `torch.Generator` on the CPU, for training."""

    def __init__(self, random: torch.Generator) -> None:
        self.random = random

    def like(self, x: Tensor) -> Tensor:
        shape = (x.shape[0], 1, *x.shape[2:])
        return torch.randn(shape, generator=self.random).to(x.device, x.dtype)


class _DrawnNoise:
    """Noise that was drawn before, in the order of its use."""

    def __init__(self, fields: list[Tensor]) -> None:
        self.fields = iter(fields)

    def like(self, x: Tensor) -> Tensor:
        return next(self.fields).to(x.dtype)


def normalise_pixel(x: Tensor) -> Tensor:
    """Scale each pixel's feature vector to unit mean square."""
    return x * torch.rsqrt(x.float().square().mean(1, keepdim=True) + 1e-6).to(x.dtype)


def enlarge(x: Tensor) -> Tensor:
    """Twice the size, bilinear: nearest neighbours left squares, pixel shuffling a mesh."""
    return F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False)


def hold_coarse(grey: Tensor, condition: Tensor) -> Tensor:
    """Take back what an image changed of the coarse tissue that was asked for.

    Args:
        grey: (B, 1, 2h, 2w).
        condition: (B, C, h, w), h and w multiples of `HELD_PX`.

    Returns:
        (B, 1, 2h, 2w) float32, whose blur inside the breast is the coarse map. A real image with
        its own condition changes by .001 to .004 (root mean square, three held-out images).
    """
    with torch.autocast(grey.device.type, enabled=False):
        grey, condition = grey.float(), condition.float()
        mask = F.avg_pool2d(condition[:, MASK : MASK + 1], HELD_PX)
        coarse = F.avg_pool2d(condition[:, COARSE : COARSE + 1], HELD_PX)
        shown = _blur(F.avg_pool2d(grey, 2 * HELD_PX) * mask) / _blur(mask).clamp(min=1e-3)
        error = (coarse / mask.clamp(min=0.05) - shown) * mask
        return grey + F.interpolate(
            error, scale_factor=2 * HELD_PX, mode="bilinear", align_corners=False
        )


def _blur(x: Tensor) -> Tensor:
    """Gaussian of the coarse map's width on the grid of `HELD_PX`; nothing beyond the border."""
    sigma = COARSE_SIGMA_MM / (MAP_PIXEL_MM * HELD_PX)
    reach = int(3 * sigma)
    kernel = torch.exp(-0.5 * (torch.arange(-reach, reach + 1, device=x.device) / sigma) ** 2)
    x = F.conv2d(x, kernel.view(1, 1, -1, 1), padding=(reach, 0))
    return F.conv2d(x, kernel.view(1, 1, 1, -1), padding=(0, reach))


def settle(network: Network, device: str) -> Network:
    """Move a network to its device, features last: a fifth to a quarter faster on the CPU, and
    what tensor cores want."""
    network = network.to(device)
    return network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]


class ModulatedBlock(nn.Module):
    """Normalise, modulate by the condition, convolve, add noise, with a skip connection."""

    def __init__(self, width_in: int, width_out: int, *, hidden: int) -> None:
        super().__init__()
        self.modulate = nn.Conv2d(hidden, 2 * width_in, 1)
        self.convolve = nn.Conv2d(width_in, width_out, 3, padding=1)
        self.skip = nn.Conv2d(width_in, width_out, 1) if width_in != width_out else nn.Identity()
        self.noise_gain = nn.Parameter(torch.full((1, width_out, 1, 1), NOISE_START))

    def forward(self, x: Tensor, read: Tensor, noise: Noise) -> Tensor:
        gain, offset = self.modulate(read).chunk(2, dim=1)
        h = torch.addcmul(offset, normalise_pixel(x), 1 + gain)
        h = self.convolve(F.leaky_relu(h, 0.2))
        h = h + self.noise_gain.to(h.dtype) * noise.like(h)
        return self.skip(x) + h


class Scale(nn.Module):
    """One scale of the trunk: two blocks that read the condition once, and the grey they add."""

    def __init__(self, width_in: int, width_out: int, config: GeneratorConfig) -> None:
        super().__init__()
        self.read = nn.Conv2d(config.channels, config.hidden, 3, padding=1)
        self.first = ModulatedBlock(width_in, width_out, hidden=config.hidden)
        self.second = ModulatedBlock(width_out, width_out, hidden=config.hidden)
        self.to_grey = nn.Conv2d(width_out, 1, 1)

    def forward(self, x: Tensor, condition: Tensor, noise: Noise) -> tuple[Tensor, Tensor]:
        read = F.leaky_relu(self.read(condition), 0.2)
        x = self.second(self.first(x, read, noise), read, noise)
        return x, self.to_grey(F.leaky_relu(x, 0.2)).float()


class Generator(nn.Module):
    """See the module's docstring."""

    def __init__(self, config: GeneratorConfig) -> None:
        super().__init__()
        self.config = config
        widths = config.widths
        self.start = nn.Conv2d(config.channels + 1, widths[0], 3, padding=1)
        self.scales = nn.ModuleList(
            Scale(before, after, config) for before, after in pairwise((widths[0], *widths))
        )
        self.to_tail = nn.Conv2d(widths[-1], config.tail, 1)
        self.tail_noise = nn.Parameter(torch.full((1, config.tail, 1, 1), NOISE_START))
        self.tail = nn.Conv2d(config.tail, config.tail, 3, padding=1)
        self.to_grey = nn.Conv2d(config.tail, 1, 3, padding=1)
        self.grain = Grain(widths[-2])

    def forward(self, condition: Tensor, noise: Noise, *, strip_px: int | None = None) -> Tensor:
        """Draw images.

        Args:
            condition: (B, C, h, w) at 0.2 mm, h and w multiples of `config.stride`.
            noise: where the noise of every block comes from.
            strip_px: rows (even) in which the finest scale is drawn, one strip after the other,
                over the breast alone; None for all at once. The breast is the same.

        Returns:
            (B, 1, 2h, 2w) grey at 0.1 mm, float32, nominally 0-1, not clipped.
        """
        pyramid = [condition]
        for _ in self.config.widths[1:]:
            pyramid.insert(0, F.avg_pool2d(pyramid[0], 2))
        x = self.start(torch.cat([pyramid[0], noise.like(pyramid[0])], dim=1))
        grey = torch.zeros((), device=x.device)
        for scale, read in zip(self.scales[:-1], pyramid[:-1], strict=True):
            if read is not pyramid[0]:
                x = enlarge(x)
            x, added = scale(x, read, noise)
            grey = enlarge(grey + added)
        if strip_px is None:
            residual = self._finish(x, condition, grey, noise)
        else:
            residual = self._finish_in_strips(x, condition, grey, noise, strip_px)
        drawn = enlarge(condition[:, COARSE : COARSE + 1]).float() + RESIDUAL_GREY * residual
        drawn = hold_coarse(drawn, condition)
        return self.grain(drawn, condition, x, noise.like(drawn))

    def _finish(self, x: Tensor, condition: Tensor, grey: Tensor, noise: Noise) -> Tensor:
        """The finest scale and the tail: (B, 1, 2h, 2w) residual of rows at 0.4 mm and 0.2 mm."""
        x, added = self.scales[-1](enlarge(x), condition, noise)
        x = enlarge(self.to_tail(F.leaky_relu(x, 0.2)))
        x = F.leaky_relu(x + self.tail_noise.to(x.dtype) * noise.like(x), 0.2)
        x = F.leaky_relu(self.tail(x), 0.2)
        return enlarge(grey + added) + self.to_grey(x).float()

    def _finish_in_strips(
        self, x: Tensor, condition: Tensor, grey: Tensor, noise: Noise, strip_px: int
    ) -> Tensor:
        """The same over the breast alone, strip by strip; 0 in the air around it."""
        batch, _, height, width = condition.shape
        fields = [noise.like(condition), noise.like(condition), noise.like(enlarge(grey))]
        residual = grey.new_zeros(batch, 1, 2 * height, 2 * width)
        for strip in find_strips(condition[:, MASK] > 0, strip_px, margin=AIR_MARGIN_PX):
            here = grow(strip, STRIP_MARGIN_PX, (height, width))
            own = [field[..., *here] for field in fields[:2]] + [fields[2][..., *resize(here, 2)]]
            drawn = self._finish(
                x[..., *resize(here, 0.5)],
                condition[..., *here],
                grey[..., *here],
                _DrawnNoise(own),
            )
            residual[..., *resize(strip, 2)] = drawn[..., *resize(move_into(strip, here), 2)]
        return residual
