"""Detectability index d' of one finding in one view, by `generation.quality.observer`.

The observer knows where the finding would be and what it looks like (with - without in final
grey), and how its channels vary over the same tissue elsewhere in the same image, at least
`MIN_BACKGROUNDS` places. It does not search: it orders cases by difficulty.

A coherent finding is seen as a whole or in parts, whichever is easier: as a whole through
`WHOLE_CHANNELS` channels of one width, the diameter of its change of grey; in parts where the
finding is a pattern (distortion), through `PART_CHANNELS` channels of `PART_WIDTH_MM` in every
tile of that width, what varies more slowly taken away; the tiles' squares add up. A calcification
has `PARTICLE_CHANNELS` each of `PARTICLE_WIDTHS_MM`, and the squares of all particles add up; every
signal pixel counts for its nearest particle only. Images are averaged in blocks until a whole is
at most `MAX_PATCH` pixels across.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from scipy.spatial import cKDTree

from generation.quality.observer import (
    BACKGROUNDS,
    MIN_BACKGROUNDS,
    average,
    blur_coarse,
    build_channels,
    choose_backgrounds,
    find_allowed_places,
    hotelling_dprime,
    look_through,
)

__all__ = ["BACKGROUNDS", "MIN_BACKGROUNDS", "measure_dprime"]

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]
PixelArray = NDArray[np.uint16]

WHOLE_CHANNELS = 6
PART_CHANNELS = 4
PART_WIDTH_MM = 3.0
PART_STEP_MM = 0.3
PARTICLE_CHANNELS = 4
PARTICLE_WIDTHS_MM = (0.5, 1.6)
PARTICLE_HALF_MM = 1.6
MAX_PATCH = 48
PLACE_STEP = 4
GREY_STEPS = 4095.0
COARSE_SIGMA_PX = 28.0


def measure_dprime(
    pixels: PixelArray,
    base_pixels: PixelArray,
    *,
    support: BoolArray,
    breast: BoolArray,
    rng: np.random.Generator,
    tissue_pixels: PixelArray | None = None,
    particles_px: FloatArray | None = None,
    pixel_mm: float = 0.1,
) -> float:
    """d' >= 0 of a finding in one view; 0 where it changes nothing.

    Args:
        pixels: (H, W) stored 12-bit values with the finding.
        base_pixels: (H, W) the same without it.
        support: (H, W) where the finding changes the image.
        breast: (H, W) pixels of the breast.
        rng: stream that picks the background places.
        tissue_pixels: (H, W) the view without any finding, which the places are taken from;
            `base_pixels` where they are that already.
        particles_px: (N, 2) x, y of single calcifications; None for a coherent finding.
        pixel_mm: pixel spacing.

    Raises:
        NoBackgroundError: if the breast has fewer than `MIN_BACKGROUNDS` places of its size.
    """
    changed = support & (pixels != base_pixels)
    if not changed.any():
        return 0.0
    without = base_pixels.astype(np.float32) / GREY_STEPS
    change = np.where(support, pixels.astype(np.float32) / GREY_STEPS - without, 0.0)
    base = without if tissue_pixels is None else tissue_pixels.astype(np.float32) / GREY_STEPS
    if particles_px is None:
        whole = _measure_whole(base, change, support, breast, rng)
        return max(whole, _measure_parts(base, change, support, breast, pixel_mm, rng))
    return _measure_group(base, change, support, breast, particles_px, pixel_mm, rng)


def _measure_whole(
    base: FloatArray,
    change: FloatArray,
    support: BoolArray,
    breast: BoolArray,
    rng: np.random.Generator,
) -> float:
    """d' of one coherent finding, its channels as wide as the middle of its change is."""
    weight = np.abs(change)
    strong = weight > 0.2 * weight.max()
    rows, columns = np.nonzero(strong)
    y, x = rows.mean(), columns.mean()
    # Four deviations along the longer axis: the diameter of an even disc.
    spread = np.cov(np.stack([rows, columns])) if len(rows) > 1 else np.eye(2)
    width = max(4.0, 4.0 * float(np.sqrt(np.linalg.eigvalsh(spread)[-1])))
    factor = max(1, int(np.ceil(2 * width / MAX_PATCH)))
    half = min(int(np.ceil(width / factor)), min(base.shape) // factor // 2 - 1)
    channels = build_channels(half_px=half, width_px=width / factor, count=WHOLE_CHANNELS)
    small, inside = average(base, factor), average(breast.astype(np.float32), factor) > 0.5
    row = min(int(y / factor), small.shape[0] - 1)
    column = min(int(x / factor), small.shape[1] - 1)
    difference = np.pad(average(change, factor), half)
    signal = look_through(difference, np.array([[row + half, column + half]]), channels)[0]
    lesion = average(support.astype(np.float32), factor) > 0.0
    coarse = blur_coarse(small, COARSE_SIGMA_PX / factor)
    allowed = find_allowed_places(inside, lesion, half)
    places = choose_backgrounds(coarse, allowed, grey=float(coarse[row, column]), rng=rng)
    return hotelling_dprime(signal, look_through(small, places, channels))


def _measure_parts(
    base: FloatArray,
    change: FloatArray,
    support: BoolArray,
    breast: BoolArray,
    pixel_mm: float,
    rng: np.random.Generator,
) -> float:
    """d' of a finding cut into tiles: the root of the sum of the tiles' squares."""
    factor = max(1, round(PART_STEP_MM / pixel_mm))
    width = PART_WIDTH_MM / pixel_mm / factor
    tile, half = round(width), round(width)
    channels = build_channels(half_px=half, width_px=width, count=PART_CHANNELS)
    small, inside = average(base, factor), average(breast.astype(np.float32), factor) > 0.5
    coarse = blur_coarse(small, COARSE_SIGMA_PX / factor)
    # What varies slowly is common to many tiles, and no two of them would see it apart.
    small = small - ndimage.gaussian_filter(small, width / 2)
    difference = average(change, factor)
    difference = np.where(
        difference != 0, difference - ndimage.gaussian_filter(difference, width / 2), 0
    )
    rows, columns = np.nonzero(difference)
    if len(rows) == 0:
        return 0.0
    top, left = rows.min(), columns.min()
    signals = [
        _tile_signal(difference[y : y + tile, x : x + tile], channels)
        for y in range(top, rows.max() + 1, tile)
        for x in range(left, columns.max() + 1, tile)
    ]
    lesion = average(support.astype(np.float32), factor) > 0.0
    grey = float(np.average(coarse[rows, columns], weights=np.abs(difference[rows, columns])))
    allowed = find_allowed_places(inside, lesion, half)
    places = choose_backgrounds(coarse, allowed, grey=grey, rng=rng)
    return hotelling_dprime(np.stack(signals), look_through(small, places, channels))


def _tile_signal(tile: FloatArray, channels: FloatArray) -> FloatArray:
    """(C,) channel outputs of one tile in the middle of nothing."""
    start = channels.shape[1] // 2 - tile.shape[0] // 2
    left = channels.shape[2] // 2 - tile.shape[1] // 2
    part = channels[:, start : start + tile.shape[0], left : left + tile.shape[1]]
    return np.asarray((part * tile).sum(axis=(1, 2)), np.float32)


def _measure_group(
    base: FloatArray,
    change: FloatArray,
    support: BoolArray,
    breast: BoolArray,
    particles_px: FloatArray,
    pixel_mm: float,
    rng: np.random.Generator,
) -> float:
    """d' of a group: the root of the sum of its particles' squares."""
    half = int(np.ceil(PARTICLE_HALF_MM / pixel_mm))
    channels = np.concatenate(
        [
            build_channels(half_px=half, width_px=width / pixel_mm, count=PARTICLE_CHANNELS)
            for width in PARTICLE_WIDTHS_MM
        ]
    )
    rows, columns = np.nonzero(support)
    owner = cKDTree(particles_px).query(np.stack([columns, rows], axis=1))[1]
    x, y = np.clip(np.median(particles_px, axis=0), 0, np.array(base.shape[::-1]) - 1).astype(int)
    # Places are looked for on a coarser grid, and patches taken around them from the image.
    coarse = ndimage.gaussian_filter(average(base, PLACE_STEP), COARSE_SIGMA_PX / PLACE_STEP)
    allowed = find_allowed_places(
        average(breast.astype(np.float32), PLACE_STEP) > 0.5,
        average(support.astype(np.float32), PLACE_STEP) > 0.0,
        -(-half // PLACE_STEP) + 1,
    )
    grey = float(
        coarse[min(y // PLACE_STEP, coarse.shape[0] - 1), min(x // PLACE_STEP, coarse.shape[1] - 1)]
    )
    places = choose_backgrounds(coarse, allowed, grey=grey, rng=rng)
    backgrounds = look_through(base, PLACE_STEP * places + PLACE_STEP // 2, channels)
    signals = np.zeros((len(particles_px), len(channels)), np.float32)
    for index, (centre_x, centre_y) in enumerate(np.rint(particles_px).astype(int)):
        own = owner == index
        at_y, at_x = rows[own] - centre_y + half, columns[own] - centre_x + half
        on = (at_y >= 0) & (at_y <= 2 * half) & (at_x >= 0) & (at_x <= 2 * half)
        patch = np.zeros((2 * half + 1, 2 * half + 1), np.float32)
        patch[at_y[on], at_x[on]] = change[rows[own][on], columns[own][on]]
        signals[index] = channels.reshape(len(channels), -1) @ patch.ravel()
    return hotelling_dprime(signals, backgrounds)
