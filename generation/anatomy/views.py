"""From 3D tissue, curves and fine tissue to the condition map of each view."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation import seeds
from generation.anatomy.character import Character, draw_character
from generation.anatomy.condition import (
    COARSE_SIGMA_MM,
    MAP_PIXEL_MM,
    ConditionMap,
    blur_inside,
)
from generation.anatomy.geometry import PIXEL_MM, Outline, make_outline, project
from generation.anatomy.structure import Curve, draw_structure
from generation.anatomy.texture import COARSE_STEP, FINE_MM, FineTissue, draw_fine_tissue
from generation.anatomy.tissue import VOXEL_MM, Tissue, make_tissue
from generation.frame import oblique_mm
from generation.spec import CaseSpec

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]

CHORD_STEPS = 40
COARSE_MM = FINE_MM * COARSE_STEP
LINE_SIGMA_PX = 1.25
WIDE_LINE_MM = 1.2
WIDE_SIGMA_PX = 1.8
SKIN_LINE_MM = 1.4
SKIN_FADE_MM = 3.0  # no line crosses the skin
NIPPLE_GREY = 0.42
TILT_GREY = 0.028
GATHERED_STRANDS = np.float32(0.5)
TEXTURE_LIMIT = 0.40
LINE_GREY = 0.12
SPECK_PX = 80
LINE_GAIN = np.float32(1.65)
LINE_FLOOR = 0.18  # fainter lines would not be found in a real image
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
    drawn = _draw_curves(curves, outline, spec, mask.shape)
    crests = _show_crests(fine, gland, character)
    lines = np.maximum(drawn, _enlarge(crests, round(FINE_MM / MAP_PIXEL_MM)))
    lines = np.clip(LINE_GAIN * (lines - LINE_FLOOR), 0, 1)
    skin_mm = _skin_distance(outline, mask.shape)
    lines = _drop_specks(lines * np.clip((skin_mm - 1) / SKIN_FADE_MM, 0, 1))
    lines = np.maximum(lines, _draw_skin_line(skin_mm, rng))
    grey = _compose_grey(gland, walls, fine, outline, character)
    grey += _draw_tilt(outline, grey.shape, rng)
    grey += LINE_GREY * _shrink(lines, round(COARSE_MM / MAP_PIXEL_MM))
    beyond = _centres(grey.shape)[1] > outline.apex_x_mm
    grey = np.where(beyond[None, :], NIPPLE_GREY, np.maximum(grey, 0.03)).astype(np.float32)
    coarse = blur_inside(grey, small_mask, sigma_px=COARSE_SIGMA_MM / COARSE_MM)
    coarse = _fill_outwards(coarse, small_mask)
    enlarged = _enlarge(coarse, round(COARSE_MM / MAP_PIXEL_MM))
    nipple_x, nipple_y = (value / MAP_PIXEL_MM for value in outline.nipple_xy_mm)
    condition = ConditionMap(
        mask,
        np.where(mask, enlarged, 0).astype(np.float32),
        (lines * mask).astype(np.float32),
        (nipple_x, nipple_y),
    )
    shown = _enlarge(gland, round(COARSE_MM / MAP_PIXEL_MM)) * mask
    return ViewAnatomy(outline, condition, shown.astype(np.float32))


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
    y, x = _centres(grey.shape)
    under_skin = np.clip(outline.skin_depth_mm(y)[:, None] - x[None, :], 0, None)
    grey = grey + character.rim_grey * np.exp(-under_skin / RIM_MM)
    return np.asarray(grey, np.float32)


def _draw_tilt(outline: Outline, shape: tuple[int, ...], rng: np.random.Generator) -> FloatArray:
    """Slow slope of grey over the breast: paddle and display leave some of the thickness."""
    y, x = _centres(shape)
    depthwise, upwards = TILT_GREY * rng.standard_normal(2)
    behind = np.clip(x / outline.apex_x_mm, 0, 1) - 0.5
    above = np.clip((outline.apex_y_mm - y) / outline.apex_x_mm, -1, 1)
    return np.asarray(depthwise * behind[None, :] + upwards * above[:, None], np.float32)


def _clear_muscle(gland: FloatArray, outline: Outline) -> FloatArray:
    """Gland lies before the muscle: little of it is left where the oblique shows the muscle."""
    if outline.pectoral_top_mm <= 0:
        return gland
    y, x = _centres(gland.shape)
    before = x[None, :] - outline.pectoral_edge_mm(y)[:, None]
    kept = 1 / (1 + np.exp(np.clip(-(before - 1.5) / (MUSCLE_MARGIN_MM / 3), -30, 30)))
    return np.asarray(gland * (GLAND_BEFORE_MUSCLE + (1 - GLAND_BEFORE_MUSCLE) * kept), np.float32)


def _show_crests(fine: FineTissue, gland: FloatArray, character: Character) -> FloatArray:
    """Strength 0-1 at 0.4 mm of the crests, where gate and gland let them show."""
    bias = 1.2 * (character.lines - 1) + 0.8 * np.clip(3 * gland, 0, 1) - 1.95
    open_share = np.clip(0.8 * (fine.gate + bias), 0, 1)
    return fine.crests * _enlarge(open_share.astype(np.float32), COARSE_STEP)


def _drop_specks(lines: FloatArray) -> FloatArray:
    """Lines without the pieces too short to be told from texture; real ridges have none."""
    labels, _ = ndimage.label(lines > 0.02, structure=np.ones((3, 3)))
    large = np.bincount(labels.ravel()) >= SPECK_PX
    large[0] = False
    return np.asarray(lines * large[labels], np.float32)


def project_tissue(tissue: Tissue, spec: CaseSpec, view: str) -> tuple[FloatArray, FloatArray]:
    """Mean gland fraction and wall share along the beam: (depth, across), across upwards.

    CC sums over superior, the MLO over the direction square to its upward axis.
    """
    inside = tissue.inside.astype(np.float32)
    stacks = [tissue.gland, tissue.walls * inside, inside]
    if view == "cc":
        gland, walls, chord = (values.sum(axis=2) for values in stacks)
    else:
        gland, walls, chord = _sum_obliquely(stacks, spec)
    chord = np.maximum(chord, 1)
    return np.asarray(gland / chord, np.float32), np.asarray(walls / chord, np.float32)


def _sum_obliquely(stacks: list[FloatArray], spec: CaseSpec) -> list[FloatArray]:
    """(depth, across) sums over the oblique beam, in plane bilinear."""
    count = stacks[0].shape[1]
    middle = (count - 1) / 2
    up = (np.arange(count) - middle)[:, None]
    beam = np.linspace(-middle, middle, CHORD_STEPS)[None, :]
    lateral_up = oblique_mm(1.0, 0.0, spec.mlo_angle_deg)
    superior_up = oblique_mm(0.0, 1.0, spec.mlo_angle_deg)
    lateral = (middle + up * lateral_up - beam * superior_up).ravel()
    superior = (middle + up * superior_up + beam * lateral_up).ravel()
    corners = _bilinear_corners(lateral, superior, count)
    sums = []
    for values in stacks:
        flat = values.reshape(len(values), -1)
        sampled = sum(weight * flat[:, index] for index, weight in corners)
        sums.append(np.asarray(sampled).reshape(len(values), count, CHORD_STEPS).sum(axis=2))
    return sums


def _bilinear_corners(
    row: NDArray[np.float64], column: NDArray[np.float64], count: int
) -> list[tuple[NDArray[np.int64], FloatArray]]:
    """Flat index and weight of the four neighbours of each point of a square grid; 0 outside."""
    top, left = np.floor(row).astype(int), np.floor(column).astype(int)
    corners = []
    for down in (0, 1):
        for right in (0, 1):
            r, c = top + down, left + right
            weight = np.abs(1 - down - (row - top)) * np.abs(1 - right - (column - left))
            seen = (r >= 0) & (r < count) & (c >= 0) & (c < count)
            index = np.clip(r, 0, count - 1) * count + np.clip(c, 0, count - 1)
            corners.append((index, np.where(seen, weight, 0).astype(np.float32)))
    return corners


def place_map(values: FloatArray, outline: Outline, shape: tuple[int, ...]) -> FloatArray:
    """Resample a (depth, across) voxel map onto the view's 0.8 mm canvas, edges held."""
    y, x = _centres(shape)
    depth = (outline.apex_x_mm - x) / VOXEL_MM - 0.5
    across = (outline.apex_y_mm - y) / VOXEL_MM + (values.shape[1] - 1) / 2
    points = np.stack(np.broadcast_arrays(depth[None, :], across[:, None]))
    return np.asarray(ndimage.map_coordinates(values, points, order=1, mode="nearest"), np.float32)


