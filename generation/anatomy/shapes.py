"""Shapes fitted to real images: outlines as mean and modes, and the pectoral edge.

`fitted.json` is written by `scripts/fit_anatomy.py`, which says how; lengths are in units of the
breast's depth, heights are counted from the nipple's, downwards.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

Array = NDArray[np.float64]

FITTED_FILE = Path(__file__).with_name("fitted.json")
SCORE_LIMIT = 1.8
# Heights from the nipple, downwards, in units of the depth, at which outlines are given.
HEIGHTS = np.linspace(-2.0, 1.5, 141)
NIPPLE = int(np.abs(HEIGHTS).argmin())
# The skin falls away from the nipple; above this height the axilla may rise again.
AXILLA_HEIGHT = -0.85
# Above what the fitted images show the skin goes on falling away, ever less.
AXILLA_FALL = 0.30
AXILLA_FADE = 0.5
CORNER = 1.2  # steps of height over which the skin is rounded
HOLLOW = 0.3  # share of a hollow that stays


@dataclass(frozen=True)
class SkinModes:
    """Outline of one view: distance of the skin over direction, mean (n,) and modes (k, n).

    Directions are seen from the chest wall at the nipple's height, downwards from the nipple
    line; each mode is one standard deviation long.
    """

    angles_deg: Array
    mean: Array
    modes: Array

    def profile(self, scores: Array, *, axilla: bool) -> Array:
        """(len(HEIGHTS),) skin depth for (k,) scores in standard deviations, 1 at the nipple.

        Sums of modes can swell or dent the skin as no breast does: it may only fall away from
        the nipple, but for the axilla.
        """
        distance = self.mean + np.clip(scores, -SCORE_LIMIT, SCORE_LIMIT) @ self.modes
        distance = np.maximum(distance, 0.2) / distance[np.abs(self.angles_deg).argmin()]
        angles = np.radians(self.angles_deg)
        height = np.maximum.accumulate(distance * np.sin(angles))
        shape = np.interp(HEIGHTS, height, distance * np.cos(angles))
        if axilla:
            above = np.maximum(height[0] - HEIGHTS, 0)
            shape -= AXILLA_FALL * AXILLA_FADE * (1 - np.exp(-above / AXILLA_FADE))
        fold = int((HEIGHTS < AXILLA_HEIGHT).sum()) if axilla else 0
        shape[NIPPLE:] = np.minimum.accumulate(shape[NIPPLE:])
        shape[fold : NIPPLE + 1] = np.minimum.accumulate(shape[fold : NIPPLE + 1][::-1])[::-1]
        if not axilla:
            upper, lower = _round_out(shape[NIPPLE::-1]), _round_out(shape[NIPPLE:])
            shape = np.concatenate([upper[:0:-1], lower])
        # Skin bends slowly.
        shape = ndimage.gaussian_filter1d(shape, CORNER, mode="nearest")
        return np.asarray(np.minimum(shape / shape[NIPPLE], 1))


def _round_out(falling: Array) -> Array:
    """Take most of the hollow out of a skin that falls away: it may steepen, hardly flatten.

    The field of view of the fitted images often ends before the skin meets the chest wall.
    """
    steps = np.diff(falling)
    rounded = np.minimum.accumulate(steps)
    steps = HOLLOW * steps + (1 - HOLLOW) * rounded
    return np.asarray(np.maximum(falling[0] + np.concatenate([[0.0], np.cumsum(steps)]), 0))


@dataclass(frozen=True)
class PectoralShape:
    """Distribution of (top / depth, foot / apex height, curvature), normal within limits."""

    mean: Array
    root: Array
    low: Array
    high: Array

    def draw(self, normal: Array) -> Array:
        """Edge of (3,) standard normal draws."""
        return np.asarray(np.clip(self.mean + self.root @ normal, self.low, self.high))


@cache
def _read() -> dict[str, Any]:
    return dict(json.loads(FITTED_FILE.read_text()))


@cache
def skin_modes(view: str) -> SkinModes:
    """Fitted modes of "cc" or "mlo"."""
    part = _read()[view]
    return SkinModes(*(np.array(part[name]) for name in ("angles_deg", "mean", "modes")))


@cache
def pectoral_shape() -> PectoralShape:
    """Fitted distribution of the pectoral edge."""
    part = _read()["pectoral"]
    root = np.linalg.cholesky(np.array(part["covariance"]))
    mean, low, high = (np.array(part[name]) for name in ("mean", "low", "high"))
    return PectoralShape(mean, root, low, high)
