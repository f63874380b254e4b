"""Sheets of samples while training: real crops, and what the network draws on their conditions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from generation.networks.generator import Generator, RandomNoise
from generation.training.pair import Pair

EDGE_PX = 160
COLUMNS = 4
SEED = 5
SHOWN_PERCENTILES = (0.5, 99.5)
LEAST_BREAST = 0.97
ATTEMPTS = 400


def draw_sheet(
    network: Generator, pairs: Sequence[Pair], out: Path, *, step: int, device: str
) -> Path:
    """Write `out/sheet-STEP.pgm`: real crops above, drawn ones below, at full size.

    The crops are the same on every sheet. A portable greymap, because a machine lent for training
    may have no library for other formats. It shows real images: never commit or publish it.
    """
    rng = np.random.default_rng(SEED)
    noise = RandomNoise(torch.Generator().manual_seed(SEED))
    chosen = [pairs[index] for index in rng.permutation(len(pairs))[:COLUMNS]]
    smallest = min(min(pair.excluded.shape) for pair in chosen)
    edge = min(EDGE_PX, smallest) // network.config.stride * network.config.stride
    columns = []
    for pair in chosen:
        grey, condition = _cut_crop(pair, edge, rng)
        with torch.inference_mode():
            batch = torch.from_numpy(condition)[None].to(device)
            drawn = network(batch, noise)[0, 0].float().cpu().numpy()
        low, high = np.percentile(grey, SHOWN_PERCENTILES)
        both = np.vstack([grey, drawn])
        columns.append(np.clip((both - low) / max(high - low, 1e-3), 0, 1))
    sheet = np.round(np.hstack(columns) * 255).astype(np.uint8)
    path = out / f"sheet-{step:06d}.pgm"
    header = f"P5 {sheet.shape[1]} {sheet.shape[0]} 255\n".encode()
    path.write_bytes(header + sheet.tobytes())
    return path


def _cut_crop(
    pair: Pair, edge: int, rng: np.random.Generator
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """(2e, 2e) grey and (C, e, e) condition of a crop inside the breast, if one is found."""
    height, width = pair.excluded.shape
    for _ in range(ATTEMPTS):
        y, x = int(rng.integers(height - edge + 1)), int(rng.integers(width - edge + 1))
        here = np.s_[y : y + edge, x : x + edge]
        if pair.channels[0][here].mean(dtype=np.float32) >= LEAST_BREAST:
            break
    grey = pair.grey[2 * y : 2 * (y + edge), 2 * x : 2 * (x + edge)]
    channels = pair.channels[:, y : y + edge, x : x + edge]
    return grey.astype(np.float32) / np.float32(255), channels.astype(np.float32)
