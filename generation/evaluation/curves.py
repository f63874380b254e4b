"""Curves behind the page's figures: what a mean hides, with the real images' own spread."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generation.evaluation.described import Described
from generation.evaluation.tissue import SKIN_STEP_MM, SKIN_STEPS
from generation.quality.bands import PIXEL_MM
from generation.quality.histogram import BINS

Numbers = dict[str, Any]
Values = NDArray[np.float64]
AnyFloats = NDArray[np.floating[Any]]

# Of the real images: nine of ten lie between.
LOW, HIGH = 5.0, 95.0
ROC_POINTS = 101
NYQUIST_PER_MM = 0.5 / PIXEL_MM


def draw_spectra(sets: Mapping[str, Described]) -> Numbers:
    """Mean power in dB by frequency; "real" with its 5th and 95th percentile over images."""
    frequency, _ = sets["real"].spectra
    shown = (frequency > 0) & (frequency / PIXEL_MM <= NYQUIST_PER_MM)
    levels = {
        name: 10 * np.log10(np.maximum(described.spectra[1][:, shown], 1e-20))
        for name, described in sets.items()
    }
    return {"frequency_per_mm": (frequency[shown] / PIXEL_MM).tolist()} | _with_spread(levels)


def draw_histograms(sets: Mapping[str, Described]) -> Numbers:
    """Share of pixels by grey, the mean over images."""
    shares = {}
    for name, described in sets.items():
        ends = np.cumsum([len(image.patches) for image in described.images])[:-1]
        counts = np.stack([part.sum(axis=0) for part in np.split(described.greys, ends)])
        shares[name] = counts / counts.sum(axis=1, keepdims=True)
    grey = (np.arange(BINS) + 0.5) / BINS
    return {"grey": grey.tolist()} | _with_spread(shares)


def draw_skins(sets: Mapping[str, Described]) -> Numbers:
    """Mean grey by depth under the skin."""
    depth = (np.arange(SKIN_STEPS) + 0.5) * SKIN_STEP_MM
    skins = {name: described.skins for name, described in sets.items()}
    return {"depth_mm": depth.tolist()} | _with_spread(skins)


def draw_roc(real_scores: AnyFloats, other_scores: AnyFloats) -> Numbers:
    """Share of each set called drawn as the threshold falls: (false, true), 101 points each."""
    scores = np.concatenate([real_scores, other_scores])
    thresholds = np.quantile(scores, np.linspace(1, 0, ROC_POINTS))
    return {
        "false": [0.0, *(float((real_scores >= each).mean()) for each in thresholds)],
        "true": [0.0, *(float((other_scores >= each).mean()) for each in thresholds)],
    }


def _with_spread(rows: Mapping[str, Values]) -> Numbers:
    """Mean of each set's rows; the real ones' percentiles beside."""
    low, high = np.nanpercentile(rows["real"], (LOW, HIGH), axis=0)
    curves: Numbers = {name: np.nanmean(values, axis=0).tolist() for name, values in rows.items()}
    return curves | {"real_low": low.tolist(), "real_high": high.tolist()}
