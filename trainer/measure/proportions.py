"""Shares with honest intervals."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import ndtri

# Below this many answers a share is not shown: at 10 the 95 % interval still spans half the scale.
MINIMUM_N: Final = 10


@dataclass(frozen=True)
class Proportion:
    """A share with its 95 % interval; without enough answers the figures are None."""

    value: float | None
    low: float | None
    high: float | None
    n: int
    enough: bool


def compute_wilson_interval(
    successes: int, n: int, *, confidence: float = 0.95
) -> tuple[float, float]:
    """Compute Wilson's score interval of a proportion, without continuity correction.

    Args:
        successes: number of successes, 0 to n.
        n: number of trials, at least 1.
        confidence: coverage, between 0 and 1.

    Returns:
        (low, high), within 0 to 1.

    Raises:
        ValueError: if the counts or the confidence are out of range.

    Source: Wilson 1927; Newcombe, Statistics in Medicine 17:857 (1998), method 3.
    """
    if n < 1 or not 0 <= successes <= n:
        raise ValueError("successes must lie between 0 and n, and n be at least 1")
    if not 0 < confidence < 1:
        raise ValueError("the confidence must lie between 0 and 1")
    z = float(ndtri(0.5 + confidence / 2))
    share = successes / n
    centre = share + z * z / (2 * n)
    spread = z * float(np.sqrt(share * (1 - share) / n + z * z / (4 * n * n)))
    scale = 1 + z * z / n
    low = 0.0 if successes == 0 else (centre - spread) / scale
    high = 1.0 if successes == n else (centre + spread) / scale
    return low, high


def find_slack(cases: int) -> float:
    """How far off a figure may be that all cases agree on: exact for that many right answers.

    Source: Clopper and Pearson, Biometrika 26:404 (1934), for n of n.
    """
    return float(1 - 0.025 ** (1 / cases))


def estimate_proportion(successes: int, n: int, *, minimum_n: int = MINIMUM_N) -> Proportion:
    """Estimate a share with its 95 % Wilson interval, or say that there is not enough to.

    Args:
        successes: number of successes, 0 to n.
        n: number of trials; 0 is allowed and is never enough.
        minimum_n: fewest trials for which a figure is given.

    Raises:
        ValueError: if the counts are out of range.
    """
    if not 0 <= successes <= n:
        raise ValueError("successes must lie between 0 and n")
    if n < max(minimum_n, 1):
        return Proportion(value=None, low=None, high=None, n=n, enough=False)
    low, high = compute_wilson_interval(successes, n)
    return Proportion(value=successes / n, low=low, high=high, n=n, enough=True)
