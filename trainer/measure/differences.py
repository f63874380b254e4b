"""Before and after: what a figure rose by between two sets of other cases."""

from dataclasses import dataclass
from math import hypot
from typing import Protocol


class Interval(Protocol):
    """A figure with its 95 % interval; None without enough answers."""

    @property
    def value(self) -> float | None: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...


@dataclass(frozen=True)
class Difference:
    """After minus before with its 95 % interval; None where either figure is not known."""

    value: float | None
    low: float | None
    high: float | None
    enough: bool


def compare_unpaired(before: Interval, after: Interval) -> Difference:
    """Compare one figure of two sets of different cases, from the interval of each.

    The interval of the difference squares and adds the distances of both figures to their ends.
    Of two proportions with Wilson's intervals this is Newcombe's method 10; of two areas with
    normal intervals it is the normal interval of independent estimates.

    Source: Newcombe, Statistics in Medicine 17:873 (1998); Zou and Donner, Statistics in Medicine
    27:1693 (2008), for any two independent estimates.
    """
    first, second = (before.value, before.low, before.high), (after.value, after.low, after.high)
    if None in first or None in second:
        return Difference(None, None, None, enough=False)
    (p, p_low, p_high), (q, q_low, q_high) = first, second
    assert p is not None and p_low is not None and p_high is not None  # noqa: S101, PT018
    assert q is not None and q_low is not None and q_high is not None  # noqa: S101, PT018
    value = q - p
    return Difference(
        value, value - hypot(q - q_low, p_high - p), value + hypot(q_high - q, p - p_low), True
    )
