"""Draw the background of one view with the trained generator, over the breast alone."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray

from generation.anatomy.condition import ConditionMap
from generation.networks.generator import Generator, NoiseSource

FloatArray = NDArray[np.float32]

MARGIN_PX = 16


def draw_background(
    network: Generator, condition: ConditionMap, *, seed: int, device: str
) -> FloatArray:
    """Fine image of a condition map.

    Args:
        network: trained generator on `device`.
        condition: one view at 0.2 mm, (h, w).
        seed: of the noise.
        device: "cpu" or "cuda".

    Returns:
        (2h, 2w) grey 0-1 at 0.1 mm, 0 outside the breast's rectangle.
    """
    rows, columns = _breast_rectangle(condition.mask, network.config.stride)
    channels = condition.stack()
    height, width = condition.mask.shape
    canvas = np.zeros((len(channels), rows.stop - rows.start, columns.stop - columns.start))
    inside = channels[:, rows, columns]
    canvas[:, : inside.shape[1], : inside.shape[2]] = inside
    noise = NoiseSource(torch.Generator().manual_seed(seed))
    with torch.inference_mode():
        batch = torch.from_numpy(canvas.astype(np.float32))[None]
        batch = batch.to(device, memory_format=torch.channels_last)
        drawn = network(batch, noise)[0, 0].float().cpu().numpy()
    grey = np.zeros((2 * height, 2 * width), np.float32)
    target = grey[2 * rows.start : 2 * rows.stop, 2 * columns.start : 2 * columns.stop]
    target[:] = drawn[: target.shape[0], : target.shape[1]]
    return np.clip(grey, 0, 1)


def _breast_rectangle(mask: NDArray[np.bool_], stride: int) -> tuple[slice, slice]:
    """Rows and columns that hold the breast with a margin, each a multiple of `stride` long."""
    spans = []
    for axis in (1, 0):
        used = np.flatnonzero(mask.any(axis=axis))
        start = max(int(used[0]) - MARGIN_PX, 0)
        length = int(used[-1]) + 1 + MARGIN_PX - start
        spans.append(slice(start, start + -(-length // stride) * stride))
    return spans[0], spans[1]
