"""Putting findings into a base image: out = base + w (variant - base), w exactly 0 outside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation.physics.layers import Layer
from generation.physics.look import GREY_FLOOR, GREY_LEVELS, AnyFloatArray, GreyTable

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]
PixelArray = NDArray[np.uint16]

# w climbs from 0 to 1 over this many pixels inside the support.
FEATHER_PX = 4.0
DETAIL_SIGMA_PX = 5.0
DETAIL_GAIN = 1.2


@dataclass(frozen=True)
class PlacedLayer:
    """A layer and the (x, y) pixel at which its centre lies; rounded to a whole pixel."""

    layer: Layer
    centre_px: tuple[float, float]


@dataclass(frozen=True)
class PlacedVariant:
    """Another (H, W) grey of the view, shown inside a support; (H, W) mask, (x, y) centre."""

    grey: FloatArray
    mask: BoolArray
    support: BoolArray
    centre_px: tuple[float, float]


@dataclass(frozen=True)
class PlacedFinding:
    """Where a placed part ended up on the canvas: (H, W) mask and support, (x, y) centre."""

    mask: BoolArray
    support: BoolArray
    centre_px: tuple[float, float]


@dataclass(frozen=True)
class Composition:
    """(H, W) 12-bit pixels with and without the findings, and the place of each part."""

    pixels: PixelArray
    base_pixels: PixelArray
    findings: tuple[PlacedFinding, ...]


def quantise(grey: AnyFloatArray) -> PixelArray:
    """12-bit stored values (0-4095) of grey 0-1; any shape."""
    levels = np.rint(np.asarray(grey, np.float64) * (GREY_LEVELS - 1))
    return np.clip(levels, 0, GREY_LEVELS - 1).astype(np.uint16)


def _overlap(
    size: tuple[int, ...], layer: Layer, centre: tuple[int, int]
) -> tuple[tuple[slice, slice], tuple[slice, slice]] | None:
    """Slices (canvas, patch) of the part of a patch that lies on the canvas."""
    canvas: list[slice] = []
    patch: list[slice] = []
    for axis, middle in ((0, centre[1]), (1, centre[0])):
        start = middle - layer.added.shape[axis] // 2
        low, high = max(start, 0), min(start + layer.added.shape[axis], size[axis])
        if low >= high:
            return None
        canvas.append(slice(low, high))
        patch.append(slice(low - start, high - start))
    return (canvas[0], canvas[1]), (patch[0], patch[1])


def find_reach(parts: Sequence[PlacedLayer], size: tuple[int, ...]) -> tuple[slice, slice] | None:
    """Rows and columns of a canvas (H, W) that decide what layers look like, and hold them.

    Composed on these alone, the layers come out as on the whole canvas. None where a layer lies
    wholly off it.
    """
    margin = round(3 * DETAIL_SIGMA_PX) + 1
    bounds: list[tuple[int, int, int, int]] = []
    for part in parts:
        centre = (round(part.centre_px[0]), round(part.centre_px[1]))
        overlap = _overlap(size, part.layer, centre)
        if overlap is None:
            return None
        (rows, columns), _ = overlap
        bounds.append((rows.start, rows.stop, columns.start, columns.stop))
    top, bottom, left, right = zip(*bounds, strict=True)
    return (
        slice(max(min(top) - margin, 0), min(max(bottom) + margin, size[0])),
        slice(max(min(left) - margin, 0), min(max(right) + margin, size[1])),
    )


def support_weight(support: BoolArray) -> FloatArray:
    """(h, w) weight 0-1: exactly 0 outside the support, 1 from `FEATHER_PX` inside its edge."""
    padded = np.pad(support, 1)
    distance = ndimage.distance_transform_edt(padded)[1:-1, 1:-1]
    return np.clip(distance / FEATHER_PX, 0.0, 1.0).astype(np.float32)


def compose(
    base_grey: FloatArray,
    parts: Sequence[PlacedLayer | PlacedVariant],
    *,
    table: GreyTable,
    coarse_grey: FloatArray,
    breast: BoolArray | None = None,
) -> Composition:
    """Put findings into a base image, each inside its support only.

    Every part's change is reckoned against the base alone and the changes add up, layers in log
    exposure and variants in grey: so taking one away changes nothing outside its support.

    Args:
        base_grey: (H, W) presentation grey 0-1, without findings.
        parts: layers with their centres, and variants of the whole view.
        table: grey <-> log exposure of the look at the spec's thickness.
        coarse_grey: (H, W) coarse tissue grey 0-1: what the layers displace.
        breast: (H, W) optional; no layer changes anything outside it.

    Returns:
        Pixels that equal the base's bit for bit wherever no support lies.

    Raises:
        ValueError: if the shapes differ or a layer lies wholly off the canvas.
    """
    if coarse_grey.shape != base_grey.shape:
        raise ValueError("coarse_grey must have the shape of base_grey")
    base_pixels = quantise(base_grey)
    base = base_pixels.astype(np.float32) / np.float32(GREY_LEVELS - 1)
    change = np.zeros(base.shape, np.float32)
    touched = np.zeros(base.shape, bool)
    delta = np.zeros(base.shape, np.float32)
    weight = np.zeros(base.shape, np.float32)
    findings = []
    for part in parts:
        if isinstance(part, PlacedVariant):
            change += support_weight(part.support) * (part.grey - base)
            touched |= part.support
            findings.append(PlacedFinding(part.mask, part.support, part.centre_px))
        else:
            findings.append(_lay(part, delta, weight, table, coarse_grey, breast))
    layered = weight > 0
    if layered.any():
        change[layered] += weight[layered] * (_vary(base, delta, layered, table) - base[layered])
    touched |= layered
    pixels = base_pixels.copy()
    pixels[touched] = quantise(base[touched] + change[touched])
    return Composition(pixels=pixels, base_pixels=base_pixels, findings=tuple(findings))


def _lay(
    placed: PlacedLayer,
    delta: FloatArray,
    weight: FloatArray,
    table: GreyTable,
    coarse_grey: FloatArray,
    breast: BoolArray | None,
) -> PlacedFinding:
    """Add one layer to the (H, W) change of log exposure and to the weight of the layers."""
    centre = (round(placed.centre_px[0]), round(placed.centre_px[1]))
    overlap = _overlap(delta.shape, placed.layer, centre)
    if overlap is None:
        raise ValueError(f"a finding at {placed.centre_px} lies off the canvas")
    canvas, patch = overlap
    support, mask = np.zeros(delta.shape, bool), np.zeros(delta.shape, bool)
    support[canvas] = placed.layer.support[patch]
    mask[canvas] = placed.layer.mask[patch]
    if breast is not None:
        support &= breast
        mask &= breast
    fraction = table.glandular_fraction(coarse_grey[canvas])
    delta[canvas] += np.where(
        support[canvas], _cut(placed.layer, patch).delta_log_exposure(fraction), 0.0
    )
    weight[canvas] = np.maximum(weight[canvas], support_weight(support[canvas]))
    return PlacedFinding(mask, support, (float(centre[0]), float(centre[1])))


def _vary(base: FloatArray, delta: FloatArray, touched: BoolArray, table: GreyTable) -> FloatArray:
    """(N,) grey at the touched pixels with the change of log exposure in place.

    The table maps the base blurred by `DETAIL_SIGMA_PX`; the detail that the blur took away comes
    back with the table's own change of slope, held below `DETAIL_GAIN`: the base's noise has been
    through the processing once, and a mass over dark fat would turn it into speckle.
    """
    rows, columns = np.nonzero(touched)
    reach = round(3 * DETAIL_SIGMA_PX)
    box = np.s_[
        max(rows.min() - reach, 0) : rows.max() + reach + 1,
        max(columns.min() - reach, 0) : columns.max() + reach + 1,
    ]
    inside = touched[box]
    low = ndimage.gaussian_filter(base[box], DETAIL_SIGMA_PX, truncate=3)[inside]
    low = np.clip(low, GREY_FLOOR, 1.0 - GREY_FLOOR)
    raised = table.to_grey(table.to_log_exposure(low) + delta[box][inside])
    gain = np.clip(raised * (1 - raised) / (low * (1 - low)), 0.0, DETAIL_GAIN)
    detail = base[box][inside] - low
    return np.asarray(np.clip(raised + gain * detail, 0.0, 1.0), np.float32)


def _cut(layer: Layer, patch: tuple[slice, slice]) -> Layer:
    return Layer(
        added=layer.added[patch],
        displaced_cm=layer.displaced_cm[patch],
        mask=layer.mask[patch],
        support=layer.support[patch],
        long_axis_mm=layer.long_axis_mm,
    )
