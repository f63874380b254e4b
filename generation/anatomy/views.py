"""One breast of a case, and the condition map of each of its views. Read this file first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation import seeds
from generation.anatomy.beam import place_map, project_tissue
from generation.anatomy.character import STYLE_LIMIT, Character, draw_character
from generation.anatomy.condition import (
    COARSE_SIGMA_MM,
    MAP_PIXEL_MM,
    ConditionMap,
    blur_inside,
)
from generation.anatomy.geometry import Outline, make_outline
from generation.anatomy.lines import draw_lines
from generation.anatomy.resampling import COARSE_MM, centres, enlarge, fill_outwards, shrink
from generation.anatomy.structure import Curve, draw_structure
from generation.anatomy.style import TextureStyle
from generation.anatomy.texture import FineTissue, draw_fine_tissue
from generation.anatomy.tissue import Tissue, make_tissue
from generation.physics.look import LOOKS, present
from generation.spec import CaseSpec

FloatArray = NDArray[np.float32]

NIPPLE_GREY = 0.30
DARKEST_GREY = 0.03
TILT_GREY = 0.028
GATHERED_STRANDS = np.float32(0.5)
TEXTURE_LIMIT = 0.40
LINE_GREY = 0.12
RIM_MM = 6.0
MUSCLE_MARGIN_MM = 6.0
GLAND_BEFORE_MUSCLE = 0.1


@dataclass(frozen=True)
class ViewAnatomy:
    """What the anatomy says about one view, left orientation.

    Attributes:
        outline: geometry of the view.
        condition: the network's input.
        gland: (h, w) at 0.2 mm, mean gland fraction along the beam.
    """

    outline: Outline
    condition: ConditionMap
    gland: FloatArray


@dataclass(frozen=True)
class BreastAnatomy:
    """One breast: its tissue and its two views ("cc", "mlo")."""

    tissue: Tissue
    views: dict[str, ViewAnatomy]


def make_breast(spec: CaseSpec, side: str) -> BreastAnatomy:
    """Draw one breast of a case; the same spec and seed give the same anatomy."""
    character = draw_character(spec)
    tissue = make_tissue(
        spec,
        character,
        shared_rng=seeds.generator(spec.seed, "anatomy"),
        side_rng=seeds.generator(spec.seed, "anatomy", side=side),
    )
    curves = draw_structure(spec, character, seeds.generator(spec.seed, "lines", side=side))
    views = {
        view: _make_view(spec, side, view, character=character, tissue=tissue, curves=curves)
        for view in ("cc", "mlo")
    }
    return BreastAnatomy(tissue, views)


def _make_view(
    spec: CaseSpec,
    side: str,
    view: str,
    *,
    character: Character,
    tissue: Tissue,
    curves: list[Curve],
) -> ViewAnatomy:
    step = round(COARSE_MM / MAP_PIXEL_MM)
    outline = make_outline(spec, view, side)
    rng = seeds.generator(spec.seed, "texture", side=side, view=view)
    fine = draw_fine_tissue(outline, spec, character, rng)
    mask = outline.mask(MAP_PIXEL_MM)
    small_mask = outline.mask(COARSE_MM)
    gland, walls = (
        place_map(values, outline, small_mask.shape)
        for values in project_tissue(tissue, spec, view)
    )
    gland = _clear_muscle(gland, outline)
    lines = draw_lines(curves, fine, gland, outline, spec, character, rng)
    grey = _compose_grey(gland, walls, fine, outline, character)
    grey += _draw_tilt(outline, grey.shape, rng)
    grey += LINE_GREY * shrink(lines, step)
    coarse = present(_blur(grey, small_mask, outline), spec.look)
    enlarged = enlarge(coarse, step)
    nipple_x, nipple_y = (value / MAP_PIXEL_MM for value in outline.nipple_xy_mm)
    condition = ConditionMap(
        mask,
        np.where(mask, enlarged, 0).astype(np.float32),
        (lines * mask).astype(np.float32),
        (nipple_x, nipple_y),
        _style_of(character, spec.look),
    )
    shown = enlarge(gland, step) * mask
    return ViewAnatomy(outline, condition, shown.astype(np.float32))


def _style_of(character: Character, look: str) -> TextureStyle:
    """The woman's texture as a look shows it."""
    shown = LOOKS[look]
    fine, middle = character.style.fine + shown.fine, character.style.middle + shown.middle
    return TextureStyle(
        fine=float(np.clip(fine, -STYLE_LIMIT, STYLE_LIMIT)),
        middle=float(np.clip(middle, -STYLE_LIMIT, STYLE_LIMIT)),
    )


def _compose_grey(
    gland: FloatArray, walls: FloatArray, fine: FineTissue, outline: Outline, character: Character
) -> FloatArray:
    """Presentation grey at 0.8 mm before the blur, from gland, lobule walls and fine tissue."""
    full = 1 - np.exp(-character.saturation)
    share = (1 - np.exp(-character.saturation * gland)) / full
    grey = character.fat_grey + (character.gland_grey - character.fat_grey) * share
    # Strong strands come together, so that a few stand out of many.
    strands = fine.strands * np.exp(GATHERED_STRANDS * np.clip(fine.gate, -2, 1.9))
    texture = character.strand_grey * strands + character.cloud_grey * fine.cloud
    texture *= 1 + (character.gland_texture - 1) * np.clip(2.5 * gland, 0, 1)
    # A spot brighter than strands ever are would be read as a finding.
    grey = grey + np.minimum(texture, TEXTURE_LIMIT)
    grey = grey + character.septa * walls
    y, x = centres(grey.shape)
    under_skin = np.clip(outline.skin_depth_mm(y)[:, None] - x[None, :], 0, None)
    grey = grey + character.rim_grey * np.exp(-under_skin / RIM_MM)
    return np.asarray(grey, np.float32)


def _blur(grey: FloatArray, mask: NDArray[np.bool_], outline: Outline) -> FloatArray:
    """The coarse channel at 0.8 mm, with the nipple in, and a border to enlarge over."""
    beyond = centres(grey.shape)[1] > outline.apex_x_mm
    shown = np.where(beyond[None, :], NIPPLE_GREY, np.maximum(grey, DARKEST_GREY))
    coarse = blur_inside(shown.astype(np.float32), mask, sigma_px=COARSE_SIGMA_MM / COARSE_MM)
    return fill_outwards(coarse, mask)


def _draw_tilt(outline: Outline, shape: tuple[int, ...], rng: np.random.Generator) -> FloatArray:
    """Slow slope of grey over the breast: paddle and display leave some of the thickness."""
    y, x = centres(shape)
    depthwise, upwards = TILT_GREY * rng.standard_normal(2)
    behind = np.clip(x / outline.apex_x_mm, 0, 1) - 0.5
    above = np.clip((outline.apex_y_mm - y) / outline.apex_x_mm, -1, 1)
    return np.asarray(depthwise * behind[None, :] + upwards * above[:, None], np.float32)


def _clear_muscle(gland: FloatArray, outline: Outline) -> FloatArray:
    """Gland lies before the muscle: little of it is left where the oblique shows the muscle."""
    if outline.pectoral_top_mm <= 0:
        return gland
    y, x = centres(gland.shape)
    before = x[None, :] - outline.pectoral_edge_mm(y)[:, None]
    kept = 1 / (1 + np.exp(np.clip(-(before - 1.5) / (MUSCLE_MARGIN_MM / 3), -30, 30)))
    return np.asarray(gland * (GLAND_BEFORE_MUSCLE + (1 - GLAND_BEFORE_MUSCLE) * kept), np.float32)
