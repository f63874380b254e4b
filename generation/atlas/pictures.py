"""Crops of the atlas: the finding, the same place without it, and the outline of its mask."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from generation.anatomy.geometry import CANVAS_PX
from generation.placement import PlacedView

BoolArray = NDArray[np.bool_]
PixelArray = NDArray[np.uint16]

# A crop holds the mask and this much around it, and is never smaller than `SMALLEST_PX`.
MARGIN_PX = 90
SMALLEST_PX = 320
LARGEST_SIDE = 448
DETAIL_FROM_PX = 1000
JPEG_QUALITY = 82
OUTLINE_RGB = (255, 200, 60)


def write_pictures(view: PlacedView, finding: str, folder: Path, name: str) -> list[dict[str, str]]:
    """Write a finding in one view; by picture the names of its three files.

    What is larger than a few centimetres comes twice: shrunk, and a part of it as it is.
    """
    found = view.findings[finding]
    mask = found.mask if found.mask.any() else found.support
    box = _choose_box(mask)
    written = [_write_box(view, found.mask, box, folder, name)]
    if box[0].stop - box[0].start >= DETAIL_FROM_PX:
        deep = np.zeros_like(mask)
        deep[np.unravel_index(ndimage.distance_transform_edt(mask).argmax(), mask.shape)] = True
        detail = _choose_box(deep, smallest=LARGEST_SIDE)
        written.append(_write_box(view, found.mask, detail, folder, f"{name}-detail"))
    return written


def _write_box(
    view: PlacedView, mask: BoolArray, box: tuple[slice, slice], folder: Path, name: str
) -> dict[str, str]:
    shrink = max(1, math.ceil((box[0].stop - box[0].start) / LARGEST_SIDE))
    names = {
        "image": f"{name}.jpg",
        "base": f"{name}-without.jpg",
        "outline": f"{name}-outline.png",
    }
    for key, pixels in (("image", view.pixels), ("base", view.base_pixels)):
        picture = Image.fromarray(_average(pixels[box], shrink))
        picture.save(folder / names[key], quality=JPEG_QUALITY, optimize=True)
    _save_outline(mask[box][::shrink, ::shrink], folder / names["outline"])
    return names


def _choose_box(mask: BoolArray, smallest: int = SMALLEST_PX) -> tuple[slice, slice]:
    """A square around a mask on the canvas; the canvas's own height at most."""
    rows, columns = (np.flatnonzero(mask.any(axis=axis)) for axis in (1, 0))
    spans = [int(np.ptp(used)) + 1 if used.size else 0 for used in (rows, columns)]
    side = min(max(smallest, max(spans) + 2 * MARGIN_PX), *CANVAS_PX)
    starts = []
    for used, limit in zip((rows, columns), CANVAS_PX, strict=True):
        middle = int(used[0] + used[-1]) // 2 if used.size else limit // 2
        starts.append(min(max(0, middle - side // 2), limit - side))
    return slice(starts[0], starts[0] + side), slice(starts[1], starts[1] + side)


def _average(pixels: PixelArray, shrink: int) -> NDArray[np.uint8]:
    """8-bit grey, averaged in blocks."""
    rows, columns = (size // shrink for size in pixels.shape)
    blocks = pixels[: rows * shrink, : columns * shrink].reshape(rows, shrink, columns, shrink)
    return (blocks.mean(axis=(1, 3)) / 16).astype(np.uint8)


def _save_outline(mask: BoolArray, path: Path) -> None:
    """The pixels just outside a mask in colour, the rest clear."""
    edge = ndimage.binary_dilation(mask, iterations=2) & ~ndimage.binary_dilation(mask)
    picture = Image.fromarray(edge.astype(np.uint8), mode="P")
    picture.putpalette([0, 0, 0, *OUTLINE_RGB])
    picture.save(path, transparency=0, optimize=True, bits=1)
