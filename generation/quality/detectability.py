"""Detectability index d' of one finding in one view: a channelised Hotelling observer.

The observer looks through a few rotationally symmetric Laguerre-Gauss channels, knows where the
finding would be and what it looks like, and knows how the channels vary over the same tissue
elsewhere in the same image. d'^2 = s' K^-1 s with s the channels of (with - without) in final
grey, K their covariance over at least `MIN_BACKGROUNDS` places. It has no internal noise and no
search: it orders cases by difficulty, and no person reaches it.

Channels: a mass has 6 of one width, the diameter of its change of grey; a calcification has 4
each of widths .5 and 1.6 mm, and the squares of all particles add up (every signal pixel counts
for its nearest particle only). Width is a in exp(-pi r^2 / a^2). For a mass, images are averaged
in blocks until the patch is at most `MAX_PATCH` pixels across.
Sources: Barrett 1998 (SPIE 3340:27), Gallas & Barrett 2003 (JOSA A 20:1725).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage, special
from scipy.spatial import cKDTree

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]
PixelArray = NDArray[np.uint16]

MIN_BACKGROUNDS = 200
BACKGROUNDS = 256
MASS_CHANNELS = 6
PARTICLE_CHANNELS = 4
PARTICLE_WIDTHS_MM = (0.5, 1.6)
PARTICLE_HALF_MM = 1.6
MAX_PATCH = 48
GREY_TOLERANCES = (0.03, 0.06, 0.12, 0.25, 1.0)
GREY_STEPS = 4095.0
COARSE_SIGMA_PX = 28.0


def build_channels(*, half_px: int, width_px: float, count: int) -> FloatArray:
    """(count, side, side) Laguerre-Gauss channels, side = 2 * half_px + 1, each of unit energy.

    Args:
        half_px: pixels from the centre to the border.
        width_px: a of exp(-pi r^2 / a^2).
        count: number of channels, orders 0..count-1.
    """
    axis = np.arange(-half_px, half_px + 1)
    squared = axis[:, None] ** 2 + axis[None, :] ** 2
    scaled = 2 * np.pi * squared / width_px**2
    channels = np.stack(
        [np.exp(-scaled / 2) * special.eval_laguerre(order, scaled) for order in range(count)]
    )
    norm = np.sqrt((channels**2).sum(axis=(1, 2), keepdims=True))
    return (channels / norm).astype(np.float32)


def hotelling_dprime(signal: FloatArray, backgrounds: FloatArray) -> float:
    """d' of a known signal from channel outputs.

    Args:
        signal: (C,) channel outputs of the signal alone.
        backgrounds: (N, C) channel outputs of backgrounds.

    Returns:
        d' >= 0, corrected for the bias of an inverse covariance estimated from N samples.

    Raises:
        ValueError: if N is not above C + 2.
    """
    count, width = backgrounds.shape
    if count <= width + 2:
        raise ValueError(f"{count} backgrounds are too few for {width} channels")
    covariance = np.cov(backgrounds.astype(np.float64), rowvar=False)
    # A ridge far below the noise keeps flat test images from dividing by zero.
    ridge = 1e-9 + 1e-6 * float(np.trace(covariance)) / width
    template = np.linalg.solve(covariance + ridge * np.eye(width), signal.astype(np.float64))
    unbiased = (count - width - 2) / (count - 1)
    return float(np.sqrt(max(0.0, unbiased * float(signal @ template))))


def choose_backgrounds(
    coarse_grey: FloatArray,
    allowed: BoolArray,
    *,
    grey: float,
    rng: np.random.Generator,
) -> IntArray:
    """(N, 2) row, column of up to `BACKGROUNDS` places of the same tissue.

    The tolerance in coarse grey widens until `MIN_BACKGROUNDS` places qualify; where fewer than
    that exist, places are drawn with repetition.

    Raises:
        ValueError: if no place is allowed at all.
    """
    places = np.argwhere(allowed)
    if len(places) == 0:
        raise ValueError("no background of the finding's size lies inside the breast")
    away = np.abs(coarse_grey[allowed] - grey)
    for tolerance in GREY_TOLERANCES:
        near = places[away <= tolerance]
        if len(near) >= BACKGROUNDS:
            return np.asarray(near[rng.choice(len(near), BACKGROUNDS, replace=False)])
    return np.asarray(places[rng.choice(len(places), BACKGROUNDS, replace=True)])


def _average(image: FloatArray, factor: int) -> FloatArray:
    rows, columns = (size // factor * factor for size in image.shape)
    blocks = image[:rows, :columns].reshape(rows // factor, factor, columns // factor, factor)
    return np.asarray(blocks.mean(axis=(1, 3)), np.float32)


def _look(image: FloatArray, places: IntArray, channels: FloatArray) -> FloatArray:
    """(N, C) channel outputs of the patches around (N, 2) places."""
    half = channels.shape[1] // 2
    flat = channels.reshape(len(channels), -1)
    patches = np.stack(
        [image[y - half : y + half + 1, x - half : x + half + 1].ravel() for y, x in places]
    )
    return np.asarray(patches @ flat.T, np.float32)


def _allowed_places(breast: BoolArray, lesion: BoolArray, half: int) -> BoolArray:
    """Places whose patch lies on the canvas, mostly in the breast and clear of the finding.

    Where a breast has no such room, first the share of the patch in the breast gives way, then
    the distance from the finding: the base image does not hold it.
    """
    canvas = np.zeros_like(breast)
    canvas[half : breast.shape[0] - half, half : breast.shape[1] - half] = True
    clear = ndimage.distance_transform_edt(~lesion) > half
    # Beside the chest wall the breast goes on: only the skin's side counts as an edge.
    padded = np.pad(breast, ((0, 0), (half, half)), mode="edge")
    inside = ndimage.distance_transform_edt(padded)[:, half : half + breast.shape[1]]
    allowed = canvas & breast
    for apart in (clear, True):
        for share in (0.9, 0.6, 0.3, 0.0):
            allowed = canvas & breast & apart & (inside > share * half)
            if allowed.sum() >= BACKGROUNDS:
                return np.asarray(allowed, bool)
    return np.asarray(allowed, bool)


def measure_dprime(
    pixels: PixelArray,
    base_pixels: PixelArray,
    *,
    support: BoolArray,
    breast: BoolArray,
    rng: np.random.Generator,
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
        particles_px: (N, 2) x, y of single calcifications; None for a coherent finding.
        pixel_mm: pixel spacing.

    Raises:
        ValueError: if the canvas has no room for any background.
    """
    changed = support & (pixels != base_pixels)
    if not changed.any():
        return 0.0
    base = base_pixels.astype(np.float32) / GREY_STEPS
    change = np.where(support, pixels.astype(np.float32) / GREY_STEPS - base, 0.0)
    if particles_px is None:
        return _measure_mass(base, change, support, breast, rng)
    return _measure_group(base, change, support, breast, particles_px, pixel_mm, rng)


