"""Training pairs: a real image, and the condition map computed from it."""

from __future__ import annotations

import hashlib
import inspect
from dataclasses import asdict
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
from generation.anatomy.style import TextureStyle, measure_style
from generation.training.dicom import ImageError
from generation.training.images import (
    RealImage,
    find_breast,
    load_grey,
    mark_excluded,
)
from generation.training.packing import check_image
from generation.training.pair import Pair

__all__ = ["Pair", "find_interior", "find_ridges", "hash_file", "load_pairs", "make_pair"]

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]

RIDGE_SIGMAS_MM = (0.3, 0.5)
RIDGE_PERCENTILE = 88.0
RIDGE_LENGTH_PX = 60
RIDGE_FULL_PERCENTILE = 99.5
INTERIOR_PX = 25


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


def make_condition(grey: FloatArray, mask: BoolArray, style: TextureStyle) -> ConditionMap:
    """Condition map of a left-oriented image; the nipple is the mask's point farthest right.

    Args:
        grey: (h, w) grey 0-1 at 0.2 mm.
        mask: (h, w) breast.
        style: of the image's texture, which 0.2 mm does not show whole.
    """
    rows, columns = np.nonzero(mask)
    farthest = columns.max()
    nipple_xy = (float(farthest), float(np.median(rows[columns >= farthest - 5])))
    coarse = blur_inside(grey, mask, sigma_px=COARSE_SIGMA_MM / MAP_PIXEL_MM)
    return ConditionMap(mask, coarse, find_ridges(grey, mask), nipple_xy, style)


def make_pair(image: RealImage) -> Pair:
    """Load one real image and compute its condition."""
    grey = load_grey(image)
    grey = grey[: grey.shape[0] // 2 * 2, : grey.shape[1] // 2 * 2]
    mask = find_breast(grey)
    grey = np.where(ndimage.binary_dilation(mask, iterations=3), grey, 0).astype(np.float32)
    excluded = mark_excluded(image, grey.shape)
    style = measure_style(grey, find_interior(mask) & ~excluded)
    condition = make_condition(halve(grey), mask[::2, ::2], style)
    return Pair(
        grey=np.round(grey * 255).astype(np.uint8),
        channels=condition.stack().astype(np.float16),
        excluded=excluded[::2, ::2],
    )


def find_interior(mask: BoolArray) -> BoolArray:
    """(H, W) at 0.1 mm: the part of a breast mask where tissue, not skin, is seen."""
    small = ndimage.binary_erosion(mask[::2, ::2], iterations=INTERIOR_PX)
    return np.asarray(np.kron(small, np.ones((2, 2), bool))[: mask.shape[0], : mask.shape[1]], bool)


def load_pairs(images: list[RealImage], cache: Path) -> list[Pair]:
    """Pairs of all images, computed once and kept in `cache` while nothing of them changes.

    Raises:
        ImageError: if an image cannot be trained on, with its name and the reason.
    """
    cache.mkdir(parents=True, exist_ok=True)
    return [_load_pair(image, cache / f"{_name_pair(image)}.npz") for image in images]


def _name_pair(image: RealImage) -> str:
    """Hash of all that a pair comes from: the file, what is known of it, and how it is measured."""
    known = {name: value for name, value in asdict(image).items() if name != "path"}
    sources = (
        Path(inspect.getfile(measure)) for measure in (make_pair, blur_inside, measure_style)
    )
    parts = [hash_file(image.path), repr(known), *(hash_file(source) for source in sources)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:20]


def hash_file(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _load_pair(image: RealImage, kept: Path) -> Pair:
    if kept.exists():
        with np.load(kept) as arrays:
            return Pair(arrays["grey"], arrays["channels"], arrays["excluded"])
    try:
        check_image(image)
        pair = make_pair(image)
    except ValueError as error:
        reason = f"{image.path.name} cannot be trained on: {error}; `pack` leaves such images out"
        raise ImageError(reason) from error
    partial = kept.with_suffix(".part.npz")
    np.savez(partial, grey=pair.grey, channels=pair.channels, excluded=pair.excluded)
    partial.rename(kept)
    return pair
