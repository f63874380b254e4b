"""How lesion-like the worst place of a view without lesions is: what a reader may mark wrongly.

The base image is scanned for masses and for groups of calcifications of the four sizes `SIZES_MM`.
The value is the strongest response over that of a typical finding of the size laid into the same
view's tissue: 1 is as much like a lesion as a typical lesion is.

Mass: the sum of the Laguerre-Gauss channels of orders 0 and 1 of width `MASS_WIDTH` sizes, which is
-sigma^2 times the Laplacian of a Gaussian and blind to the mean; of the places that respond, only
bright rounded ones count: the smaller curvature across the place must be at least `ROUNDNESS` of
the larger, or every ligament would be a mass. The typical one is a dense sphere in the view's
median tissue. Group: single bright specks (peaks of a difference of Gaussians) of at least half
a typical speck's height and `SPECK_SDS` deviations of the view's own grain, whose squares add up
over the group's disc, against `SPECKS` typical ones of `SPECK_MM`.

The scan keeps `CLEAR_MM` from skin and chest muscle, where no reader is deceived.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation.anatomy.geometry import CANVAS_PX, PIXEL_MM
from generation.physics.attenuation import MASS_GLANDULARITY, attenuation_per_cm, mixture_per_cm
from generation.physics.look import GreyTable
from generation.placement import PlacedView
from generation.quality.observer import average
from generation.truth import LesionLikeness

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]

SIZES_MM = (6.0, 9.0, 13.0, 20.0)
MASS_WIDTH = 1.0
ROUNDNESS = 0.35
CLEAR_MM = 6.0
# Masses are scanned for at 0.8 mm and specks at 0.2 mm a pixel.
MASS_STEP = 8
SPECK_STEP = 2
SPECKS = 12
SPECK_MM = 0.4
SPECK_SDS = 4.0
SPECK_SIGMAS_MM = (0.2, 0.6)
GREY_STEPS = 4095.0


def find_lesion_likeness(placed: dict[str, PlacedView]) -> LesionLikeness:
    """The most lesion-like place of the views' tissue, whatever findings were put into it.

    Args:
        placed: views by key ("left_cc", ...).
    """
    found = []
    for key, view in placed.items():
        value, x, y = scan_view(view)
        x = x if view.scene.side == "left" else CANVAS_PX[1] - 1 - x
        found.append(LesionLikeness(value, key, x, y))
    return max(found, key=lambda place: place.value)


def scan_view(view: PlacedView) -> tuple[float, float, float]:
    """(value, x, y) of the most lesion-like place of one view, px in left orientation."""
    base = view.base_pixels.astype(np.float32) / np.float32(GREY_STEPS)
    outline = view.scene.outline
    small = average(base, MASS_STEP)
    step_mm = MASS_STEP * PIXEL_MM
    muscle = outline.pectoral(step_mm) > 0.05
    interior = _find_interior(outline.mask(step_mm), muscle, step_mm)
    masses = scan_masses(small, interior, step_mm=step_mm, table=view.scene.table)
    fine = average(base, SPECK_STEP)
    groups = scan_groups(fine, small, interior, step_mm=step_mm, table=view.scene.table)
    value, row, column = max(masses, groups)
    return value, (column + 0.5) * MASS_STEP - 0.5, (row + 0.5) * MASS_STEP - 0.5


def _find_interior(breast: BoolArray, muscle: BoolArray, step_mm: float) -> BoolArray:
    """Places clear of skin, muscle and the image's edge; of any tissue where none is."""
    tissue = breast & ~muscle
    clear = ndimage.distance_transform_edt(np.pad(tissue, 1))[1:-1, 1:-1] * step_mm > CLEAR_MM
    return np.asarray(clear if clear.any() else tissue, bool)


def scan_masses(
    grey: FloatArray, interior: BoolArray, *, step_mm: float, table: GreyTable
) -> tuple[float, int, int]:
    """(value, row, column) of the most mass-like place of (h, w) grey; value >= 0."""
    if not interior.any():
        return 0.0, 0, 0
    tissue = float(np.median(grey[interior]))
    best = (0.0, 0, 0)
    for size in SIZES_MM:
        sigma = MASS_WIDTH * size / math.sqrt(2 * math.pi) / step_mm
        response = _respond(grey, sigma)
        typical = _draw_mass(size, step_mm=step_mm, tissue=tissue, table=table)
        middle = typical.shape[0] // 2
        value = np.where(interior, response, 0.0) / _respond(typical, sigma)[middle, middle]
        row, column = (int(n) for n in np.unravel_index(value.argmax(), value.shape))
        best = max(best, (float(value[row, column]), row, column))
    return best


