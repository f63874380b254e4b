"""Coarse 3D tissue of one breast: where gland is, at 2.5 mm, shared by its two views.

A Gaussian random field with a power-law spectrum, stretched along the direction to the nipple so
that gland converges on it, on top of a cone-shaped prior, cut at the level that gives the wanted
volumetric fraction. Right and left share most of the field: asymmetry is a finding, not noise.

Source: volumetric density classes 3.5 / 7.5 / 15.5 % (Volpara cut-points); power-law anatomy
after Burgess, Med Phys 2001; gland toward the nipple after Reiser, PMC3189972.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation.spec import CaseSpec

FloatArray = NDArray[np.float32]

VOXEL_MM = 2.5
EXPONENT_3D = 3.1
STRETCH = 2.0
EDGE = 0.12
SHARED = 0.75
PRIOR_WEIGHT = 1.35
FRACTION_RANGES = {"A": (0.018, 0.033), "B": (0.040, 0.072), "C": (0.080, 0.150), "D": (0.17, 0.34)}


@dataclass(frozen=True)
class Tissue:
    """Gland of one breast.

    Attributes:
        gland: (depth, lateral, superior) fraction 0-1 of each voxel; depth 0 at the nipple's skin,
            lateral and superior centred on the nipple line.
        inside: the same shape, True within the breast.
    """

    gland: FloatArray
    inside: NDArray[np.bool_]

    @property
    def volumetric_fraction(self) -> float:
        """Gland volume over breast volume."""
        return float(self.gland[self.inside].mean())


def draw_field(shape: tuple[int, int, int], rng: np.random.Generator) -> FloatArray:
    """Gaussian random field of zero mean and unit variance with spectrum 1 / f^EXPONENT_3D."""
    frequencies = np.meshgrid(*(np.fft.fftfreq(n) for n in shape[:2]), indexing="ij")
    last = np.fft.rfftfreq(shape[2])
    squared = (frequencies[0] ** 2 + frequencies[1] ** 2)[..., None] + last**2
    squared = np.maximum(squared, (1 / max(shape)) ** 2)
    spectrum = np.fft.rfftn(rng.standard_normal(shape)) * squared ** (-EXPONENT_3D / 4)
    field = np.fft.irfftn(spectrum, shape, axes=(0, 1, 2))
    return np.asarray((field - field.mean()) / field.std(), np.float32)


def make_tissue(
    spec: CaseSpec, *, shared_rng: np.random.Generator, side_rng: np.random.Generator
) -> Tissue:
    """Draw one breast's gland.

    Args:
        spec: density class and size.
        shared_rng: generator that both breasts start from alike.
        side_rng: generator of this breast.
    """
    depth, lateral, superior = _axes(spec)
    shape = (depth.size, lateral.size, superior.size)
    field = SHARED * draw_field(shape, shared_rng)
    field = field + np.sqrt(1 - SHARED**2) * draw_field(shape, side_rng)
    fraction = shared_rng.uniform(*FRACTION_RANGES[spec.density])
    centre = shared_rng.normal(0, 0.06, 3) + side_rng.normal(0, 0.02, 3)
    reach = shared_rng.uniform(0.85, 1.15, 3)
    along, out, up = np.meshgrid(depth, lateral, superior, indexing="ij", sparse=True)
    inside = _inside(along, out, up, spec)
    field = _converge_on_nipple(field, along, out, up)
    prior = _cone(along, out, up, spec, centre=centre, reach=reach)
    likely = field + PRIOR_WEIGHT * prior
    return Tissue(_cut(likely, inside, fraction), inside)


def _axes(spec: CaseSpec) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Voxel centres in mm along depth, lateral, superior."""
    half = np.ceil(spec.width_mm / 2 / VOXEL_MM + 2)
    across = (np.arange(-half, half + 1) * VOXEL_MM).astype(np.float32)
    depth = (np.arange(np.ceil((spec.depth_mm + 10) / VOXEL_MM)) + 0.5) * VOXEL_MM
    return depth.astype(np.float32), across, across


def _inside(
    along: FloatArray, out: FloatArray, up: FloatArray, spec: CaseSpec
) -> NDArray[np.bool_]:
    """Ellipsoid through nipple and chest wall."""
    half = spec.width_mm / 2
    behind = np.minimum((along - spec.depth_mm) / spec.depth_mm, 0)
    return np.asarray(behind**2 + (out / half) ** 2 + (up / half) ** 2 <= 1)


def _converge_on_nipple(
    field: FloatArray, along: FloatArray, out: FloatArray, up: FloatArray
) -> FloatArray:
    """Resample the field so that its structure is stretched along the lines to the nipple."""
    shape = field.shape
    range_mm = np.sqrt((along + 12) ** 2 + out**2 + up**2)
    middle = float(range_mm.mean())
    ratio = (middle / range_mm) ** 0.6
    coordinates = np.stack(
        np.broadcast_arrays(
            range_mm / STRETCH / VOXEL_MM,
            (shape[1] - 1) / 2 + out * ratio / VOXEL_MM,
            (shape[2] - 1) / 2 + up * ratio / VOXEL_MM,
        )
    )
    return np.asarray(ndimage.map_coordinates(field, coordinates, order=1, mode="wrap"))


def _cone(
    along: FloatArray,
    out: FloatArray,
    up: FloatArray,
    spec: CaseSpec,
    *,
    centre: NDArray[np.float64],
    reach: NDArray[np.float64],
) -> FloatArray:
    """Prior of gland: 1 in the middle of the disc behind the nipple, falling to negative outside.

    It leans to the upper outer quadrant and leaves fat under the skin and before the chest wall.
    """
    half = spec.width_mm / 2
    depth = spec.depth_mm
    narrowing = np.clip(0.35 + along / (0.55 * depth), 0.35, 1)
    x = (along - (0.40 + centre[0]) * depth) / (0.46 * reach[0] * depth)
    y = (out - (0.10 + centre[1]) * half) / (0.62 * reach[1] * half * narrowing)
    z = (up - (0.08 + centre[2]) * half) / (0.58 * reach[2] * half * narrowing)
    return np.asarray(np.maximum(1 - (x**2 + y**2 + z**2), -2.5))


def _cut(likely: FloatArray, inside: NDArray[np.bool_], fraction: float) -> FloatArray:
    """Soft threshold whose mean inside the breast is `fraction`, found by bisection."""
    values = likely[inside]
    low, high = float(values.min()) - 1, float(values.max()) + 1
    for _ in range(30):
        level = (low + high) / 2
        mean = float((1 / (1 + np.exp(-(values - level) / EDGE))).mean())
        low, high = (level, high) if mean > fraction else (low, level)
    gland = 1 / (1 + np.exp(-np.clip((likely - level) / EDGE, -40, 40)))
    return np.where(inside, gland, 0).astype(np.float32)
