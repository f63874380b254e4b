"""The condition map's lines: projected curves, crests of strands and the inner edge of the skin.

Amount, strength, width and length of pieces follow the ridges found in real images
(`training.pairs.find_ridges`; figures in docs/decisions/anatomy.md).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation.anatomy.character import Character
from generation.anatomy.condition import MAP_PIXEL_MM
from generation.anatomy.geometry import PIXEL_MM, Outline, project
from generation.anatomy.resampling import enlarge
from generation.anatomy.structure import Curve
from generation.anatomy.texture import COARSE_STEP, FINE_MM, FineTissue
from generation.spec import CaseSpec

FloatArray = NDArray[np.float32]

LINE_SIGMA_PX = 0.95
WIDE_LINE_MM = 1.2
WIDE_SIGMA_PX = 1.4
# Roughness: on a grid of 0.4 mm, bends of some 1.5 mm and fading over some 3 mm.
ROUGH_STEP = 2
BEND_SIGMA, BEND_PX = 2.2, 1.3
FADE_SIGMA, FADE_MIDDLE, FADE_SPREAD, FADE_LEAST = 4.0, 0.92, 0.25, 0.3
LINE_FLOOR = 0.18  # fainter lines would not be found in a real image
LINE_GAIN = np.float32(1.6)
SPECK_PX = 80
SKIN_LINE_MM = 1.4
SKIN_FADE_MM = 3.0  # no line crosses the skin


def draw_lines(
    curves: list[Curve],
    fine: FineTissue,
    gland: FloatArray,
    outline: Outline,
    spec: CaseSpec,
    character: Character,
    rng: np.random.Generator,
) -> FloatArray:
    """(h, w) strength 0-1 of linear structure at 0.2 mm.

    Args:
        curves: of the breast.
        fine: fine tissue of the view, whose crests are lines.
        gland: (h, w) at 0.8 mm, mean gland fraction.
        outline: of the view.
        spec: projects the curves.
        character: how many crests show.
        rng: draws where the skin's edge is seen.
    """
    step = round(FINE_MM / MAP_PIXEL_MM)
    shape = (fine.crests.shape[0] * step, fine.crests.shape[1] * step)
    drawn = _draw_curves(curves, outline, spec, shape)
    lines = np.maximum(drawn, enlarge(_show_crests(fine, gland, character), step))
    lines = _roughen(lines, rng)
    lines = np.clip(LINE_GAIN * (lines - LINE_FLOOR), 0, 1)
    skin_mm = _skin_distance(outline, shape)
    lines = _drop_specks(lines * np.clip((skin_mm - 1) / SKIN_FADE_MM, 0, 1))
    return np.maximum(lines, _draw_skin_line(skin_mm, rng))


def _roughen(lines: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Lines as ridges of tissue are: bent at every millimetre or two, now strong, now faint.

    Smooth even lines are drawn as such, and look like worms.
    """
    shape = lines.shape
    small = (shape[0] // ROUGH_STEP + 2, shape[1] // ROUGH_STEP + 2)
    down, across, fading = (
        enlarge(_unit_noise(small, sigma, rng), ROUGH_STEP)[: shape[0], : shape[1]]
        for sigma in (BEND_SIGMA, BEND_SIGMA, FADE_SIGMA)
    )
    y, x = np.mgrid[: shape[0], : shape[1]].astype(np.float32)
    bent = ndimage.map_coordinates(
        lines, [y + BEND_PX * down, x + BEND_PX * across], order=1, mode="nearest"
    )
    strength = np.clip(FADE_MIDDLE + FADE_SPREAD * fading, FADE_LEAST, 1)
    return np.asarray(bent * strength, np.float32)


def _unit_noise(shape: tuple[int, int], sigma: float, rng: np.random.Generator) -> FloatArray:
    """Gaussian field of unit variance, smooth over `sigma` pixels."""
    field = ndimage.gaussian_filter(rng.standard_normal(shape).astype(np.float32), sigma)
    return np.asarray(field / field.std(), np.float32)


def _show_crests(fine: FineTissue, gland: FloatArray, character: Character) -> FloatArray:
    """Strength 0-1 at 0.4 mm of the crests, where gate and gland let them show."""
    bias = 1.2 * (character.lines - 1) + 0.8 * np.clip(3 * gland, 0, 1) - 1.95
    open_share = np.clip(0.8 * (fine.gate + bias), 0, 1)
    return fine.crests * enlarge(open_share.astype(np.float32), COARSE_STEP)


def _drop_specks(lines: FloatArray) -> FloatArray:
    """Lines without the pieces too short to be told from texture; real ridges have none."""
    labels, _ = ndimage.label(lines > 0.02, structure=np.ones((3, 3)))
    large = np.bincount(labels.ravel()) >= SPECK_PX
    large[0] = False
    return np.asarray(lines * large[labels], np.float32)


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
