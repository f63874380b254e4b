"""Made-up breasts: half-discs of band-limited noise, each with a texture of its own."""

from __future__ import annotations

from functools import cache

import numpy as np
from scipy import ndimage

from generation.auditing.specimens import Specimen
from generation.auditing.texture import Texture

SIZE = (900, 640)


@cache
def make_breast(seed: int, *, size: tuple[int, int] = SIZE, view: str = "cc") -> Specimen:
    """A left-oriented image at 0.1 mm whose texture no other seed has."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[: size[0], : size[1]]
    across = (x / (size[1] - 20)) ** 2 + ((y - size[0] / 2) / (size[0] / 2 - 15)) ** 2
    inside = across < 1
    noise = sum(
        0.05 * scale * ndimage.gaussian_filter(rng.standard_normal(size), scale)
        for scale in (4, 12)
    )
    grey = np.clip(np.where(inside, 0.45 + noise, 0), 0, 1).astype(np.float32)
    return Specimen(f"breast {seed}", view, grey, inside)


def make_texture(seed: int, size: tuple[int, int]) -> Texture:
    """Smooth noise, all of it inside."""
    rng = np.random.default_rng(seed)
    values = ndimage.gaussian_filter(rng.standard_normal(size), 1.5).astype(np.float32)
    return Texture(values, np.ones(size, bool))
