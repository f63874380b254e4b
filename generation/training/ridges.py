"""Long bright lines, measured so that a network can learn to draw them where they were asked for.

The same measure as the condition map's (`pairs.find_ridges`): the most negative eigenvalue of the
Hessian over two scales.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from generation.anatomy.channels import MAP_PIXEL_MM

RIDGE_SIGMAS_MM = (0.3, 0.5)


def measure_ridges(grey: Tensor) -> Tensor:
    """Strength of bright lines.

    Args:
        grey: (B, 1, 2h, 2w) at 0.1 mm.

    Returns:
        (B, 1, h, w) at 0.2 mm: curvature across the line times the square of the scale, in grey.
    """
    small = F.avg_pool2d(grey.float(), 2)
    strengths = []
    for sigma_mm in RIDGE_SIGMAS_MM:
        sigma = sigma_mm / MAP_PIXEL_MM
        flat, first, second = _gaussians(sigma, small.device)
        yy = _filter(small, second, flat)
        xx = _filter(small, flat, second)
        xy = _filter(small, first, first)
        smallest = (xx + yy) / 2 - torch.sqrt(((xx - yy) / 2) ** 2 + xy**2 + 1e-12)
        strengths.append(sigma**2 * F.relu(-smallest))
    return torch.stack(strengths).amax(dim=0)


def line_error(fake: Tensor, real: Tensor, lines: Tensor) -> Tensor:
    """How much the lines asked for differ in strength from the real ones, as a share of those.

    Args:
        fake, real: (B, 1, 2h, 2w) grey at 0.1 mm.
        lines: (B, 1, h, w) the condition's lines; elsewhere nothing is asked.
    """
    asked = (lines > 0).float()
    wanted = measure_ridges(real)
    missed = (measure_ridges(fake) - wanted).abs()
    return (missed * asked).sum() / (wanted * asked).sum().clamp(min=1e-3)


def _gaussians(sigma: float, device: torch.device) -> tuple[Tensor, Tensor, Tensor]:
    """A Gaussian and its first two derivatives, sampled to four standard deviations."""
    reach = int(4 * sigma + 0.5)
    x = torch.arange(-reach, reach + 1, dtype=torch.float32, device=device)
    flat = torch.exp(-0.5 * (x / sigma) ** 2)
    flat = flat / flat.sum()
    return flat, -x / sigma**2 * flat, (x**2 / sigma**4 - 1 / sigma**2) * flat


def _filter(image: Tensor, down: Tensor, across: Tensor) -> Tensor:
    """Separable filter, mirrored at the border."""
    reach = len(down) // 2
    padded = F.pad(image, (reach,) * 4, mode="reflect")
    return F.conv2d(F.conv2d(padded, down.view(1, 1, -1, 1)), across.view(1, 1, 1, -1))
