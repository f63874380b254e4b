"""Adversarial losses, and how far the coarse tissue lies from where it was asked for.

Source: hinge loss after Lim and Ye, Geometric GAN, 2017; real images with another image's
condition count as false too, after Reed et al., ICML 2016.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional as F

from generation.anatomy.channels import COARSE_SIGMA_MM

IMAGE_PIXEL_MM = 0.1
POOLED = 8


def call_true(scores: Sequence[Tensor]) -> Tensor:
    """Loss of a discriminator on images it should call true: mean over its score maps."""
    return torch.stack([F.relu(1 - score.float()).mean() for score in scores]).mean()


def call_false(scores: Sequence[Tensor]) -> Tensor:
    """Loss of a discriminator on images it should call false: mean over its score maps."""
    return torch.stack([F.relu(1 + score.float()).mean() for score in scores]).mean()


def please(scores: Sequence[Tensor]) -> Tensor:
    """Loss of a generator whose images got these scores."""
    return -torch.stack([score.float().mean() for score in scores]).mean()


def coarse_error(fake: Tensor, real: Tensor) -> Tensor:
    """Mean absolute difference of two images (B, 1, H, W) after the condition map's own blur."""
    residual = F.avg_pool2d(fake.float() - real.float(), POOLED)
    sigma = COARSE_SIGMA_MM / (IMAGE_PIXEL_MM * POOLED)
    reach = int(2 * sigma)
    offsets = torch.arange(-reach, reach + 1, device=fake.device, dtype=torch.float32)
    kernel = torch.exp(-0.5 * (offsets / sigma) ** 2)
    kernel = kernel / kernel.sum()
    residual = F.conv2d(residual, kernel.view(1, 1, -1, 1))
    return F.conv2d(residual, kernel.view(1, 1, 1, -1)).abs().mean()
