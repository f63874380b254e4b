"""How hard a case is likely to be before anybody has read it.

b ~ N(c - gamma x, sigma^2) with x = standardised ln d' for items that hold a lesion. The wide
sigma says that this is a start: every answer then teaches the item as well as the reader.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from scipy.special import ndtri

from trainer.measure.ability import Ability, Difficulty, load_item
from trainer.measure.probit import measure_spread

GAMMA: Final = 1.2
RESIDUAL_SD: Final = 0.7

# Below this a finding leaves no measurable trace; the floor keeps the logarithm finite.
_LEAST_DPRIME: Final = 0.01
# x beyond this says no more: an item is then as good as certain either way.
_LARGEST_X: Final = 2.5

# Volumetric fractions that part the density classes (design/generation.md).
DENSITY_CUTS: Final = (0.035, 0.075, 0.155)
# ln-distance from the nearest cut at which a density is as easy as the average one: half of
# the half-width of classes B and C, whose edges lie a factor of about 2.1 apart.
_TYPICAL_CUT_DISTANCE: Final = 0.18

# A place that looks like a lesion tempts, and a benign look-alike does so by design. How much is
# assumed, less than a lesion's own d' counts, until readings are there to fit it. Cases whose
# tissue was not measured go by their density.
NORMAL_GAMMA: Final = 0.6
_NORMAL_BY_DENSITY: Final[Mapping[str, float]] = {"A": -0.4, "B": -0.1, "C": 0.2, "D": 0.4}
_LOOK_ALIKE: Final = 0.5
_LEAST_LIKENESS: Final = 0.01


@cache
def load_cold_start() -> Mapping[str, Any]:
    """Load the constants that standardise ln d' and ln likeness, with how they were obtained."""
    return dict(json.loads((Path(__file__).parent / "cold_start.json").read_text()))


def combine_dprimes(dprimes: Sequence[float]) -> float:
    """Combine the detectability of one finding in its views: independent looks add in squares.

    Args:
        dprimes: d' of each view that shows the finding, each 0 or more.

    Raises:
        ValueError: if there is none, or one is negative or not a number.
    """
    values = np.asarray(dprimes, dtype=np.float64)
    if values.size == 0 or not (np.isfinite(values).all() and (values >= 0).all()):
        raise ValueError("d' must be given, finite and not negative")
    return float(np.sqrt((values**2).sum()))


def start_lesion_difficulty(dprimes: Sequence[float | None], competency: str) -> Difficulty:
    """Start the difficulty of finding or describing a lesion: the more visible, the easier.

    Args:
        dprimes: d' in each view that shows the lesion; None where it was not measured.
        competency: the one that finding such a lesion exercises.

    Returns:
        The start; where no d' is known, as uncertain as a lesion drawn at random.

    Raises:
        ValueError: if no view is given, a d' is negative or the competency has no constants.
    """
    scale = _scale_of(competency)
    known = [dprime for dprime in dprimes if dprime is not None]
    if dprimes and not known:
        return Difficulty(0.0, GAMMA**2 + RESIDUAL_SD**2)
    combined = max(combine_dprimes(known), _LEAST_DPRIME)
    x = float(np.clip((np.log(combined) - scale["mean"]) / scale["sd"], -_LARGEST_X, _LARGEST_X))
    return Difficulty(-GAMMA * x, RESIDUAL_SD**2)


def start_normal_difficulty(
    density: str, *, likeness: float | None = None, look_alikes: int = 0
) -> Difficulty:
    """Start the difficulty of leaving tissue unmarked, from what the case offers to mark.

    Args:
        density: A to D.
        likeness: how lesion-like the worst place of the tissue is, 0 or more
            (`generation.quality.lesion_likeness`); None where it was not measured.
        look_alikes: number of benign findings in the case.

    Raises:
        ValueError: if the density is unknown, or the likeness or the number negative.
    """
    if density not in _NORMAL_BY_DENSITY or look_alikes < 0:
        raise ValueError("the density must be A to D and the number of look-alikes 0 or more")
    mean = _NORMAL_BY_DENSITY[density] if likeness is None else _rate_tissue(likeness)
    return Difficulty(mean + (_LOOK_ALIKE if look_alikes else 0.0), RESIDUAL_SD**2)


def _rate_tissue(likeness: float) -> float:
    """Mean difficulty of tissue whose worst place is so lesion-like."""
    if not (np.isfinite(likeness) and likeness >= 0):
        raise ValueError("the likeness must be finite and not negative")
    scale = load_cold_start()["ln_likeness"]
    x = (np.log(max(likeness, _LEAST_LIKENESS)) - scale["mean"]) / scale["sd"]
    return float(NORMAL_GAMMA * np.clip(x, -_LARGEST_X, _LARGEST_X))


def start_density_difficulty(fraction: float | None) -> Difficulty:
    """Start the difficulty of naming the density: the nearer a class boundary, the harder.

    Args:
        fraction: volumetric fraction of gland, 0 to 1; None where the case does not tell.

    Raises:
        ValueError: if the fraction is outside 0 to 1.
    """
    if fraction is None:
        return Difficulty(0.0, RESIDUAL_SD**2)
    if not 0 < fraction < 1:
        raise ValueError("the volumetric fraction must lie between 0 and 1")
    distance = float(np.abs(np.log(fraction / np.array(DENSITY_CUTS))).min())
    mean = 1 - distance / _TYPICAL_CUT_DISTANCE
    return Difficulty(max(mean, -_LARGEST_X), RESIDUAL_SD**2)


def find_wanted_difficulty(
    ability: Ability, *, competency: str, sign: int, p: float, variance: float = RESIDUAL_SD**2
) -> float:
    """Find the difficulty b* at which this reader answers rightly with probability p.

    Args:
        ability: what is known of the reader.
        competency: which ability the item asks for.
        sign: how the criterion enters.
        p: wanted probability of a right answer, between 0 and 1.
        variance: how uncertain the item's difficulty is.

    Raises:
        ValueError: if p is not between 0 and 1.

    Source: design/learning.md, "Next case".
    """
    if not 0 < p < 1:
        raise ValueError("the wanted probability must lie between 0 and 1")
    loading = load_item(ability, competency, sign)
    spread = measure_spread(ability.covariance, loading, variance)
    return float(loading @ ability.mean - ndtri(p) * spread)


def find_wanted_dprime(difficulty: float, competency: str) -> float:
    """Find the d' that a lesion of this difficulty is expected to have: the start, inverted."""
    scale = _scale_of(competency)
    x = float(np.clip(-difficulty / GAMMA, -_LARGEST_X, _LARGEST_X))
    return float(np.exp(scale["mean"] + scale["sd"] * x))


def _scale_of(competency: str) -> Mapping[str, float]:
    scales: Mapping[str, Mapping[str, float]] = load_cold_start()["ln_dprime"]
    if competency not in scales:
        raise ValueError(f"no cold-start constants for {competency!r}")
    return scales[competency]
