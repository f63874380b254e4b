"""The eight ways of laying one square on another: quarter turns, each as it is or flipped.

Training flips its crops and turns them, so that a copy may lie in any of them.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Scalar = TypeVar("Scalar", bound=np.generic)

POSES = tuple(range(8))
# Of a whole breast, whose height is not its width: as it is, top to bottom, left to right, both.
UPRIGHT_POSES = (0, 1, 4, 5)


def pose(image: NDArray[Scalar], number: int) -> NDArray[Scalar]:
    """(h, w) image turned by number // 2 quarters, then flipped top to bottom if odd."""
    turned = np.rot90(image, number // 2)
    return turned[::-1] if number % 2 else turned


def name_pose(number: int) -> str:
    """In words, for the report: "turned by 90 degrees and flipped"."""
    turn = f"turned by {90 * (number // 2)} degrees" if number // 2 else "upright"
    return f"{turn} and flipped" if number % 2 else turn
