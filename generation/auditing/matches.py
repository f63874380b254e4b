"""What a search finds: the nearest place of the training images."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Match:
    """Nearest training neighbour of one image or patch.

    Attributes:
        distance: 0 for the same picture; of the pixel searches 1 - correlation.
        name: training image it lies in.
        pose: how the query was laid on it (`generation.auditing.poses`).
        at_mm: (down, right) in the training image of the query's upper left corner.
    """

    distance: float
    name: str
    pose: int
    at_mm: tuple[float, float]
