"""What training learns from: a real image, or a part of one, and the condition that goes with it.

Numpy alone: a machine that trains from shards has neither scipy nor Pillow.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Pair:
    """One real image with its condition.

    Attributes:
        grey: (2h, 2w) uint8 at 0.1 mm, background set to 0.
        channels: (C, h, w) float16 condition at 0.2 mm.
        excluded: (h, w) bool, pixels no crop may hold.
    """

    grey: NDArray[np.uint8]
    channels: NDArray[np.float16]
    excluded: NDArray[np.bool_]
