"""What makes one woman's breasts hers: latents drawn once, shared by sides, views and exams.

Density says how much gland there is; these say how it lies and how its fat looks, so that two
women of one density differ. They come from their own stream: a woman keeps them along a ladder of
densities. Ranges are tuned on the statistics of the real coarse maps (docs/decisions/anatomy.md).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from generation import seeds
from generation.anatomy.style import TextureStyle
from generation.spec import CaseSpec

CHARACTER_STREAM = 1
# Of fine with middle strength over the training images; few lie farther out than the limit.
STYLE_CORRELATION, STYLE_LIMIT = 0.83, 1.8


@dataclass(frozen=True)
class Character:
    """Latents of one woman.

    Attributes:
        gathering: weight of the region where gland is likely, against chance; low is patchy.
        skin_fat, wall_fat: how far gland stays away from the skin and from the chest wall.
        centre: of that region (depth, lateral, superior) in units of depth and half width.
        reach: its semi-axes in the same units.
        cap: 0-1, how far gland hugs the front of the breast as a shell behind the skin.
        island_mm: largest size of gland's patches.
        exponent: of the tissue field's spectrum.
        stretch: of tissue along the lines to the nipple.
        edge: softness of gland's border in units of the field.
        lobule_mm: spacing of fat lobules.
        holes: how much the lobules cut the gland.
        septa: grey of the walls between lobules.
        streakiness: stretch of the fine strands along the lines to the nipple.
        strand_grey: amplitude of the fine strands in fat.
        gland_texture: how much stronger texture is in gland than in fat.
        cloud_grey: amplitude of structureless texture.
        fat_grey, gland_grey: grey of fat and of gland alone.
        saturation: how soon gland's grey saturates.
        lines: amount of linear structure, 1 the usual.
        vessels: amount of vessels, 1 the usual.
        rim_grey: how much brighter the tissue under the skin is.
        style: strength of fine and of middle texture.
    """

    gathering: float
    skin_fat: float
    wall_fat: float
    centre: tuple[float, float, float]
    reach: tuple[float, float, float]
    cap: float
    island_mm: float
    exponent: float
    stretch: float
    edge: float
    lobule_mm: float
    holes: float
    septa: float
    streakiness: float
    strand_grey: float
    gland_texture: float
    cloud_grey: float
    fat_grey: float
    gland_grey: float
    saturation: float
    lines: float
    vessels: float
    rim_grey: float
    style: TextureStyle


def draw_character(spec: CaseSpec) -> Character:
    """The latents of the woman of a spec; its density does not enter."""
    rng = seeds.generator(spec.seed, "anatomy", index=CHARACTER_STREAM)
    strand_grey = _lognormal(rng, 0.048, 0.33)
    return Character(
        gathering=float(0.15 + 1.9 * rng.beta(1.3, 1.7)),
        skin_fat=float(rng.uniform(0.0, 1.5)),
        wall_fat=float(rng.uniform(0.0, 1.5)),
        centre=(
            float(rng.normal(0.36, 0.13)),
            float(rng.normal(0.22, 0.19)),
            float(rng.normal(0.08, 0.18)),
        ),
        reach=(
            float(rng.uniform(0.30, 0.70)),
            float(rng.uniform(0.40, 1.0)),
            float(rng.uniform(0.45, 0.85)),
        ),
        cap=float(rng.beta(1.2, 2.2)),
        island_mm=float(np.exp(rng.uniform(np.log(28), np.log(190)))),
        exponent=float(rng.uniform(2.3, 3.6)),
        stretch=float(rng.uniform(1.1, 2.8)),
        edge=float(np.exp(rng.uniform(np.log(0.07), np.log(0.3)))),
        lobule_mm=float(rng.uniform(17, 31)),
        holes=float(rng.uniform(0.1, 1.3)),
        septa=_lognormal(rng, 0.22, 0.4),
        streakiness=float(rng.uniform(1.0, 4.0)),
        strand_grey=strand_grey,
        gland_texture=float(rng.uniform(1.8, 3.4)),
        cloud_grey=strand_grey * float(rng.uniform(0.3, 0.8)),
        fat_grey=float(np.clip(rng.normal(0.105, 0.025), 0.05, 0.19)),
        gland_grey=float(np.clip(rng.normal(0.635, 0.07), 0.46, 0.84)),
        saturation=float(rng.uniform(0.8, 3.2)),
        lines=_lognormal(rng, 1.0, 0.22),
        vessels=_lognormal(rng, 1.0, 0.5),
        rim_grey=float(rng.normal(0.12, 0.06)),
        style=_draw_style(rng),
    )


def _draw_style(rng: np.random.Generator) -> TextureStyle:
    fine, own = np.clip(rng.standard_normal(2), -STYLE_LIMIT, STYLE_LIMIT)
    middle = STYLE_CORRELATION * fine + np.sqrt(1 - STYLE_CORRELATION**2) * own
    return TextureStyle(fine=float(fine), middle=float(middle))


def _lognormal(rng: np.random.Generator, median: float, sigma: float) -> float:
    return float(median * np.exp(np.clip(rng.normal(0, sigma), -2.2 * sigma, 2.2 * sigma)))
