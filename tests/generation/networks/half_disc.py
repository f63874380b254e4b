"""A made-up view: a half disc of one grey with its nipple at the right."""

from __future__ import annotations

import numpy as np

from generation.anatomy.condition import ConditionMap

SHAPE = (640, 448)


def make_half_disc(
    *, radius: int = 240, down: int = 0, shape: tuple[int, int] = SHAPE
) -> ConditionMap:
    """Condition (h, w) of a breast whose nipple lies 300 rows and `down` from the top."""
    y, x = np.mgrid[: shape[0], : shape[1]].astype(np.float32)
    mask = np.hypot(x, y - 300 - down) < radius
    flat = np.where(mask, np.float32(0.3), np.float32(0))
    return ConditionMap(mask, flat, flat * 0, (float(radius), 300.0 + down))
