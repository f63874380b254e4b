"""From 3D tissue and curves to the condition map of each view."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation import seeds
from generation.anatomy.condition import (
    COARSE_SIGMA_MM,
    MAP_PIXEL_MM,
    ConditionMap,
    blur_inside,
)
from generation.anatomy.geometry import PIXEL_MM, Outline, make_outline, project
from generation.anatomy.structure import Curve, draw_structure
from generation.anatomy.tissue import VOXEL_MM, Tissue, make_tissue
from generation.frame import oblique_mm
from generation.spec import CaseSpec

FloatArray = NDArray[np.float32]

CHORD_STEPS = 48
LINE_SIGMA_PX = 0.8
SKIN_LINE_MM = 1.4
FAT_GREY = 0.20
GLAND_GREY = 0.74
GLAND_CURVE = 3.0
FAT_TEXTURE = 0.028
GLAND_TEXTURE = 0.085
TEXTURE_EXPONENT = 2.6
STREAK_MM = 0.9
NIPPLE_GREY = 0.42


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
    tissue = make_tissue(
        spec,
        shared_rng=seeds.generator(spec.seed, "anatomy"),
        side_rng=seeds.generator(spec.seed, "anatomy", side=side),
    )
    curves = draw_structure(spec, seeds.generator(spec.seed, "lines", side=side))
    views = {
        view: _make_view(spec, side, view, tissue=tissue, curves=curves) for view in ("cc", "mlo")
    }
    return BreastAnatomy(tissue, views)


def _make_view(
    spec: CaseSpec, side: str, view: str, *, tissue: Tissue, curves: list[Curve]
) -> ViewAnatomy:
    outline = make_outline(
        spec,
        view,
        shared_rng=seeds.generator(spec.seed, "compression", view=view),
        side_rng=seeds.generator(spec.seed, "compression", side=side, view=view),
    )
    rng = seeds.generator(spec.seed, "texture", side=side, view=view)
    mask = outline.mask(MAP_PIXEL_MM)
    gland = place_map(project_gland(tissue, spec, view), outline, mask.shape) * mask
    texture = FAT_TEXTURE + (GLAND_TEXTURE - FAT_TEXTURE) * np.clip(2 * gland, 0, 1)
    grey = grey_of_gland(gland) + texture * _draw_streaks(outline, mask.shape, rng)
    nipple_x, nipple_y = (value / MAP_PIXEL_MM for value in outline.nipple_xy_mm)
    beyond = np.arange(mask.shape[1]) * MAP_PIXEL_MM > outline.apex_x_mm
    grey = np.where(beyond[None, :], NIPPLE_GREY, grey).astype(np.float32)
    coarse = blur_inside(grey, mask, sigma_px=COARSE_SIGMA_MM / MAP_PIXEL_MM)
    lines = np.maximum(_draw_curves(curves, outline, spec, mask.shape), _draw_skin_line(mask, rng))
    condition = ConditionMap(mask, coarse, (lines * mask).astype(np.float32), (nipple_x, nipple_y))
    return ViewAnatomy(outline, condition, gland.astype(np.float32))


def grey_of_gland(gland: FloatArray) -> FloatArray:
    """Presentation grey of a mean gland fraction 0-1, before texture.

    Saturating, as the processed images are: fitted by eye to the coarse percentiles of the 86
    training images (5 / 50 / 95 / 99 %: .14 / .26 / .51 / .61).
    """
    share = (1 - np.exp(-GLAND_CURVE * gland)) / (1 - np.exp(-GLAND_CURVE))
    return np.asarray(FAT_GREY + (GLAND_GREY - FAT_GREY) * share, np.float32)


def project_gland(tissue: Tissue, spec: CaseSpec, view: str) -> FloatArray:
    """Mean gland fraction along the beam: (depth, across) on the voxel grid, across upwards.

    CC sums over superior, the MLO over the direction square to its upward axis.
    """
    inside = tissue.inside.astype(np.float32)
    if view == "cc":
        return np.asarray(tissue.gland.sum(2) / np.maximum(inside.sum(2), 1), np.float32)
    count = tissue.gland.shape[1]
    middle = (count - 1) / 2
    up = (np.arange(count) - middle)[:, None]
    along_beam = np.linspace(-middle, middle, CHORD_STEPS)[None, :]
    lateral_up = oblique_mm(1.0, 0.0, spec.mlo_angle_deg)
    superior_up = oblique_mm(0.0, 1.0, spec.mlo_angle_deg)
    lateral = middle + up * lateral_up - along_beam * superior_up
    superior = middle + up * superior_up + along_beam * lateral_up
    depth = np.arange(tissue.gland.shape[0])[:, None, None]
    points = np.stack(np.broadcast_arrays(depth, lateral[None], superior[None]))
    gland = ndimage.map_coordinates(tissue.gland, points, order=1).sum(2)
    chord = ndimage.map_coordinates(inside, points, order=1).sum(2)
    return np.asarray(gland / np.maximum(chord, 1), np.float32)


def place_map(values: FloatArray, outline: Outline, shape: tuple[int, int]) -> FloatArray:
    """Resample a (depth, across) voxel map onto the view's 0.2 mm canvas, edges held."""
    y, x = ((np.arange(n) + 0.5) * MAP_PIXEL_MM for n in shape)
    depth = (outline.apex_x_mm - x) / VOXEL_MM - 0.5
    across = (outline.apex_y_mm - y) / VOXEL_MM + (values.shape[1] - 1) / 2
    points = np.stack(np.broadcast_arrays(depth[None, :], across[:, None]))
    return np.asarray(ndimage.map_coordinates(values, points, order=1, mode="nearest"), np.float32)


