"""What a measure gives between two halves of the real images, and of others at the same size.

Every measure depends on how many images and patches it is given, and patches of one image are
alike. So images are halved, never patches, and what is compared with a floor is measured at the
floor's own sizes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]

Measure = Callable[[IntArray, IntArray], float]


@dataclass(frozen=True)
class Spread:
    """Values of one measure over random splits.

    Attributes:
        mean, sd: over the splits (sd with n - 1).
        values: one a split.
        images: images a side.
        patches: patches a side.
    """

    mean: float
    sd: float
    values: tuple[float, ...]
    images: int
    patches: int


def measure_floor(
    measure: Measure, groups: IntArray, *, patches: int, splits: int = 10, seed: int = 0
) -> Spread:
    """The measure between two halves of one set's images.

    Args:
        measure: called with the rows of the first and of the second half, two index arrays.
        groups: (N,) image of each row.
        patches: rows a side, drawn as evenly over the images as they allow; fewer where a half
            has fewer.
        splits: random halvings.
        seed: picks them.

    Raises:
        ValueError: if there are fewer than four images.
    """
    raise NotImplementedError


def measure_against(
    measure: Measure,
    real_groups: IntArray,
    other_groups: IntArray,
    *,
    patches: int,
    splits: int = 10,
    seed: int = 0,
) -> Spread:
    """The measure between real and other rows at the sizes of `measure_floor`.

    Args:
        measure: called with rows of the real set and rows of the other set.
        real_groups: (N,) image of each real row.
        other_groups: (M,) image of each other row.
        patches: as in `measure_floor`.
        splits: random draws of half of the real images, and of as many others (all of them where
            there are fewer).
        seed: picks them.

    Raises:
        ValueError: if there are fewer than four real images or no other.
    """
    raise NotImplementedError
