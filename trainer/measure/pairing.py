"""Which images stand for which: the pairs that are most alike, nothing used twice."""

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


def pair_alike(
    cost: FloatArray, *, first: NDArray[np.intp], second: NDArray[np.intp]
) -> list[tuple[int, int]]:
    """Pair rows with columns, the cheapest pair first; of a group only one member is used.

    Args:
        cost: (N, M) how unlike two are; inf where they may not be paired.
        first: (N,) group of each row, such as the woman it is of.
        second: (M,) group of each column.

    Returns:
        (row, column) pairs, the most alike first; as many as the groups and costs allow when
        taken greedily.
    """
    left = np.array(cost, np.float64)
    pairs: list[tuple[int, int]] = []
    while left.size and np.isfinite(left).any():
        row, column = np.unravel_index(int(np.argmin(left)), left.shape)
        pairs.append((int(row), int(column)))
        left[first == first[row]] = np.inf
        left[:, second == second[column]] = np.inf
    return pairs
