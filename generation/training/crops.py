"""Random crops of training pairs: flipped at random, never over an excluded lesion."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from generation.anatomy.channels import CHANNELS
from generation.training.pair import Pair

FloatArray = NDArray[np.float32]

LINES = CHANNELS.index("lines")
LATERAL = CHANNELS.index("nipple_lateral")
LINES_DROPPED = 0.2
LEAST_BREAST = 0.35
ATTEMPTS = 200


class CropSampler:
    """Draws batches of crops; every choice comes from the generator passed in.

    Args:
        pairs: training pairs; those smaller than a crop are left out.
        crop_px: edge of a crop on the 0.2 mm grid; the image crop is twice that at 0.1 mm.
        rng: numpy generator, the only source of randomness.
    """

    def __init__(self, pairs: Sequence[Pair], *, crop_px: int, rng: np.random.Generator) -> None:
        self.pairs = [pair for pair in pairs if min(pair.excluded.shape) >= crop_px]
        if not self.pairs:
            raise ValueError(f"no training image is as large as a crop of {crop_px} px")
        self.crop_px = crop_px
        self.rng = rng

    def draw(self, batch: int) -> tuple[torch.Tensor, torch.Tensor]:
        """(B, 1, 2c, 2c) grey 0-1 and (B, C, c, c) condition, float32."""
        crops = [self._draw_crop() for _ in range(batch)]
        greys, conditions = zip(*crops, strict=True)
        return torch.from_numpy(np.stack(greys)), torch.from_numpy(np.stack(conditions))

    def _draw_crop(self) -> tuple[FloatArray, FloatArray]:
        edge = self.crop_px
        for _ in range(ATTEMPTS):
            pair = self.pairs[self.rng.integers(len(self.pairs))]
            height, width = pair.excluded.shape
            y = int(self.rng.integers(height - edge + 1))
            x = int(self.rng.integers(width - edge + 1))
            here = np.s_[y : y + edge, x : x + edge]
            breast = pair.channels[0][here].mean(dtype=np.float32)
            if breast >= LEAST_BREAST and not pair.excluded[here].any():
                return self._augment(pair, y, x)
        raise ValueError(f"no crop free of lesions found in {ATTEMPTS} attempts")

    def _augment(self, pair: Pair, y: int, x: int) -> tuple[FloatArray, FloatArray]:
        edge = self.crop_px
        levels = pair.grey[None, 2 * y : 2 * (y + edge), 2 * x : 2 * (x + edge)]
        grey = levels.astype(np.float32) / np.float32(255)
        condition = pair.channels[:, y : y + edge, x : x + edge].astype(np.float32)
        if self.rng.random() < LINES_DROPPED:
            condition[LINES] = 0
        if self.rng.random() < 0.5:
            grey, condition = flip(grey, condition)
        return np.ascontiguousarray(grey), np.ascontiguousarray(condition)


def flip(grey: FloatArray, condition: FloatArray) -> tuple[FloatArray, FloatArray]:
    """(1, 2h, 2w) grey and (C, h, w) condition, top to bottom."""
    flipped = condition[:, ::-1].copy()
    flipped[LATERAL] *= -1
    return grey[:, ::-1], flipped
