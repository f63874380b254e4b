"""Frechet radiomics distance: d squared between Gaussians fitted to radiomic features.

Source: Konz, Osuala et al., "Frechet radiomic distance" (arXiv 2412.01496), and its package
frd-score 1.0.1, version 1: each image scaled to deviation 100 about 0, levels of a fixed width,
first-order, co-occurrence, run, zone and tone difference features of the image and its four
wavelet bands, and each feature scaled by the mean and deviation of the real set. The package
prints log d squared; here it is d squared itself, so that ratios mean something. Two more
differences: no resampling (the package halves the resolution, which would hide the finest
texture), and zero is the middle of a level (`discretise`).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from generation.quality.radiomic_features.cooccurrence import measure_cooccurrence
from generation.quality.radiomic_features.first_order import measure_first_order
from generation.quality.radiomic_features.sizes import measure_runs, measure_zones
from generation.quality.radiomic_features.tone_difference import measure_tone_difference
from generation.quality.radiomic_features.wavelet import split_bands

FloatArray = NDArray[np.float32]
GreyArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
Features = NDArray[np.float64]

SCALE = 100.0
LEVEL_WIDTH = 5.0
# What scaling an image to one mean and deviation makes equal for all; a band's mean says nothing.
SCALED_AWAY = frozenset(
    f"original_firstorder_{name}" for name in ("Energy", "RootMeanSquared", "Variance")
)
LEVEL_FAMILIES: dict[str, Callable[[IntArray], dict[str, float]]] = {
    "glcm": measure_cooccurrence,
    "glrlm": measure_runs,
    "glszm": measure_zones,
    "ngtdm": measure_tone_difference,
}


def extract_radiomics(patches: FloatArray) -> Features:
    """(N, F) radiomic features of (N, 256, 256) grey 0-1 patches, in one order for all."""
    rows = [list(name_radiomics(patch).values()) for patch in patches]
    return np.array(rows, np.float64).reshape(len(rows), len(rows[0]) if rows else 0)


def name_radiomics(patch: FloatArray, *, level_width: float = LEVEL_WIDTH) -> dict[str, float]:
    """Features of one (H, W) patch by pyradiomics' names, such as "wavelet-LH_glcm_Contrast"."""
    grey = patch.astype(np.float64)
    deviation = float(grey.std())
    scaled = (grey - grey.mean()) / (deviation if deviation > 0 else 1.0) * SCALE
    images = {"original": scaled}
    images |= {f"wavelet-{name}": band for name, band in split_bands(scaled).items()}
    found = {}
    for kind, image in images.items():
        for name, value in _measure_image(image, level_width).items():
            found[f"{kind}_{name}"] = value
    return {name: found[name] for name in found if name not in SCALED_AWAY}


def _measure_image(image: GreyArray, level_width: float) -> dict[str, float]:
    levels = discretise(image, level_width)
    found = {f"firstorder_{n}": v for n, v in measure_first_order(image, levels).items()}
    for family, measure in LEVEL_FAMILIES.items():
        found |= {f"{family}_{name}": value for name, value in measure(levels).items()}
    return found


def discretise(image: GreyArray, level_width: float) -> IntArray:
    """(H, W) levels from 1; zero is the middle of one.

    pyradiomics has a level begin at zero, where rounding alone decides the level of the many
    pixels of an 8-bit image whose wavelet bands are exactly zero.
    """
    steps = np.floor(image / level_width + 0.5).astype(np.int64)
    return np.asarray(steps - steps.min() + 1)


def measure_radiomics_distance(real: Features, other: Features) -> float:
    """d squared >= 0 between two sets of radiomic features.

    The trace of the root of the two covariances' product is the sum of the singular values of
    one set's centred rows times the other's, which holds with fewer rows than features too.

    Args:
        real: (N, F) of `extract_radiomics`; its mean and deviation scale both sets.
        other: (M, F).

    Raises:
        ValueError: if a set has fewer than two rows.
    """
    if min(len(real), len(other)) < 2:
        raise ValueError("a radiomics distance needs at least two patches on each side")
    mean, deviation = real.mean(axis=0), real.std(axis=0)
    varies = deviation > 1e-9 * np.maximum(np.abs(mean), 1e-3)
    a, b = ((rows[:, varies] - mean[varies]) / deviation[varies] for rows in (real, other))
    apart = float(((a.mean(axis=0) - b.mean(axis=0)) ** 2).sum())
    a, b = ((rows - rows.mean(axis=0)) / np.sqrt(len(rows) - 1) for rows in (a, b))
    shared = float(np.linalg.svd(a @ b.T, compute_uv=False).sum())
    return max(0.0, apart + float((a**2).sum() + (b**2).sum()) - 2 * shared)
