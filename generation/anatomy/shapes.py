"""Shapes fitted to real images: skin profiles as mean and modes, and the pectoral edge.

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

Array = NDArray[np.float64]

FITTED_FILE = Path(__file__).with_name("fitted.json")
SCORE_LIMIT = 1.7
# The skin falls away from the nipple; above this height the axilla may rise again.
AXILLA_HEIGHT = -0.85
HOLLOW = 0.3  # share of a hollow that stays


@dataclass(frozen=True)
class SkinModes:
    """Skin depth over height of one view: mean (n,) and modes (k, n), each one sd long."""

    heights: Array
    mean: Array
    modes: Array

    def profile(self, scores: Array) -> Array:
        """(n,) depth over `heights` for (k,) scores in standard deviations, 1 at the nipple.

        Sums of modes can swell or dent the skin as no breast does: it may only fall away.
        """
        shape = self.mean + np.clip(scores, -SCORE_LIMIT, SCORE_LIMIT) @ self.modes
        nipple = int(np.abs(self.heights).argmin())
        shape = np.maximum(shape / shape[nipple], 0)
        fold = int((self.heights < AXILLA_HEIGHT).sum()) if self.heights[0] < -1.5 else 0
        shape[nipple:] = np.minimum.accumulate(shape[nipple:])
        shape[fold : nipple + 1] = np.minimum.accumulate(shape[fold : nipple + 1][::-1])[::-1]
        if fold == 0:
            shape = np.concatenate(
                [_round_out(shape[nipple::-1])[:0:-1], _round_out(shape[nipple:])]
            )
        return np.asarray(shape)


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
    return SkinModes(*(np.array(part[name]) for name in ("heights", "mean", "modes")))


@cache
def pectoral_shape() -> PectoralShape:
    """Fitted distribution of the pectoral edge."""
    part = _read()["pectoral"]
    root = np.linalg.cholesky(np.array(part["covariance"]))
    mean, low, high = (np.array(part[name]) for name in ("mean", "low", "high"))
    return PectoralShape(mean, root, low, high)
