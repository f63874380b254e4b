"""Grain: what a mammogram shows above two cycles per millimetre, which is noise nearly alone.

A network that draws on a grid and enlarges leaves a lattice there, and no amount of training took
it away. So the network draws up to that frequency, and beyond it stands noise: white, filtered by
a few small kernels, each as strong as the place asks. How strong is a log-linear law of what the
noise of real images follows (style of the image, grey, nearness of the skin, activity of the
tissue), fitted to the training images by `scripts/fit_grain.py`; kernels and law are then learnt
on with the rest, and the network may correct the strength.

The noise of a processed image is no quantum noise of a known spectrum any more: windows of 3.2 mm
of 86 training images were what told that these four decide it.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from generation.anatomy.channels import CHANNELS, SKIN_REACH_MM, STYLE_REACH

FloatArray = NDArray[np.float64]

FITTED = Path(__file__).with_name("grain.json")
PIXEL_MM = 0.1
# The network's share ends between these, in cycles per mm; what an upsampling leaves begins at 2.5.
PASS_PER_MM, STOP_PER_MM = 1.5, 2.5
LOWPASS_TAPS, LOWPASS_BETA = 13, 2.2
# Four image pixels are the step between the network's two finest scales.
LATTICE_PER_MM = 2.5
# Kernels divide the frequencies beyond between these; the strength of each is its own.
KNOTS_PER_MM = (2.0, 3.4, 4.8, 6.4)
TAPS, TAPS_BETA = 11, 1.0
DESIGN_PX = 64
# Strengths are reckoned on a grid of 0.8 mm: 8 image pixels, 4 map pixels.
POOL_PX, POOL_MAP_PX = 8, 4
NEAR_SKIN_MM = 6.0
# Of the log strength, for a network that is not trained yet.
LIMITS = (-12.0, -1.0)
LAW = ("one", "fine_texture", "grey", "grey squared", "near skin", "activity")

MASK, SKIN = CHANNELS.index("mask"), CHANNELS.index("skin_distance")
FINE = CHANNELS.index("fine_texture")


class Grain(nn.Module):
    """Replace everything beyond the network's share by noise.

    Args:
        width: features of the scale at 0.4 mm, which may correct the strength.

    Attributes:
        kernels: (K, 1, t, t), in the order of `KNOTS_PER_MM`.
        law: (K, 6) coefficients of the log strength, in the order of `LAW`.
        correct: features -> what is added to the log strengths; nothing at first.
    """

    lowpass: Tensor

    def __init__(self, width: int) -> None:
        super().__init__()
        fitted = json.loads(FITTED.read_text())
        kernels = design_kernels(np.array(fitted["anisotropy"]))
        self.kernels = nn.Parameter(torch.tensor(kernels, dtype=torch.float32)[:, None])
        self.law = nn.Parameter(torch.tensor(fitted["law"], dtype=torch.float32))
        self.correct = nn.Conv2d(width, len(KNOTS_PER_MM), 1)
        nn.init.zeros_(self.correct.weight)
        nn.init.zeros_(self.correct.bias)  # type: ignore[arg-type]
        taps = torch.tensor(design_lowpass(), dtype=torch.float32)
        self.register_buffer("lowpass", taps, persistent=False)

    def forward(self, grey: Tensor, condition: Tensor, features: Tensor, white: Tensor) -> Tensor:
        """Give an image its grain.

        Args:
            grey: (B, 1, 2h, 2w) as the network draws it, h and w multiples of `POOL_MAP_PX`.
            condition: (B, C, h, w).
            features: (B, width, h/2, w/2).
            white: (B, 1, 2h, 2w) standard normal noise.

        Returns:
            (B, 1, 2h, 2w) float32.
        """
        with torch.autocast(grey.device.type, enabled=False):
            smooth = self.smooth(grey.float())
            correction = F.avg_pool2d(self.correct(features.float()), POOL_MAP_PX // 2)
            wanted = self.reckon_strength(smooth, condition.float(), correction)
            return self.add_noise(smooth, wanted, white.float())

    def add_noise(self, smooth: Tensor, wanted: Tensor, white: Tensor) -> Tensor:
        """(B, 1, 2h, 2w) of strengths (B, K, h/4, w/4) and white noise as large as the image."""
        strength = F.interpolate(wanted, scale_factor=POOL_PX, mode="bilinear")
        noise = F.conv2d(white, self.kernels, padding=TAPS // 2)
        return smooth + (strength * noise).sum(1, keepdim=True)

    def smooth(self, grey: Tensor) -> Tensor:
        """(B, 1, H, W) without what lies beyond the network's share."""
        reach = LOWPASS_TAPS // 2
        grey = F.pad(grey, (reach,) * 4, mode="replicate")
        grey = F.conv2d(grey, self.lowpass.view(1, 1, -1, 1))
        return F.conv2d(grey, self.lowpass.view(1, 1, 1, -1))

    def reckon_strength(self, smooth: Tensor, condition: Tensor, correction: Tensor) -> Tensor:
        """(B, K, h/4, w/4) strength of each kernel's noise.

        Args:
            smooth: (B, 1, 2h, 2w).
            condition: (B, C, h, w).
            correction: (B, K, h/4, w/4), added to the logs.
        """
        # The drawing is judged as it is, not for the noise that it calls for.
        terms = describe_places(smooth.detach(), condition)
        logs = torch.einsum("kc,bchw->bkhw", self.law, terms) + correction
        return logs.clamp(*LIMITS).exp()