def _centres(shape: tuple[int, ...]) -> tuple[FloatArray, FloatArray]:
    """Centres (y, x) in mm of the rows and columns of a 0.8 mm map."""
    y, x = ((np.arange(n, dtype=np.float32) + 0.5) * np.float32(COARSE_MM) for n in shape)
    return y, x


def _fill_outwards(values: FloatArray, mask: BoolArray) -> FloatArray:
    """Values just outside the breast from those inside, so that enlarging darkens no border."""
    weight = ndimage.uniform_filter(mask.astype(np.float32), 5)
    near = ndimage.uniform_filter(np.where(mask, values, 0), 5)
    return np.where(mask, values, near / np.maximum(weight, 0.04)).astype(np.float32)


def _shrink(values: FloatArray, step: int) -> FloatArray:
    """Mean over blocks of `step` pixels."""
    height, width = (size // step for size in values.shape)
    return np.asarray(values.reshape(height, step, width, step).mean(axis=(1, 3)), np.float32)


def _enlarge(values: FloatArray, step: int) -> FloatArray:
    """Bilinear enlarging by a whole number, pixel centres kept in place."""
    for axis in (0, 1):
        size = values.shape[axis]
        at = np.clip((np.arange(size * step) + 0.5) / step - 0.5, 0, size - 1)
        first = np.minimum(at.astype(int), size - 2)
        share = (at - first).astype(np.float32)
        share = share[:, None] if axis == 0 else share[None, :]
        lower = values.take(first, axis=axis)
        values = lower + share * (values.take(first + 1, axis=axis) - lower)
    return values


def _draw_curves(
    curves: list[Curve], outline: Outline, spec: CaseSpec, shape: tuple[int, int]
) -> FloatArray:
    """Splat the projected curves as soft lines; wide ones (vessels) on a canvas of their own."""
    drawn = np.zeros(shape, np.float32)
    for wide, sigma in ((False, LINE_SIGMA_PX), (True, WIDE_SIGMA_PX)):
        chosen = [curve for curve in curves if (curve.width_mm > WIDE_LINE_MM) == wide]
        if not chosen:
            continue
        canvas = _splat(chosen, outline, spec, shape)
        gain = sigma * np.sqrt(2 * np.pi)
        blurred = ndimage.gaussian_filter(canvas, sigma, truncate=3) * np.float32(gain)
        drawn = np.maximum(drawn, np.clip(blurred, 0, 1))
    return drawn


def _splat(
    curves: list[Curve], outline: Outline, spec: CaseSpec, shape: tuple[int, int]
) -> FloatArray:
    """One-pixel polylines of the curves' strength."""
    points = np.concatenate([curve.points_mm for curve in curves])
    x, y = project((points[:, 0], points[:, 1], points[:, 2]), outline, spec)  # type: ignore[arg-type]
    scale = PIXEL_MM / MAP_PIXEL_MM
    xys = np.stack([x * scale, y * scale, np.concatenate([c.strength for c in curves])])
    # Ten steps between neighbours of one curve; none across from a curve to the next.
    last = np.cumsum([len(curve.points_mm) for curve in curves]) - 1
    starts = np.delete(np.arange(len(points) - 1), last[:-1])
    share = (np.arange(10) / 10)[None, None, :]
    fine = xys[:, starts, None] * (1 - share) + xys[:, starts + 1, None] * share
    column, row = np.round(fine[:2].reshape(2, -1)).astype(int)
    seen = (column >= 0) & (column < shape[1]) & (row >= 0) & (row < shape[0])
    canvas = np.zeros(shape, np.float32)
    np.maximum.at(canvas, (row[seen], column[seen]), fine[2].ravel()[seen].astype(np.float32))
    return canvas


def _skin_distance(outline: Outline, shape: tuple[int, int]) -> FloatArray:
    """(h, w) distance to the skin in mm at 0.2 mm, as if the skin were straight nearby."""
    y, x = ((np.arange(n, dtype=np.float32) + 0.5) * np.float32(MAP_PIXEL_MM) for n in shape)
    skin = outline.skin_depth_mm(y)
    lean = np.sqrt(1 + np.gradient(skin, MAP_PIXEL_MM) ** 2)
    return np.asarray((skin[:, None] - x[None, :]) / lean[:, None], np.float32)


def _draw_skin_line(skin_mm: FloatArray, rng: np.random.Generator) -> FloatArray:
    """The inner edge of the skin, seen along parts of the outline."""
    rows, knots = len(skin_mm), 14
    along = np.interp(
        np.arange(rows), np.linspace(0, rows - 1, knots), rng.normal(-0.1, 0.6, knots)
    )
    strength = np.clip(along, 0, 0.8).astype(np.float32)[:, None]
    inner = np.exp(-(((skin_mm - np.float32(SKIN_LINE_MM)) / np.float32(0.25)) ** 2))
    return np.asarray(strength * inner, np.float32)
