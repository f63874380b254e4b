"""Pictures and sets that stand for real and drawn ones, small and quick to make."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy import ndimage

from generation.anatomy.condition import ConditionMap
from generation.evaluation.collection import Material
from generation.evaluation.redrawing import DensityRead
from generation.evaluation.tissue import SKIN_STEPS, TissueImage, TissueSet
from generation.quality.binding import Binding
from tests.generation.quality.fields import draw_tissue

BOUND = Binding(
    coarse=0.99,
    interior=0.98,
    coarse_rms=0.01,
    lines=0.7,
    lines_found=0.9,
    mask=0.99,
    nipple_mm=0.4,
    skin_mm=0.2,
    style_fine=0.1,
    style_middle=-0.1,
)


def draw_breast(height: int = 900, width: int = 700, seed: int = 0) -> np.ndarray:
    """(height, width) grey of a half disc of texture at 0.1 mm, chest wall at the left."""
    y, x = np.mgrid[:height, :width]
    mask = (x / (0.9 * width)) ** 2 + ((y - height / 2) / (0.45 * height)) ** 2 < 1
    texture = 0.3 + 0.05 * ndimage.gaussian_filter(
        np.random.default_rng(seed).standard_normal((height, width)), 3
    )
    return np.where(mask, texture, 0).astype(np.float32)


def make_image(number: int, *, exponent: float = 3.0, view: str = "cc") -> TissueImage:
    """One picture with two patches of a power-law field."""
    patches = np.round(draw_tissue(number, count=2, exponent=exponent) * 255).astype(np.uint8)
    return TissueImage(
        name=f"picture {number}",
        view=view,
        group=number,
        corners=((0, 0), (0, 256)),
        patches=patches,
        crop=patches[0],
        overview=patches[0][::4, ::4],
        skin=np.linspace(0.1, 0.3, SKIN_STEPS) + 0.001 * (number % 7),
        density="BC"[number % 2],
        density_read="BC"[number % 2],
        with_lesions=number % 3 == 0,
    )


def make_set(name: str, first: int, count: int = 12, *, exponent: float = 3.0) -> TissueSet:
    """Pictures numbered from `first`."""
    view = "mlo" if name == "cases_mlo" else "cc"
    images = [make_image(first + n, exponent=exponent, view=view) for n in range(count)]
    return TissueSet(
        name, tuple(replace(image, group=n, name=f"picture {n}") for n, image in enumerate(images))
    )


def make_map() -> ConditionMap:
    """A small condition map with air around the breast."""
    y, x = np.mgrid[:300, :260]
    mask = (x / 240) ** 2 + ((y - 150) / 140) ** 2 < 1
    coarse = np.where(mask, 0.3, 0).astype(np.float32)
    return ConditionMap(mask, coarse, np.zeros(mask.shape, np.float32), (239.0, 150.0))


def make_material() -> Material:
    """What `collect` would gather, of fields: drawn ones a little too smooth."""
    return Material(
        sets={
            "real": make_set("real", 0),
            "network": make_set("network", 100, exponent=3.4),
            "cases_cc": make_set("cases_cc", 200, exponent=3.4),
            "cases_mlo": make_set("cases_mlo", 300, 6, exponent=3.2),
        },
        bindings={"network": [BOUND] * 3, "cases_cc": [replace(BOUND, coarse=0.97)]},
        densities=[DensityRead("B", "B", "C"), DensityRead("C", "B", "C")],
        maps=[make_map()],
    )
