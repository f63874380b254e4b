"""A real and a drawn view cut to one size about the nipple: how large a breast is tells nothing.

Lengths are pixels of 0.1 mm, views are left-oriented: the chest wall at image left.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from generation.training.dicom import ImageError

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]

# Of the smaller breast of a pair: so that the piece is cut off behind in both, and above and below.
SHARE = 0.92
# Beyond the mask's edge, what the skin's fall-off leaves.
MARGIN_PX = 3
# Less than 3 cm of a breast is not enough to judge it by.
LEAST_PX = 300


@dataclass(frozen=True)
class Extent:
    """How far a breast, or a piece of one, reaches from its nipple.

    Attributes:
        depth: backwards, to the left edge.
        above, below: rows over and under the nipple's.
    """

    depth: int
    above: int
    below: int

    def to_json(self) -> dict[str, int]:
        return asdict(self)

    def distance(self, other: Extent) -> float:
        """How unlike in size two breasts are; 0.1 is about a tenth in every direction."""
        own, others = (np.log([each.depth, each.above, each.below]) for each in (self, other))
        return float(np.abs(own - others).mean())


def measure_extent(mask: BoolArray) -> Extent:
    """The extent of a breast (H, W).

    Raises:
        ImageError: if there is no breast, or too little of one.
    """
    if not mask.any():
        raise ImageError("no breast is seen in it")
    row, tip = _find_nipple(mask)
    rows = np.flatnonzero(mask.any(axis=1))
    extent = Extent(tip + 1, row - int(rows.min()), int(rows.max()) + 1 - row)
    if min(extent.depth, extent.above, extent.below) < LEAST_PX:
        raise ImageError("too little of the breast is seen around its nipple")
    return extent


def share_extent(first: Extent, second: Extent) -> Extent:
    """The piece that both breasts can give, cut off at the same places in both."""
    smallest = (
        min(getattr(first, name), getattr(second, name)) for name in ("depth", "above", "below")
    )
    depth, above, below = (int(SHARE * length) for length in smallest)
    return Extent(depth, above, below)


def cut(grey: FloatArray, mask: BoolArray, piece: Extent) -> tuple[FloatArray, BoolArray]:
    """The piece of a view (H, W) and of its mask, (above + below, depth + margin)."""
    row, tip = _find_nipple(mask)
    here = np.s_[row - piece.above : row + piece.below, tip + 1 - piece.depth : tip + 1 + MARGIN_PX]
    return grey[here], mask[here]


def _find_nipple(mask: BoolArray) -> tuple[int, int]:
    """(row, column) of the point in which a breast reaches farthest from the chest wall."""
    tip = int(np.flatnonzero(mask.any(axis=0)).max())
    return int(np.median(np.flatnonzero(mask[:, tip]))), tip
