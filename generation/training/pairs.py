"""Training pairs: a real image, and the condition map computed from it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation.anatomy.condition import (
    COARSE_SIGMA_MM,
    MAP_PIXEL_MM,
    ConditionMap,
    blur_inside,
)
from generation.training.images import (
    RealImage,
    find_breast,
    load_grey,
    mark_excluded,
)

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]

RIDGE_SIGMAS_MM = (0.3, 0.5)
RIDGE_PERCENTILE = 88.0
RIDGE_LENGTH_PX = 60
RIDGE_FULL_PERCENTILE = 99.5


@dataclass(frozen=True)
class Pair:
    """One real image with its condition.

    Attributes:
        grey: (2h, 2w) uint8 at 0.1 mm, background set to 0.
        channels: (C, h, w) float16 condition at 0.2 mm.
        excluded: (h, w) bool, pixels no crop may hold.
    """

    grey: NDArray[np.uint8]
    channels: NDArray[np.float16]
    excluded: BoolArray


def halve(grey: FloatArray) -> FloatArray:
    """(2h, 2w) -> (h, w): mean of each 2 x 2 block."""
    height, width = grey.shape[0] // 2, grey.shape[1] // 2
    blocks = grey[: 2 * height, : 2 * width].reshape(height, 2, width, 2)
    return blocks.mean(axis=(1, 3)).astype(np.float32)


def find_ridges(grey: FloatArray, mask: BoolArray) -> FloatArray:
    """Long bright lines: the most negative Hessian eigenvalue over two scales.

    Args:
        grey: (h, w) grey 0-1 at 0.2 mm.
        mask: (h, w) breast.

    Returns:
        (h, w) strength 0-1, relative to `RIDGE_FULL_PERCENTILE` of the breast.
    """
    strength = np.zeros_like(grey)
    for sigma_mm in RIDGE_SIGMAS_MM:
        sigma = sigma_mm / MAP_PIXEL_MM
        hyy = ndimage.gaussian_filter(grey, sigma, order=(2, 0))
        hxx = ndimage.gaussian_filter(grey, sigma, order=(0, 2))
        hxy = ndimage.gaussian_filter(grey, sigma, order=(1, 1))
        smallest = (hxx + hyy) / 2 - np.sqrt(((hxx - hyy) / 2) ** 2 + hxy**2)
        strength = np.maximum(strength, sigma**2 * np.maximum(-smallest, 0))
    inside = ndimage.binary_erosion(mask, iterations=8)
    if not inside.any():
        return strength * 0
    low, high = np.percentile(strength[inside], (RIDGE_PERCENTILE, RIDGE_FULL_PERCENTILE))
    labels, count = ndimage.label((strength > low) & inside, structure=np.ones((3, 3)))
    boxes = ndimage.find_objects(labels)
    long = np.zeros(count + 1, bool)
    for index, box in enumerate(boxes, start=1):
        extent = np.hypot(*(part.stop - part.start for part in box))
        long[index] = extent > RIDGE_LENGTH_PX
    kept = np.where(long[labels], (strength - low) / (high - low), 0)
    return np.clip(kept, 0, 1).astype(np.float32)


def make_condition(grey: FloatArray, mask: BoolArray) -> ConditionMap:
    """Condition map of a left-oriented image; the nipple is the mask's point farthest right.

    Args:
        grey: (h, w) grey 0-1 at 0.2 mm.
        mask: (h, w) breast.
    """
    rows, columns = np.nonzero(mask)
    farthest = columns.max()
    nipple_xy = (float(farthest), float(np.median(rows[columns >= farthest - 5])))
    coarse = blur_inside(grey, mask, sigma_px=COARSE_SIGMA_MM / MAP_PIXEL_MM)
    return ConditionMap(mask, coarse, find_ridges(grey, mask), nipple_xy)


def make_pair(image: RealImage) -> Pair:
    """Load one real image and compute its condition."""
    grey = load_grey(image)
    grey = grey[: grey.shape[0] // 2 * 2, : grey.shape[1] // 2 * 2]
    mask = find_breast(grey)
    grey = np.where(ndimage.binary_dilation(mask, iterations=3), grey, 0).astype(np.float32)
    condition = make_condition(halve(grey), mask[::2, ::2])
    return Pair(
        grey=np.round(grey * 255).astype(np.uint8),
        channels=condition.stack().astype(np.float16),
        excluded=mark_excluded(image, grey.shape)[::2, ::2],
    )


def load_pairs(images: list[RealImage], cache: Path) -> list[Pair]:
    """Pairs of all images, computed once and kept in `cache`."""
    cache.mkdir(parents=True, exist_ok=True)
    return [_load_pair(image, cache / f"{image.path.stem}.npz") for image in images]


def _load_pair(image: RealImage, kept: Path) -> Pair:
    if not kept.exists():
        pair = make_pair(image)
        partial = kept.with_suffix(".part.npz")
        np.savez(partial, grey=pair.grey, channels=pair.channels, excluded=pair.excluded)
        partial.rename(kept)
    with np.load(kept) as arrays:
        return Pair(arrays["grey"], arrays["channels"], arrays["excluded"])
