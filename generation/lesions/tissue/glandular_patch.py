"""A patch of fibroglandular tissue in 3D: irregular, concave at its edges, with fat in it.

What asymmetries are made of: not a body with a surface but more of the breast's own tissue. A
random field with the gland's own spectrum is thresholded under an envelope that fades outwards, so
that lobes and bays of fat are as coarse as those of the gland (Sickles 2007, Radiol Clin North Am
45:765, "The spectrum of breast asymmetries": concave outward contours, interspersed with fat).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation.lesions.matter.projection import Projection
from generation.lesions.matter.surface import draw_rotation

FloatArray = NDArray[np.float32]

VOXELS = 40
# No wave is longer than the patch over this number.
LONGEST_WAVES = 2.2
SPECTRUM_EXPONENT = 3.1
# Threshold in deviations of the field: so likely is gland at the centre, so unlikely at the edge.
CENTRE, EDGE = 0.35, 1.0
SOFTNESS = 0.2
# The field's edge is ragged: so far beyond its size a patch is drawn to be seen over its size.
REACH = 1.15


@dataclass(frozen=True)
class GlandularPatch:
    """Points of gland around the patch's centre.

    points_mm: (N, 3) in the breast frame. volume_mm3: (N,) gland that each stands for.
    """

    points_mm: FloatArray
    volume_mm3: FloatArray

    def project(
        self,
        projection: Projection,
        *,
        centre_xy: tuple[float, float],
        shape: tuple[int, int],
        pixel_mm: float,
    ) -> FloatArray:
        """(h, w) mm of gland along the ray on a grid, the patch's centre at `centre_xy` (px)."""
        place = projection.to_image_mm(self.points_mm) / pixel_mm + np.asarray(centre_xy)
        low = np.floor(place).astype(np.int64)
        share = place - low
        canvas = np.zeros(shape, np.float64)
        for step_x in (0, 1):
            for step_y in (0, 1):
                x, y = low[:, 0] + step_x, low[:, 1] + step_y
                weight = np.abs(1 - step_x - share[:, 0]) * np.abs(1 - step_y - share[:, 1])
                on = (x >= 0) & (x < shape[1]) & (y >= 0) & (y < shape[0])
                np.add.at(canvas, (y[on], x[on]), (weight * self.volume_mm3)[on])
        return (canvas / pixel_mm**2).astype(np.float32)


def draw_patch(
    rng: np.random.Generator, *, size_mm: float, flatness: float = 0.7
) -> GlandularPatch:
    """Draw a patch.

    Args:
        rng: generator, used for this alone.
        size_mm: its longest extent, about.
        flatness: its shortest extent as a share of the longest.
    """
    field = _draw_field(rng)
    axis = (np.arange(VOXELS) + 0.5) / VOXELS * 2 - 1
    along, out, up = np.meshgrid(axis, axis, axis, indexing="ij")
    middle = rng.uniform(flatness, 1.0)
    radius = np.sqrt(along**2 + (out / middle) ** 2 + (up / flatness) ** 2)
    likely = field + CENTRE - (CENTRE + EDGE) * radius**3
    gland = 1 / (1 + np.exp(-np.clip(likely / SOFTNESS, -30, 30)))
    gland = gland * np.clip((1.1 - radius) / 0.2, 0, 1)
    kept = gland > 0.02
    points = np.stack([along[kept], out[kept], up[kept]], axis=1) * (REACH * size_mm / 2)
    # Voxels off their grid: no view looks along its planes.
    points = points + rng.uniform(-0.5, 0.5, points.shape) * (REACH * size_mm / VOXELS)
    turned = points @ draw_rotation(rng, tilt_deg=60.0)
    voxel = (REACH * size_mm / VOXELS) ** 3
    return GlandularPatch(turned.astype(np.float32), (gland[kept] * voxel).astype(np.float32))


def _draw_field(rng: np.random.Generator) -> FloatArray:
    """(VOXELS,) * 3 Gaussian field of unit variance, power-law, its coarsest waves kept down."""
    frequency = np.fft.fftfreq(VOXELS)
    squared = sum(part**2 for part in np.meshgrid(frequency, frequency, frequency, indexing="ij"))
    power = np.maximum(squared, (LONGEST_WAVES / VOXELS) ** 2) ** (-SPECTRUM_EXPONENT / 4)
    noise = np.fft.ifftn(np.fft.fftn(rng.standard_normal((VOXELS,) * 3)) * power).real
    field = ndimage.gaussian_filter(noise, 0.8, mode="wrap")
    return np.asarray((field - field.mean()) / field.std(), np.float32)
