"""Draws that several kinds of finding share."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np


def choose(rng: np.random.Generator, shares: Mapping[str, float]) -> str:
    """One key, each as often as its share of the sum."""
    weights = np.array(list(shares.values()))
    return str(rng.choice(list(shares), p=weights / weights.sum()))


def draw_log_normal(
    rng: np.random.Generator, median: float, log_sd: float, low: float, high: float
) -> float:
    """A log-normal draw held between `low` and `high`, to one decimal."""
    drawn = math.exp(rng.normal(math.log(median), log_sd))
    return round(float(np.clip(drawn, low, high)), 1)


def draw_normal(rng: np.random.Generator, mean: float, sd: float, low: float, high: float) -> float:
    """A normal draw held between `low` and `high`, to one decimal."""
    return round(float(np.clip(rng.normal(mean, sd), low, high)), 1)
