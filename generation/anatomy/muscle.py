"""The pectoral muscle of the oblique view, laid over the drawn background.

Not the network's job: it has learnt from CC views, which hardly show the muscle.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation.anatomy.geometry import PIXEL_MM, Outline
from generation.physics.look import GreyTable, present

FloatArray = NDArray[np.float32]

# As the standard look shows them.
MUSCLE_GREY = 0.50
FAT_GREY = 0.20
TEXTURE_KEPT = 0.35
# Share of the coarse tissue before a muscle that shows through it: the muscle is the thicker.
COARSE_KEPT = 0.4
FIBRE_GREY = 0.006
FIBRE_LENGTH_MM = 14.0
FIBRE_WIDTH_MM = 0.9


def lay_muscle(
    grey: FloatArray,
    coarse: FloatArray,
    outline: Outline,
    *,
    table: GreyTable,
    rng: np.random.Generator,
) -> FloatArray:
    """Add the pectoral muscle to a background.

    Args:
        grey: (H, W) background grey 0-1 at 0.1 mm, left orientation.
        coarse: (H, W) the same, blurred; texture is the difference of the two.
        outline: the view's outline; without a muscle the grey comes back as it is.
        table: grey <-> log exposure, in which attenuations add.
        rng: draws the fibres.

    Returns:
        (H, W) grey 0-1.
    """
    if outline.pectoral_top_mm <= 0:
        return grey
    muscle = outline.pectoral(PIXEL_MM).astype(np.float32)
    shown = present(np.array([FAT_GREY, MUSCLE_GREY], np.float32), table.look)
    added = float(np.diff(table.to_log_exposure(shown))[0])
    before = coarse + muscle * (1 - COARSE_KEPT) * (shown[0] - coarse)
    calmer = before + (1 - muscle * (1 - TEXTURE_KEPT)) * (grey - coarse)
    fibres = FIBRE_GREY * _draw_fibres(outline, grey.shape, rng)
    # Muscles differ in thickness, and thin out toward their foot.
    level = float(np.clip(rng.normal(0.95, 0.14), 0.65, 1.25))
    thickness = level * muscle * (0.7 + 0.3 * _thickening(outline, grey.shape))
    laid = table.to_grey(table.to_log_exposure(calmer) + added * thickness) + muscle * fibres
    return np.where(muscle > 1e-3, laid, grey).astype(np.float32)


def _thickening(outline: Outline, shape: tuple[int, ...]) -> FloatArray:
    """0 at the muscle's foot, 1 at the top of the image."""
    y = np.arange(shape[0], dtype=np.float32) * PIXEL_MM
    return np.clip(1 - y / outline.pectoral_foot_mm, 0, 1)[:, None]


def _draw_fibres(outline: Outline, shape: tuple[int, ...], rng: np.random.Generator) -> FloatArray:
    """Unit-variance streaks along the muscle's edge, drawn at 0.4 mm."""
    step = 4
    small = (shape[0] // step, shape[1] // step)
    noise = rng.standard_normal((small[0], small[1] * 2))
    sigma = (FIBRE_LENGTH_MM / (step * PIXEL_MM), FIBRE_WIDTH_MM / (step * PIXEL_MM))
    streaks = ndimage.gaussian_filter(noise, sigma)
    lean = outline.pectoral_top_mm / outline.pectoral_foot_mm
    y, x = np.mgrid[: small[0], : small[1]].astype(np.float32)
    sheared = ndimage.map_coordinates(streaks, [y, x + lean * y], order=1, mode="wrap")
    sheared /= sheared.std()
    return np.asarray(ndimage.zoom(sheared, step, order=1), np.float32)