def _draw_streaks(outline: Outline, shape: tuple[int, int], rng: np.random.Generator) -> FloatArray:
    """Unit-variance texture of 2-20 mm, stretched along the lines that converge on the nipple.

    A power-law field drawn over (distance from the nipple, arc length) and resampled, so that
    strands of fat and gland run toward the nipple as they do in real views.
    """
    size = 256
    f = np.hypot(np.fft.fftfreq(size)[:, None], np.fft.rfftfreq(size)[None, :])
    power = np.maximum(f, 4 / size) ** (-TEXTURE_EXPONENT / 2)
    noise = np.fft.irfft2(np.fft.rfft2(rng.standard_normal((size, size))) * power, (size, size))
    noise = (noise - noise.mean()) / noise.std()
    small = (shape[0] // 4, shape[1] // 4)
    y, x = (np.mgrid[: small[0], : small[1]] * 4 + 2) * MAP_PIXEL_MM
    nipple_x, nipple_y = outline.nipple_xy_mm
    along, across = nipple_x + 15 - x, y - nipple_y
    distance = np.hypot(along, across)
    bearing = np.arctan2(across, along)
    points = np.stack([distance / (STREAK_MM * 1.8), bearing * 60 / STREAK_MM])
    texture = ndimage.map_coordinates(noise, points, order=1, mode="grid-wrap")
    return np.asarray(ndimage.zoom(texture, 4, order=1), np.float32)


def _draw_curves(
    curves: list[Curve], outline: Outline, spec: CaseSpec, shape: tuple[int, int]
) -> FloatArray:
    """Splat the projected curves as soft lines of about a millimetre."""
    canvas = np.zeros(shape, np.float32)
    scale = PIXEL_MM / MAP_PIXEL_MM
    for curve in curves:
        projected = [project((d, out, up), outline, spec) for d, out, up in curve.points_mm]
        xy = np.asarray(projected) * scale
        steps = np.linspace(0, len(xy) - 1, len(xy) * 10)
        index = np.arange(len(xy))
        x = np.interp(steps, index, xy[:, 0]).round().astype(int)
        y = np.interp(steps, index, xy[:, 1]).round().astype(int)
        strength = np.interp(steps, index, curve.strength).astype(np.float32)
        seen = (x >= 0) & (x < shape[1]) & (y >= 0) & (y < shape[0])
        np.maximum.at(canvas, (y[seen], x[seen]), strength[seen])
    gain = LINE_SIGMA_PX * np.sqrt(2 * np.pi)
    return np.clip(ndimage.gaussian_filter(canvas, LINE_SIGMA_PX) * gain, 0, 1)


def _draw_skin_line(mask: NDArray[np.bool_], rng: np.random.Generator) -> FloatArray:
    """The inner edge of the skin, seen along parts of the outline."""
    distance = ndimage.distance_transform_edt(mask) * MAP_PIXEL_MM
    knots = 14
    along = np.interp(
        np.arange(mask.shape[0]), np.linspace(0, mask.shape[0], knots), rng.normal(-0.1, 0.6, knots)
    )
    strength = np.clip(along, 0, 0.8)[:, None]
    return np.asarray(strength * np.exp(-(((distance - SKIN_LINE_MM) / 0.25) ** 2)), np.float32)
