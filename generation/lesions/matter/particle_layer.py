"""From particles in 3D to a layer: each drawn five times finer on its own tile, blurred, added up.

Tiles rather than one large patch: a breast full of particles costs what its particles cost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation.lesions.matter.particles import Particle
from generation.lesions.matter.projection import Projection, deposit, measure_long_axis
from generation.physics.attenuation import attenuation_per_cm
from generation.physics.blur import blur_and_sample
from generation.physics.layers import Layer

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]

SUPERSAMPLING = 5
MARGIN_MM = 1.5
SUPPORT_FLOOR = 1.5e-4
# A reader sees the group, not the grains: what lies within these distances belongs to it.
HALO_MM = 0.6
CLOSING_MM = 2.5
MASK_SHARE = 0.12
# Patches wider than this are outlined on every second pixel.
WIDE_PX = 700
NO_PLACES = np.zeros((0, 3), np.float32)


@dataclass(frozen=True)
class Group:
    """Particles and the (N, 3) positions of their centres, mm from the group's centre.

    `around` and `around_mm` are matter that belongs to the finding and is not counted; where
    nothing is counted, it is what a reader sees.
    """

    particles: Sequence[Particle]
    positions_mm: FloatArray
    around: Sequence[Particle] = ()
    around_mm: FloatArray = field(default_factory=lambda: NO_PLACES)

    @property
    def matter(self) -> list[tuple[Particle, FloatArray]]:
        counted = zip(self.particles, self.positions_mm, strict=True)
        return [*counted, *zip(self.around, self.around_mm, strict=True)]


@dataclass(frozen=True)
class Tile:
    """(n, n) path in cm of one particle, blurred, and the patch pixel of its first element."""

    path_cm: FloatArray
    row: int
    column: int


def _draw_tile(
    particle: Particle, at_mm: FloatArray, projection: Projection, pixel_mm: float
) -> Tile:
    """One particle on its own tile, its corner counted from the group's centre pixel."""
    image = projection.to_image_mm(particle.elements_mm + at_mm)
    middle = np.rint((image.min(axis=0) + image.max(axis=0)) / 2 / pixel_mm)
    offset = image - (middle * pixel_mm).astype(np.float32)
    half = int(np.ceil((float(np.abs(offset).max()) + MARGIN_MM) / pixel_mm))
    fine = deposit(
        offset,
        particle.volumes_mm3,
        half_px=half * SUPERSAMPLING + SUPERSAMPLING // 2,
        pixel_mm=pixel_mm / SUPERSAMPLING,
    )
    # The elements' own width, so that none shows by itself.
    sigma = 0.5 * particle.width_mm / pixel_mm * SUPERSAMPLING
    fine = ndimage.gaussian_filter(fine, sigma, mode="constant", truncate=3)
    path = blur_and_sample(fine, pixel_mm=pixel_mm, factor=SUPERSAMPLING) / 10.0
    path = np.clip(path, 0.0, None)
    return Tile(path, int(middle[1]) - half, int(middle[0]) - half)


def project_group(
    group: Group,
    projection: Projection,
    *,
    contrast: float,
    pixel_mm: float = 0.1,
    closing_mm: float = CLOSING_MM,
) -> Layer:
    """One view of a group as a layer; see `Layer`.

    `closing_mm`: particles within twice this belong together in the mask.
    """
    matter = group.matter
    tiles = [_draw_tile(particle, at, projection, pixel_mm) for particle, at in matter]
    reach = max(
        max(abs(tile.row), abs(tile.column), tile.row + size, tile.column + size)
        for tile in tiles
        for size in [len(tile.path_cm)]
    )
    half = int(reach + np.ceil(HALO_MM / pixel_mm)) + 1
    size = 2 * half + 1
    added, displaced = np.zeros((size, size), np.float32), np.zeros((size, size), np.float32)
    grains = np.zeros((size, size), bool)
    oxalate = attenuation_per_cm("calcium_oxalate")
    for index, (tile, (particle, _)) in enumerate(zip(tiles, matter, strict=True)):
        side = len(tile.path_cm)
        place = (
            slice(half + tile.row, half + tile.row + side),
            slice(half + tile.column, half + tile.column + side),
        )
        displaced[place] += contrast * tile.path_cm
        added[place] += contrast * oxalate * particle.calcium * tile.path_cm
        if index < len(group.particles) or not group.particles:
            grains[place] |= tile.path_cm > MASK_SHARE * tile.path_cm.max()
    centres = projection.to_image_mm(group.positions_mm) / pixel_mm
    at = np.rint(centres).astype(int) + half
    grains[at[:, 1], at[:, 0]] = True
    mask = outline_group(grains, pixel_mm=pixel_mm, closing_mm=closing_mm)
    return Layer(
        added=added,
        displaced_cm=displaced,
        mask=mask,
        support=(added > SUPPORT_FLOOR) | mask,
        long_axis_mm=measure_long_axis(mask, pixel_mm),
        particles_px=centres.astype(np.float32),
    )


def outline_group(
    grains: BoolArray, *, pixel_mm: float = 0.1, closing_mm: float = CLOSING_MM
) -> BoolArray:
    """(h, w) area of a group: its particles, what lies between them, and a narrow halo."""
    step = 4 if closing_mm > CLOSING_MM else 1 + (len(grains) > WIDE_PX)
    rough = _shrink(grains, step)
    margin = int(np.ceil(2 * closing_mm / pixel_mm / step))
    away = ndimage.distance_transform_edt(~np.pad(rough, margin)) * pixel_mm * step
    inner = ndimage.distance_transform_edt(away <= closing_mm) * pixel_mm * step
    closed = (inner > closing_mm - HALO_MM)[margin:-margin, margin:-margin]
    filled = ndimage.binary_fill_holes(closed | (away[margin:-margin, margin:-margin] <= HALO_MM))
    grown = np.kron(filled, np.ones((step, step), bool))[: grains.shape[0], : grains.shape[1]]
    return np.asarray(grown)


def _shrink(grains: BoolArray, step: int) -> BoolArray:
    """One of (step, step) pixels: True where any of them is."""
    if step == 1:
        return grains
    padded = np.pad(grains, [(0, -size % step) for size in grains.shape])
    height, width = (size // step for size in padded.shape)
    return np.asarray(padded.reshape(height, step, width, step).any(axis=(1, 3)))
