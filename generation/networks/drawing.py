"""Draw the background of one view with the trained generator, over the breast alone.

Noise is tied to the nipple: the same woman compressed anew keeps her texture, and a part of a view
drawn alone is what it would be in the whole.
"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from generation.anatomy.condition import ConditionMap
from generation.networks.generator import Generator, NoiseSource

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]

MARGIN_PX = 16
# A part is drawn with so much around it that its edge does not feel the cut.
PART_MARGIN_PX = 64
# The field of noise: map pixels above, below, behind (towards the chest wall) and before the
# nipple; more than any canvas holds, and multiples of every stride.
REACH_PX = {"above": 1152, "below": 1152, "behind": 896, "before": 64}


class AnchoredNoise(NoiseSource):
    """Noise of a window on a field that is fixed to the nipple.

    Args:
        random: draws whole fields, so that a window does not change what others hold.
        top: first row of the window on the field, in map pixels; a multiple of the stride.
        left: first column.
        height: rows of the window in map pixels.
    """

    def __init__(self, random: torch.Generator, *, top: int, left: int, height: int) -> None:
        super().__init__(random)
        self.top, self.left, self.height = top, left, height

    def like(self, x: Tensor) -> Tensor:
        """(1, 1, h, w) noise for features (1, C, h, w) of the window, at any scale."""
        rows, columns = x.shape[2:]
        field_rows = (REACH_PX["above"] + REACH_PX["below"]) * rows // self.height
        field_columns = (REACH_PX["behind"] + REACH_PX["before"]) * rows // self.height
        field = torch.randn((field_rows, field_columns), generator=self.random)
        top, left = self.top * rows // self.height, self.left * rows // self.height
        part = field[top : top + rows, left : left + columns]
        return part[None, None].to(x.device, x.dtype)


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
    stride = network.config.stride
    anchor = (round(condition.nipple_xy[1]), round(condition.nipple_xy[0]))
    wanted, margin = condition.mask, MARGIN_PX
    if area is not None:
        wanted, margin = area[::2, ::2] | area[1::2, 1::2], PART_MARGIN_PX
    rows, columns = (
        _align(np.flatnonzero(wanted.any(axis=axis)), anchor[1 - axis], margin, stride)
        for axis in (1, 0)
    )
    # Beyond the field of noise there is only air, even where a part lies at the nipple.
    columns = slice(columns.start, min(columns.stop, anchor[1] + REACH_PX["before"]))
    window = _cut_window(condition.stack(), rows, columns)
    noise = AnchoredNoise(
        torch.Generator().manual_seed(seed),
        top=rows.start - anchor[0] + REACH_PX["above"],
        left=columns.start - anchor[1] + REACH_PX["behind"],
        height=rows.stop - rows.start,
    )
    with torch.inference_mode():
        batch = torch.from_numpy(window)[None]
        batch = batch.to(device, memory_format=torch.channels_last)
        drawn = network(batch, noise)[0, 0].float().cpu().numpy()
    return np.clip(_paste(drawn, condition.mask.shape, rows, columns), 0, 1)


def _align(used: NDArray[np.intp], anchor: int, margin: int, stride: int) -> slice:
    """Range that holds `used` with a margin, both ends whole strides away from the anchor."""
    first = (int(used[0]) - margin - anchor) // stride
    last = -(-(int(used[-1]) + 1 + margin - anchor) // stride)
    return slice(anchor + first * stride, anchor + last * stride)


def _cut_window(channels: FloatArray, rows: slice, columns: slice) -> FloatArray:
    """(C, rows, columns) of (C, h, w), 0 where the window leaves the map."""
    _, height, width = channels.shape
    top, left = max(rows.start, 0), max(columns.start, 0)
    inside = channels[:, top : min(rows.stop, height), left : min(columns.stop, width)]
    shape = (len(channels), rows.stop - rows.start, columns.stop - columns.start)
    window = np.zeros(shape, np.float32)
    y, x = top - rows.start, left - columns.start
    window[:, y : y + inside.shape[1], x : x + inside.shape[2]] = inside
    return window


def _paste(drawn: FloatArray, shape: tuple[int, ...], rows: slice, columns: slice) -> FloatArray:
    """The drawn window at its place on the canvas of twice the map's (h, w)."""
    height, width = shape
    grey = np.zeros((2 * height, 2 * width), np.float32)
    top, left = max(rows.start, 0), max(columns.start, 0)
    bottom, right = min(rows.stop, height), min(columns.stop, width)
    grey[2 * top : 2 * bottom, 2 * left : 2 * right] = drawn[
        2 * (top - rows.start) : 2 * (bottom - rows.start),
        2 * (left - columns.start) : 2 * (right - columns.start),
    ]
    return grey