def describe_places(smooth: Tensor, condition: Tensor) -> Tensor:
    """(B, 6, h/4, w/4) what the strength of noise depends on, in the order of `LAW`.

    Args:
        smooth: (B, 1, 2h, 2w) grey without noise.
        condition: (B, C, h, w).
    """
    pooled = F.avg_pool2d(condition, POOL_MAP_PX)
    share = pooled[:, MASK : MASK + 1].clamp(min=0.05)
    fine = STYLE_REACH * pooled[:, FINE : FINE + 1] / share
    skin_mm = SKIN_REACH_MM * pooled[:, SKIN : SKIN + 1] / share
    grey = F.avg_pool2d(smooth, POOL_PX)
    half = F.avg_pool2d(smooth, 2)
    band = half - F.avg_pool2d(half, 5, 1, 2, count_include_pad=False)
    energy = F.avg_pool2d(band * band, POOL_PX // 2)
    energy = F.avg_pool2d(energy, 3, 1, 1, count_include_pad=False)
    activity = 0.5 * torch.log(energy + 1e-8)
    terms = [torch.ones_like(grey), fine, grey, grey * grey, torch.exp(-skin_mm / NEAR_SKIN_MM)]
    return torch.cat([*terms, activity], dim=1)


def design_lowpass() -> FloatArray:
    """(t,) windowed sinc along one axis; its sum is 1, and the lattice's frequency stays behind."""
    cut = (PASS_PER_MM + STOP_PER_MM) / 2 * PIXEL_MM
    at = np.arange(LOWPASS_TAPS) - LOWPASS_TAPS // 2
    window = np.kaiser(LOWPASS_TAPS, LOWPASS_BETA)
    taps = 2 * cut * np.sinc(2 * cut * at) * window
    lattice = np.cos(2 * np.pi * LATTICE_PER_MM * PIXEL_MM * at)
    taps -= (taps @ lattice) / (window @ lattice**2) * window * lattice
    return np.asarray(taps / taps.sum())


def design_kernels(anisotropy: FloatArray) -> FloatArray:
    """(K, t, t) kernels whose powers, and the lowpass's, add up to all frequencies.

    Args:
        anisotropy: (K,) log of power along rows over along columns of each, half of it.
    """
    frequency = np.fft.fftfreq(DESIGN_PX, PIXEL_MM)
    radius = np.hypot(frequency[:, None], frequency[None, :])
    angle = np.arctan2(frequency[:, None], frequency[None, :])
    passed = np.abs(np.fft.fft(design_lowpass(), DESIGN_PX))
    rest = np.sqrt(1 - np.clip(passed[:, None] * passed[None, :], 0, 1) ** 2)
    window = np.outer(np.kaiser(TAPS, TAPS_BETA), np.kaiser(TAPS, TAPS_BETA))
    middle = slice(DESIGN_PX // 2 - TAPS // 2, DESIGN_PX // 2 + TAPS // 2 + 1)
    kernels = []
    for part, skew in zip(np.eye(len(KNOTS_PER_MM)), anisotropy, strict=True):
        share = np.interp(radius, KNOTS_PER_MM, part) * rest
        spread = np.fft.ifft2(share * np.exp(0.5 * skew * np.cos(2 * angle))).real
        kernel = np.fft.fftshift(spread)[middle, middle] * window
        kernels.append(kernel - kernel.mean())
    return np.stack(kernels)
