"""Nearest training patch in what a small network sees, rather than in pixels.

Training images are covered by patches at half overlap. Features are standardised over them, so
that no feature counts for more because its numbers are larger; a patch is laid on them in all its
poses.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from generation.auditing.matches import Match
from generation.auditing.places import Place, cover_places, cut
from generation.auditing.poses import POSES, pose
from generation.auditing.texture import PIXEL_MM

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]

EDGE_PX = 256
STEP_PX = EDGE_PX // 2
BATCH = 64

Extract = Callable[[FloatArray], NDArray[np.float64]]


class FeatureSearch:
    """The training images' patches, to be searched by features.

    Args:
        extract: (N, 256, 256) grey 0-1 at 0.1 mm to (N, D) features.
    """

    def __init__(self, extract: Extract) -> None:
        self.extract = extract
        self.places: list[tuple[str, Place]] = []
        self.parts: list[NDArray[np.float64]] = []

    def add(self, name: str, grey: FloatArray, inside: BoolArray) -> None:
        """Take in a training image at 0.1 mm; one without room for a patch is left out."""
        places = cover_places(inside, edge_px=EDGE_PX, step_px=STEP_PX)
        for start in range(0, len(places), BATCH):
            batch = places[start : start + BATCH]
            self.parts.append(self.extract(np.stack([cut(grey, at, EDGE_PX) for at in batch])))
            self.places += [(name, place) for place in batch]

    def find(self, patches: FloatArray) -> list[Match]:
        """The training patch most like each patch.

        Args:
            patches: (N, 256, 256) grey 0-1 at 0.1 mm.

        Returns:
            A match for each, at the Euclidean distance of standardised features over the square
            root of their number.

        Raises:
            ValueError: if no patch was added.
        """
        if not self.places:
            raise ValueError("there is no training patch to search")
        known = np.concatenate(self.parts)
        mean, spread = known.mean(axis=0), np.maximum(known.std(axis=0), 1e-9)
        known = (known - mean) / spread
        return [self._find(patch, known, mean, spread) for patch in patches]

    def _find(
        self,
        patch: FloatArray,
        known: NDArray[np.float64],
        mean: NDArray[np.float64],
        spread: NDArray[np.float64],
    ) -> Match:
        posed = np.stack([pose(patch, number) for number in POSES])
        features = (self.extract(posed) - mean) / spread
        squares = (
            (features**2).sum(axis=1)[:, None]
            + (known**2).sum(axis=1)[None]
            - 2 * features @ known.T
        )
        number, row = np.unravel_index(int(squares.argmin()), squares.shape)
        name, (top, left) = self.places[row]
        distance = float(np.sqrt(max(squares[number, row], 0) / known.shape[1]))
        return Match(distance, name, int(number), (top * PIXEL_MM, left * PIXEL_MM))