def _measure_mass(
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
    channels = build_channels(half_px=half, width_px=width / factor, count=MASS_CHANNELS)
    small, inside = _average(base, factor), _average(breast.astype(np.float32), factor) > 0.5
    row = min(int(y / factor), small.shape[0] - 1)
    column = min(int(x / factor), small.shape[1] - 1)
    difference = np.pad(_average(change, factor), half)
    signal = _look(difference, np.array([[row + half, column + half]]), channels)[0]
    lesion = _average(support.astype(np.float32), factor) > 0.0
    coarse = _blur_coarse(small, COARSE_SIGMA_PX / factor)
    allowed = _allowed_places(inside, lesion, half)
    places = choose_backgrounds(coarse, allowed, grey=float(coarse[row, column]), rng=rng)
    return hotelling_dprime(signal, _look(small, places, channels))


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
    coarse = _blur_coarse(base, COARSE_SIGMA_PX)
    allowed = _allowed_places(breast, support, half)
    places = choose_backgrounds(coarse, allowed, grey=float(coarse[y, x]), rng=rng)
    backgrounds = _look(base, places, channels)
    squares = 0.0
    for index, (centre_x, centre_y) in enumerate(np.rint(particles_px).astype(int)):
        own = owner == index
        at_y, at_x = rows[own] - centre_y + half, columns[own] - centre_x + half
        on = (at_y >= 0) & (at_y <= 2 * half) & (at_x >= 0) & (at_x <= 2 * half)
        patch = np.zeros((2 * half + 1, 2 * half + 1), np.float32)
        patch[at_y[on], at_x[on]] = change[rows[own][on], columns[own][on]]
        signal = channels.reshape(len(channels), -1) @ patch.ravel()
        squares += hotelling_dprime(signal, backgrounds) ** 2
    return float(np.sqrt(squares))


def _blur_coarse(image: FloatArray, sigma_px: float) -> FloatArray:
    """Coarse tissue, from a copy at a quarter of the resolution where that is fine enough."""
    if sigma_px < 8:
        return np.asarray(ndimage.gaussian_filter(image, sigma_px), np.float32)
    small = ndimage.gaussian_filter(image[::4, ::4], sigma_px / 4)
    whole = np.repeat(np.repeat(small, 4, axis=0), 4, axis=1)
    return np.asarray(whole[: image.shape[0], : image.shape[1]], np.float32)
