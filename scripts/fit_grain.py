"""Fit the grain's law to the training images: `python scripts/fit_grain.py DIR`.

Writes `generation/networks/grain.json`. Real images are JPEG files, so the law cannot be read off
them: grain is put on the smoothed real images, stored as they are, and measured as they are; what
is off goes back into the law, round after round. Only images of the training part are read.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from generation.evaluation.storage import Table, read_table, store_grey
from generation.networks.grain import (
    FITTED,
    KNOTS_PER_MM,
    LAW,
    PIXEL_MM,
    POOL_PX,
    Grain,
    describe_places,
    design_kernels,
)
from generation.training.images import RealImage, list_images
from generation.training.pairs import find_interior, make_pair

Values = NDArray[np.float64]

WINDOW_PX, WINDOWS, LEAST_WINDOWS = 32, 400, 50
LOWEST_PER_MM, HIGHEST_PER_MM = 1.8, 7.2
ROUNDS, STEP = 9, 0.8
# Every other image is enough for two dozen numbers.
EVERY = 2


@dataclass(frozen=True)
class Sample:
    """One real image, smoothed, with the places where its noise is measured."""

    smooth: Tensor
    condition: Tensor
    table: Table | None
    corners: NDArray[np.intp]
    terms: Values
    powers: Values
    skews: Values


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder of CDD-CESM")
    images = list_images(parser.parse_args().data, "train")[::EVERY]
    grain = Grain(1)
    samples = [sample for image in images if (sample := take_sample(image, grain)) is not None]
    terms = np.concatenate([sample.terms for sample in samples])
    wanted = regress(terms, np.concatenate([sample.powers for sample in samples]))
    skew_wanted = np.mean([sample.skews for sample in samples], axis=0)
    law, skew = wanted / 2, skew_wanted.copy()
    for number in range(ROUNDS):
        powers, skews = measure_grain(samples, law, skew, grain)
        off = wanted - regress(terms, powers)
        residual = powers - np.concatenate([sample.powers for sample in samples])
        print(number, "mean log power off", np.round(residual.mean(axis=0), 3))  # noqa: T201
        law, skew = law + STEP * off / 2, skew + STEP * (skew_wanted - skews)
    fitted = {
        "images": len(samples),
        "terms": list(LAW),
        "knots_per_mm": list(KNOTS_PER_MM),
        "law": np.round(law, 4).tolist(),
        "anisotropy": np.round(skew, 4).tolist(),
    }
    FITTED.write_text(json.dumps(fitted, indent=1) + "\n")


def take_sample(image: RealImage, grain: Grain) -> Sample | None:
    """One image's windows, or None where too few fit."""
    try:
        pair = make_pair(image)
    except ValueError:
        return None
    height, width = (size // POOL_PX * POOL_PX for size in pair.grey.shape)
    grey = pair.grey[:height, :width].astype(np.float32) / np.float32(255)
    channels = pair.channels[:, : height // 2, : width // 2].astype(np.float32)
    condition = torch.from_numpy(channels)[None]
    mask = np.kron(channels[0] > 0, np.ones((2, 2), bool))
    excluded = np.kron(pair.excluded, np.ones((2, 2), bool))[:height, :width]
    corners = choose_corners(find_interior(mask) & ~excluded)
    if len(corners) < LEAST_WINDOWS:
        return None
    smooth = grain.smooth(torch.from_numpy(grey)[None, None]).detach()
    places = describe_places(smooth, condition)
    size = WINDOW_PX // POOL_PX
    windows = places.unfold(2, size, 1).unfold(3, size, 1).mean(dim=(4, 5))[0].numpy()
    terms = windows[:, corners[:, 0] // POOL_PX, corners[:, 1] // POOL_PX].T
    powers, skews = measure_windows(grey, corners)
    table = read_table(image.path)
    return Sample(smooth, condition, table, corners, terms.astype(float), powers, skews)


def choose_corners(free: NDArray[np.bool_]) -> NDArray[np.intp]:
    """(N, 2) corners of windows that lie where it is free, on the grid of the strengths."""
    count = F.avg_pool2d(torch.from_numpy(free[None].astype(np.float32)), WINDOW_PX, POOL_PX)[0]
    corners = POOL_PX * np.argwhere(count.numpy() == 1)
    rng = np.random.default_rng(0)
    return corners[rng.permutation(len(corners))[:WINDOWS]]


def measure_windows(grey: NDArray[np.float32], corners: NDArray[np.intp]) -> tuple[Values, Values]:
    """(N, K) log power and (K,) anisotropy around each knot's frequency."""
    windows = np.stack([grey[y : y + WINDOW_PX, x : x + WINDOW_PX] for y, x in corners])
    flat = windows - windows.mean(axis=(1, 2), keepdims=True)
    taper = np.outer(np.hanning(WINDOW_PX), np.hanning(WINDOW_PX))
    taper /= np.sqrt(np.mean(taper**2))
    power = np.abs(np.fft.fft2(flat * taper)) ** 2 / WINDOW_PX**2
    frequency = np.fft.fftfreq(WINDOW_PX, PIXEL_MM)
    radius = np.hypot(frequency[:, None], frequency[None, :])
    waves = np.cos(2 * np.arctan2(frequency[:, None], frequency[None, :]))
    between = (np.array(KNOTS_PER_MM[:-1]) + KNOTS_PER_MM[1:]) / 2
    edges = [LOWEST_PER_MM, *between, HIGHEST_PER_MM]
    logs, skews = [], []
    for low, high in pairwise(edges):
        ring = (radius >= low) & (radius < high)
        logs.append(np.log(power[:, ring].mean(axis=1) + 1e-9))
        even = power[:, ring].mean() * np.mean(waves[ring] ** 2)
        skews.append((power[:, ring] * waves[ring]).mean() / even)
    return np.stack(logs, axis=1), np.array(skews)


def measure_grain(
    samples: list[Sample], law: Values, skew: Values, grain: Grain
) -> tuple[Values, Values]:
    """The same of smoothed images with the law's grain, stored as the real ones are."""
    grain.law.data = torch.tensor(law, dtype=torch.float32)
    grain.kernels.data = torch.tensor(design_kernels(skew), dtype=torch.float32)[:, None]
    powers, skews = [], []
    for number, sample in enumerate(samples):
        random = torch.Generator().manual_seed(number)
        white = torch.randn(sample.smooth.shape, generator=random)
        with torch.inference_mode():
            strength = grain.reckon_strength(sample.smooth, sample.condition, torch.zeros(()))
            grained = grain.add_noise(sample.smooth, strength, white)[0, 0].numpy()
        measured = measure_windows(store_grey(grained, sample.table), sample.corners)
        powers.append(measured[0])
        skews.append(measured[1])
    return np.concatenate(powers), np.mean(skews, axis=0)


def regress(terms: Values, powers: Values) -> Values:
    """(K, 6) least-squares coefficients of log powers."""
    return np.linalg.lstsq(terms, powers, rcond=None)[0].T


if __name__ == "__main__":
    main()
