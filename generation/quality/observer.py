"""A channelised Hotelling observer: Laguerre-Gauss channels, backgrounds of one tissue, d'.

d'^2 = s' K^-1 s with s the channels' outputs for the signal and K = K_ext + alpha diag(K_ext): how
the outputs vary over backgrounds, and an internal noise of each channel in proportion to that.
Width is a in exp(-pi r^2 / a^2).

Sources: Barrett 1998 (SPIE 3340:27), Gallas & Barrett 2003 (JOSA A 20:1725). Internal noise in
proportion to each channel's own variance is one of the usual ways to bring a channelised observer
to the level of people (compared by Zhang, Pham & Eckstein 2007, Med Phys 34:3312, and Brankov
2013, Phys Med Biol 58:7159); unlike noise on the decision it also keeps the observer from whitening
what no eye whitens. alpha is assumed: without noise d' of plain findings runs to 100, with 3 to
about 10. Readings are to fit it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage, special

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]

INTERNAL_NOISE = 3.0
MIN_BACKGROUNDS = 200
BACKGROUNDS = 256
GREY_TOLERANCES = (0.03, 0.06, 0.12, 0.25, 1.0)


class NoBackgroundError(ValueError):
    """A finding so large that the breast has too few other places of its size."""


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


def hotelling_dprime(
    signals: FloatArray, backgrounds: FloatArray, *, internal: float = INTERNAL_NOISE
) -> float:
    """d' of a known signal, or of several independent ones together, from channel outputs.

    Args:
        signals: (C,) or (M, C) channel outputs of each signal alone; squares add up.
        backgrounds: (N, C) channel outputs of backgrounds.
        internal: variance of each channel's internal noise over its variance on backgrounds.

    Returns:
        d' >= 0; without internal noise corrected for the bias of an inverse covariance estimated
        from N samples, which the noise makes harmless.

    Raises:
        ValueError: if N is not above C + 2.
    """
    count, width = backgrounds.shape
    if count <= width + 2:
        raise ValueError(f"{count} backgrounds are too few for {width} channels")
    covariance = np.cov(backgrounds.astype(np.float64), rowvar=False)
    covariance = covariance + internal * np.diag(np.diag(covariance))
    # A ridge far below the noise keeps flat test images from dividing by zero.
    ridge = 1e-9 + 1e-6 * float(np.trace(covariance)) / width
    wanted = np.atleast_2d(signals).astype(np.float64)
    templates = np.linalg.solve(covariance + ridge * np.eye(width), wanted.T)
    unbiased = (count - width - 2) / (count - 1) if internal == 0 else 1.0
    return float(np.sqrt(max(0.0, unbiased * float((wanted.T * templates).sum()))))


def choose_backgrounds(
    coarse_grey: FloatArray,
    allowed: BoolArray,
    *,
    grey: float,
    rng: np.random.Generator,
) -> IntArray:
    """(N, 2) row, column of `MIN_BACKGROUNDS` to `BACKGROUNDS` distinct places of the same tissue.

    The tolerance in coarse grey widens until `MIN_BACKGROUNDS` places qualify.

    Raises:
        NoBackgroundError: if fewer than that are allowed at all: how the channels vary over them
            would be made up.
    """
    places = np.argwhere(allowed)
    if len(places) < MIN_BACKGROUNDS:
        raise NoBackgroundError(
            f"no background: {len(places)} places of the finding's size lie inside the breast, "
            f"fewer than {MIN_BACKGROUNDS}"
        )
    away = np.abs(coarse_grey[allowed] - grey)
    for tolerance in GREY_TOLERANCES:
        near = places[away <= tolerance]
        if len(near) >= MIN_BACKGROUNDS:
            places = near
            break
    count = min(BACKGROUNDS, len(places))
    return np.asarray(places[rng.choice(len(places), count, replace=False)])


def average(image: FloatArray, factor: int) -> FloatArray:
    rows, columns = (size // factor * factor for size in image.shape)
    blocks = image[:rows, :columns].reshape(rows // factor, factor, columns // factor, factor)
    return np.asarray(blocks.mean(axis=(1, 3)), np.float32)


def look_through(image: FloatArray, places: IntArray, channels: FloatArray) -> FloatArray:
    """(N, C) channel outputs of the patches around (N, 2) places."""
    half = channels.shape[1] // 2
    flat = channels.reshape(len(channels), -1)
    patches = np.stack(
        [image[y - half : y + half + 1, x - half : x + half + 1].ravel() for y, x in places]
    )
    return np.asarray(patches @ flat.T, np.float32)


def find_allowed_places(breast: BoolArray, lesion: BoolArray, half: int) -> BoolArray:
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
            if allowed.sum() >= MIN_BACKGROUNDS:
                return np.asarray(allowed, bool)
    return np.asarray(allowed, bool)


def blur_coarse(image: FloatArray, sigma_px: float) -> FloatArray:
    """Coarse tissue, from a copy at a quarter of the resolution where that is fine enough."""
    if sigma_px < 8:
        return np.asarray(ndimage.gaussian_filter(image, sigma_px), np.float32)
    small = ndimage.gaussian_filter(image[::4, ::4], sigma_px / 4)
    whole = np.repeat(np.repeat(small, 4, axis=0), 4, axis=1)
    return np.asarray(whole[: image.shape[0], : image.shape[1]], np.float32)
