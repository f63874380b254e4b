"""Adversarial losses and the constraint that the coarse tissue stays where it was asked for.

Source: relativistic pairing loss with R1 and R2 penalties, Huang et al., "The GAN is dead; long
live the GAN!", NeurIPS 2024.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from generation.anatomy.condition import COARSE_SIGMA_MM

IMAGE_PIXEL_MM = 0.1
POOLED = 8


def pair_loss(preferred: Tensor, other: Tensor) -> Tensor:
    """Relativistic pairing loss: `preferred` should score above `other`, patch by patch."""
    return F.softplus(other - preferred).mean()


def gradient_penalty(discriminator: nn.Module, grey: Tensor, condition: Tensor) -> Tensor:
    """Zero-centred gradient penalty: mean over patches of |d score of a patch / d image|^2.

    Patches see mostly different pixels, so the gradient of the sum of their scores stands for all
    of them at once. In float32: bfloat16 loses small gradients of gradients.
    """
    grey = grey.detach().float().requires_grad_(True)
    scores = discriminator(grey, condition)
    (gradient,) = torch.autograd.grad(scores.sum(), grey, create_graph=True)
    return gradient.square().sum() / scores.numel()


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
