"""A figure of several readers, each from cases of their own."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from trainer.measure.estimates import reach
from trainer.measure.mrmc import MINIMUM_READERS
from trainer.measure.proportions import find_slack


@dataclass(frozen=True)
class Average:
    """The mean over readers with its 95 % interval; None with too few of them.

    Attributes:
        value: mean, each reader counting once.
        low: end of the interval, with `high`.
        high: see there.
        readers: how many had a figure.
        n: on how many readings those rest together.
        enough: whether there is a value.
    """

    value: float | None
    low: float | None
    high: float | None
    readers: int
    n: int
    enough: bool


def average_over_readers(
    figures: Sequence[tuple[float, int]],
    *,
    lowest: float = 0.0,
    minimum_readers: int = MINIMUM_READERS,
) -> Average:
    """Average a figure over readers who read different cases, for readers like these.

    Readers are drawn, and what cases add to a reader's figure is in its spread among readers. It
    is Obuchowski and Rockette's analysis with cases nested in readers: no two readers share any.

    Args:
        figures: (figure, number of readings it rests on) of each reader who has one.
        lowest: smallest value that the figure can take; the largest is 1.
        minimum_readers: fewest readers for which an average is given.

    Source: Hillis, Statistics in Medicine 33:330 (2014); Student's interval of a mean.
    """
    readers, n = len(figures), sum(count for _, count in figures)
    if readers < max(minimum_readers, 2):
        return Average(None, None, None, readers, n, enough=False)
    values = np.array([value for value, _ in figures])
    mean, error = float(values.mean()), float(values.std(ddof=1) / np.sqrt(readers))
    half = reach(error, readers - 1) if error > 0 else find_slack(n)
    return Average(mean, max(mean - half, lowest), min(mean + half, 1.0), readers, n, enough=True)