def _respond(grey: FloatArray, sigma: float) -> FloatArray:
    """(h, w) response to bright rounded places, 0 where long or dark ones lie."""
    yy, xx, xy = (
        sigma**2 * ndimage.gaussian_filter(grey, sigma, order=order, mode="nearest")
        for order in ((2, 0), (0, 2), (1, 1))
    )
    middle, half = (yy + xx) / 2, np.hypot((yy - xx) / 2, xy)
    least, most = -(middle + half), -(middle - half)
    rounded = (least > 0) & (least >= ROUNDNESS * most)
    return np.asarray(np.where(rounded, least + most, 0.0), np.float32)


def _draw_mass(size_mm: float, *, step_mm: float, tissue: float, table: GreyTable) -> FloatArray:
    """Grey of a dense sphere in even tissue."""
    half = math.ceil(1.5 * size_mm / step_mm)
    axis = np.arange(-half, half + 1) * step_mm
    away = np.hypot(*np.meshgrid(axis, axis)) / (size_mm / 2)
    path_cm = size_mm / 10 * np.sqrt(np.clip(1 - away**2, 0, None))
    around = np.full(path_cm.shape, tissue, np.float32)
    added = mixture_per_cm(MASS_GLANDULARITY["high"]) - mixture_per_cm(
        table.glandular_fraction(around)
    )
    return table.to_grey(table.to_log_exposure(around) + added * path_cm)


def scan_groups(
    fine: FloatArray,
    small: FloatArray,
    interior: BoolArray,
    *,
    step_mm: float,
    table: GreyTable,
) -> tuple[float, int, int]:
    """(value, row, column) of the place most like a group, on the grid of `small`; value >= 0."""
    if not interior.any():
        return 0.0, 0, 0
    pixel_mm = SPECK_STEP * PIXEL_MM
    narrow, wide = (
        ndimage.gaussian_filter(fine, sigma / pixel_mm, mode="nearest", truncate=3)
        for sigma in SPECK_SIGMAS_MM
    )
    share = MASS_STEP // SPECK_STEP
    height = (narrow - wide) / _speck_height(float(np.median(small[interior])), table, pixel_mm)
    grain = height[::share, ::share][: small.shape[0], : small.shape[1]][interior].std()
    rows, columns = np.nonzero(height > max(0.5, SPECK_SDS * float(grain)))
    at = height[rows, columns]
    top = ndimage.maximum_filter(height, 3)[rows, columns] == at
    squares = np.zeros(small.shape, np.float32)
    y = np.minimum(rows[top] // share, small.shape[0] - 1)
    x = np.minimum(columns[top] // share, small.shape[1] - 1)
    inside = interior[y, x]
    np.add.at(squares, (y[inside], x[inside]), at[top][inside] ** 2)
    best = (0.0, 0, 0)
    for size in SIZES_MM:
        radius = size / 2 / step_mm
        axis = np.arange(-math.ceil(radius), math.ceil(radius) + 1)
        disc = (np.hypot(*np.meshgrid(axis, axis)) <= radius).astype(np.float32)
        value = np.sqrt(ndimage.convolve(squares, disc, mode="constant") / SPECKS) * interior
        row, column = (int(n) for n in np.unravel_index(value.argmax(), value.shape))
        best = max(best, (float(value[row, column]), row, column))
    return best


def _speck_height(tissue: float, table: GreyTable, pixel_mm: float) -> float:
    """Response to a calcification of `SPECK_MM` in even tissue."""
    around = np.full((41, 41), tissue, np.float32)
    added = (attenuation_per_cm("calcium_oxalate") - attenuation_per_cm("adipose")) / 10
    # Its volume over the pixel that holds it; the filters do the rest.
    path_mm = math.pi / 6 * SPECK_MM**3 / pixel_mm**2
    exposure = table.to_log_exposure(around)
    exposure[20, 20] += added * path_mm
    grey = table.to_grey(exposure)
    narrow, wide = (ndimage.gaussian_filter(grey, s / pixel_mm) for s in SPECK_SIGMAS_MM)
    return float(narrow[20, 20] - wide[20, 20])
