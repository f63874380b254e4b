"""Draw the background of views with the trained generator, over the breast alone.

Noise is tied to the nipple: the same woman compressed anew keeps her texture, and a part of a view
drawn alone is what it would be in the whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from scipy import ndimage

from generation.anatomy.condition import ConditionMap
from generation.networks.generator import Generator, enlarge
from generation.networks.noise import AnchoredNoise

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]

# Before the breast and after it: where a batch's smaller views go on in air, more keeps the skin as
# it is drawn alone (by .03 grey at the nipple with 16, by .004 with 24).
MARGINS_PX = (16, 24)
# A part is drawn with so much around it that its edge does not feel the cut.
PART_MARGIN_PX = 64
STRIP_PX = 96
EDGE_SIGMA_PX = 1.5


@dataclass(frozen=True)
class Window:
    """Rows and columns of a condition map that are drawn; they may leave the map.

    Both ends lie whole strides away from the anchor, the nipple's map pixel (row, column).
    """

    rows: slice
    columns: slice
    anchor: tuple[int, int]

    @property
    def shape(self) -> tuple[int, int]:
        return self.rows.stop - self.rows.start, self.columns.stop - self.columns.start

    def grow(self, shape: tuple[int, int]) -> Window:
        """The same window with rows and columns added at its ends up to a shape."""
        rows = slice(self.rows.start, self.rows.start + shape[0])
        columns = slice(self.columns.start, self.columns.start + shape[1])
        return Window(rows, columns, self.anchor)


def draw_background(
    network: Generator,
    condition: ConditionMap,
    *,
    seed: int,
    device: str,
    area: BoolArray | None = None,
) -> FloatArray:
    """Fine image of a condition map.

    Args:
        network: trained generator on `device`.
        condition: one view at 0.2 mm, (h, w).
        seed: of the noise.
        device: "cpu" or "cuda".
        area: (2h, 2w) optional; only the rectangle around it is drawn.

    Returns:
        (2h, 2w) grey 0-1 at 0.1 mm, 0 outside the breast's (or the area's) rectangle.
    """
    window = find_window(condition, network.config.stride, area=area)
    return _draw(network, [condition], [window], seeds=[seed], device=device)[0]


def draw_backgrounds(
    network: Generator, conditions: Sequence[ConditionMap], *, seeds: Sequence[int], device: str
) -> list[FloatArray]:
    """Fine images of several maps in one pass, as `draw_background` draws them one by one.

    For a GPU, which one view does not fill. Smaller views are drawn with air around them.

    Raises:
        ValueError: if there is not one seed for each map.
    """
    if len(conditions) != len(seeds):
        raise ValueError(f"{len(conditions)} condition maps, but {len(seeds)} seeds")
    if not conditions:
        return []
    windows = [find_window(each, network.config.stride) for each in conditions]
    largest = (max(w.shape[0] for w in windows), max(w.shape[1] for w in windows))
    windows = [window.grow(largest) for window in windows]
    return _draw(network, conditions, windows, seeds=seeds, device=device)


def find_window(condition: ConditionMap, stride: int, *, area: BoolArray | None = None) -> Window:
    """The rectangle around the breast, or around an area (2h, 2w), with a margin.

    An area's ends where the breast's does: a border is felt, so both must feel the same.

    Raises:
        ValueError: if the breast or the area is empty, or they are far from each other.
    """
    anchor = (round(condition.nipple_xy[1]), round(condition.nipple_xy[0]))
    rows, columns = _frame(condition.mask, anchor, MARGINS_PX, stride)
    if area is not None:
        wanted = area[::2, ::2] | area[1::2, 1::2]
        own = _frame(wanted, anchor, (PART_MARGIN_PX, PART_MARGIN_PX), stride)
        rows, columns = _overlap(rows, own[0]), _overlap(columns, own[1])
    return Window(rows, columns, anchor)


def _draw(
    network: Generator,
    conditions: Sequence[ConditionMap],
    windows: Sequence[Window],
    *,
    seeds: Sequence[int],
    device: str,
) -> list[FloatArray]:
    """Images of windows of one shape."""
    noise = AnchoredNoise(
        list(seeds),
        tops=[window.rows.start - window.anchor[0] for window in windows],
        lefts=[window.columns.start - window.anchor[1] for window in windows],
        height=windows[0].shape[0],
    )
    cut = [_cut(each.stack(), window) for each, window in zip(conditions, windows, strict=True)]
    with torch.inference_mode(), _reduced_precision(device):
        batch = torch.from_numpy(np.stack(cut))
        batch = batch.to(device, memory_format=torch.channels_last)
        strip_px = STRIP_PX if device == "cpu" else None
        drawn = network(batch, noise, strip_px=strip_px)[:, 0].clamp(0, 1).cpu().numpy()
    return [
        _paste(image, condition.mask.shape, window) * _fade_edge(condition.mask)
        for image, condition, window in zip(drawn, conditions, windows, strict=True)
    ]


def _fade_edge(mask: BoolArray) -> FloatArray:
    """(2h, 2w) 0-1: the last tenths of a millimetre of skin, which thin out and hide the mask's
    steps; 1 along the border of the map, where the breast goes on."""
    near = ndimage.gaussian_filter(mask.astype(np.float32), EDGE_SIGMA_PX, mode="nearest")
    inside = torch.from_numpy(np.clip(2.2 * (near - 0.5), 0, 1))[None, None]
    return np.asarray(enlarge(inside)[0, 0].numpy(), np.float32)


def _reduced_precision(device: str) -> AbstractContextManager[object]:
    """bfloat16 where the device computes in it, float32 elsewhere."""
    native = device != "cpu" or torch.cpu._is_avx512_bf16_supported()
    return torch.autocast(device, torch.bfloat16, enabled=native)


def _frame(
    wanted: BoolArray, anchor: tuple[int, int], margins: tuple[int, int], stride: int
) -> tuple[slice, slice]:
    """Rows and columns that hold a mask (h, w) with margins before and after."""
    if not wanted.any():
        raise ValueError("there is nothing to draw: the breast or the area is empty")
    rows, columns = (
        _align(np.flatnonzero(wanted.any(axis=axis)), anchor[1 - axis], margins, stride)
        for axis in (1, 0)
    )
    return rows, columns


def _align(used: NDArray[np.intp], anchor: int, margins: tuple[int, int], stride: int) -> slice:
    """Range that holds `used` with margins, both ends whole strides away from the anchor."""
    before, after = margins
    first = (int(used[0]) - before - anchor) // stride
    last = -(-(int(used[-1]) + 1 + after - anchor) // stride)
    return slice(anchor + first * stride, anchor + last * stride)


def _overlap(one: slice, other: slice) -> slice:
    common = slice(max(one.start, other.start), min(one.stop, other.stop))
    if common.start >= common.stop:
        raise ValueError("there is nothing to draw: the area lies outside the breast")
    return common


def _cut(channels: FloatArray, window: Window) -> FloatArray:
    """(C, rows, columns) of (C, h, w); beyond the map its border goes on, as the breast does behind
    the chest wall: air there would be drawn as skin's edge."""
    _, height, width = channels.shape
    rows = np.clip(np.arange(window.rows.start, window.rows.stop), 0, height - 1)
    columns = np.clip(np.arange(window.columns.start, window.columns.stop), 0, width - 1)
    return np.ascontiguousarray(channels[:, rows[:, None], columns])


def _paste(drawn: FloatArray, shape: tuple[int, ...], window: Window) -> FloatArray:
    """The drawn window at its place on the canvas of twice the map's (h, w)."""
    height, width = shape
    rows, columns = window.rows, window.columns
    grey = np.zeros((2 * height, 2 * width), np.float32)
    top, left = max(rows.start, 0), max(columns.start, 0)
    bottom, right = min(rows.stop, height), min(columns.stop, width)
    grey[2 * top : 2 * bottom, 2 * left : 2 * right] = drawn[
        2 * (top - rows.start) : 2 * (bottom - rows.start),
        2 * (left - columns.start) : 2 * (right - columns.start),
    ]
    return grey
