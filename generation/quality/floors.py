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

MIN_IMAGES = 4

Measure = Callable[[IntArray, IntArray], float]


@dataclass(frozen=True)
class Spread:
    """Values of one measure over random splits.

    Attributes:
        mean, sd: over the splits (sd with n - 1).
        values: one a split.
        images: images a side (fewer of the others where there are fewer).
        patches: patches a side, in the split that had fewest.
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
    names = np.unique(groups)
    if len(names) < MIN_IMAGES:
        raise ValueError(f"{len(names)} images cannot be halved; at least {MIN_IMAGES} are needed")
    rng = np.random.default_rng(seed)
    drawn = []
    for _ in range(splits):
        mixed = rng.permutation(names)
        first, second = mixed[: len(names) // 2], mixed[len(names) // 2 : len(names) // 2 * 2]
        drawn.append(_draw_pair((groups, first), (groups, second), patches, rng))
    return _spread(measure, drawn, len(names) // 2)


def measure_against(
    measure: Measure,
    real_groups: IntArray,
    other_groups: IntArray,
    *,
    patches: int,
    splits: int = 10,
    seed: int = 0,
    paired: bool = False,
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
        paired: equal numbers in both groups name one layout, such as a real image and what was
            drawn on its map. No layout is on both sides of a draw, as none is of a floor's: half
            of the women twice would bring any two sets nearer than two halves of one.

    Raises:
        ValueError: if there are fewer than four real images or no other.
    """
    names, others = np.unique(real_groups), np.unique(other_groups)
    if len(names) < MIN_IMAGES or len(others) == 0:
        raise ValueError(f"{len(names)} real and {len(others)} other images are too few")
    rng = np.random.default_rng(seed)
    half = len(names) // 2
    drawn = []
    for _ in range(splits):
        first = rng.permutation(names)[:half]
        free = np.setdiff1d(others, first) if paired else others
        second = rng.permutation(free)[:half]
        drawn.append(_draw_pair((real_groups, first), (other_groups, second), patches, rng))
    return _spread(measure, drawn, half)


def _draw_pair(
    first: tuple[IntArray, IntArray],
    second: tuple[IntArray, IntArray],
    patches: int,
    rng: np.random.Generator,
) -> tuple[IntArray, IntArray]:
    """Equally many rows of the wanted images of each side, each side as (groups, images)."""
    held = min(int(np.isin(groups, images).sum()) for groups, images in (first, second))
    count = min(patches, held)
    return draw_rows(*first, count, rng), draw_rows(*second, count, rng)


def draw_rows(groups: IntArray, images: IntArray, count: int, rng: np.random.Generator) -> IntArray:
    """`count` rows of the wanted images, as evenly over them as they allow, in row order.

    Args:
        groups: (N,) image of each row.
        images: the wanted ones.
        count: rows; all of theirs where they have fewer.
        rng: stream that picks.
    """
    rows = rng.permutation(np.flatnonzero(np.isin(groups, images)))
    seen: dict[int, int] = {}
    turn = np.empty(len(rows), np.int64)
    for place, group in enumerate(groups[rows]):
        turn[place] = seen.get(int(group), 0)
        seen[int(group)] = int(turn[place]) + 1
    return np.sort(rows[np.argsort(turn, kind="stable")[:count]])


def _spread(measure: Measure, drawn: list[tuple[IntArray, IntArray]], images: int) -> Spread:
    values = np.array([measure(first, second) for first, second in drawn])
    sd = float(values.std(ddof=1)) if len(values) > 1 else 0.0
    smallest = min(len(first) for first, _ in drawn)
    return Spread(float(values.mean()), sd, tuple(map(float, values)), images, smallest)
