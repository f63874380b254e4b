"""Coarse 3D tissue of one breast, shared by its two views: gland, and the walls of fat lobules.

A Gaussian random field with a power-law spectrum lies along meridians (curves that converge on
the nipple and follow the skin), on top of the region where gland is likely; fat lobules cut it;
the level is set so that the gland has the wanted volumetric fraction. How much each of these
counts is the woman's character. Right and left share most of the field: asymmetry is a finding.

Source: volumetric density classes 3.5 / 7.5 / 15.5 % (Volpara cut-points); power-law anatomy
after Burgess, Med Phys 2001; gland toward the nipple after Reiser, PMC3189972; fat lobules of
20-30 mm after VICTRE.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from scipy.spatial import cKDTree

from generation.anatomy.character import Character
from generation.spec import CaseSpec

FloatArray = NDArray[np.float32]

VOXEL_MM = 2.5
SHARED = 0.78
SIDE_SHIFT = 0.035
MERIDIAN_FLOOR = 0.10
WALL_MM = 3.5
LOBULE_STEP = 2  # voxels between the points at which the distance to lobules is taken
FRACTION_RANGES = {"A": (0.018, 0.033), "B": (0.040, 0.072), "C": (0.080, 0.150), "D": (0.17, 0.34)}


@dataclass(frozen=True)
class Tissue:
    """Tissue of one breast.

    Attributes:
        gland: (depth, lateral, superior) fraction 0-1 of each voxel; depth 0 at the nipple's skin,
            lateral and superior centred on the nipple line.
        walls: the same shape, 0-1, walls between fat lobules.
        inside: the same shape, True within the breast.
    """

    gland: FloatArray
    walls: FloatArray
    inside: NDArray[np.bool_]

    @property
    def volumetric_fraction(self) -> float:
        """Gland volume over breast volume."""
        return float(self.gland[self.inside].mean())


def draw_field(
    shape: tuple[int, int, int], rng: np.random.Generator, *, exponent: float, longest: float
) -> FloatArray:
    """Gaussian random field of zero mean and unit variance with spectrum 1 / f^exponent.

    Args:
        shape: voxels.
        rng: draws the field.
        exponent: of power over frequency.
        longest: wavelength in voxels beyond which the spectrum is flat.
    """
    frequencies = np.meshgrid(*(np.fft.fftfreq(n) for n in shape[:2]), indexing="ij")
    last = np.fft.rfftfreq(shape[2])
    squared = (frequencies[0] ** 2 + frequencies[1] ** 2)[..., None] + last**2
    squared = np.maximum(squared, (1 / min(longest, max(shape))) ** 2)
    spectrum = np.fft.rfftn(rng.standard_normal(shape)) * squared ** (-exponent / 4)
    field = np.fft.irfftn(spectrum, shape, axes=(0, 1, 2))
    return np.asarray((field - field.mean()) / field.std(), np.float32)


def meridian_width(along_mm: FloatArray, depth_mm: float) -> FloatArray:
    """Half width 0-1 of the breast at a depth behind the nipple, relative to the chest wall's.

    Positions divided by it follow curves that converge on the nipple and run along the skin.
    """
    behind = np.clip(1 - along_mm / depth_mm, 0, 1)
    return np.asarray(np.sqrt(1 - behind**2 + MERIDIAN_FLOOR), np.float32)


def make_tissue(
    spec: CaseSpec,
    character: Character,
    *,
    shared_rng: np.random.Generator,
    side_rng: np.random.Generator,
) -> Tissue:
    """Draw one breast's tissue.

    Args:
        spec: density class and size.
        character: how the woman's tissue lies.
        shared_rng: generator that both breasts start from alike.
        side_rng: generator of this breast.
    """
    depth, lateral, superior = _axes(spec)
    shape = (_fast(depth.size), _fast(lateral.size), _fast(superior.size))
    law = {"exponent": character.exponent, "longest": character.island_mm / VOXEL_MM}
    field = SHARED * draw_field(shape, shared_rng, **law)
    field = field + np.sqrt(1 - SHARED**2) * draw_field(shape, side_rng, **law)
    low, high = FRACTION_RANGES[spec.density]
    fraction = low + (high - low) * shared_rng.random()
    shift = SIDE_SHIFT * side_rng.standard_normal(3)
    along, out, up = np.meshgrid(depth, lateral, superior, indexing="ij", sparse=True)
    inside = _inside(along, out, up, spec)
    width = meridian_width(along, spec.depth_mm)
    gap = _lobule_gap((depth, lateral, superior), character, side_rng, shared_rng)
    likely = _lay_along_meridians(field, along, out / width, up / width, character)
    likely += character.gathering * _likely_region(along, out, up, spec, character, shift=shift)
    likely -= character.holes * np.minimum(gap / 9, 1)
    gland = _cut(likely, inside, fraction, character.edge)
    walls = np.exp(-((gap / WALL_MM) ** 2)).astype(np.float32)
    return Tissue(gland, walls, inside)


def _fast(size: int) -> int:
    """The next size that the Fourier transform likes."""
    return size + -size % 8


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


def _lay_along_meridians(
    field: FloatArray, along: FloatArray, out: FloatArray, up: FloatArray, character: Character
) -> FloatArray:
    """Resample the field so that its structure is stretched along the meridians."""
    shape = field.shape
    coordinates = np.stack(
        np.broadcast_arrays(
            along / character.stretch / VOXEL_MM,
            (shape[1] - 1) / 2 + out / VOXEL_MM,
            (shape[2] - 1) / 2 + up / VOXEL_MM,
        )
    )
    return np.asarray(ndimage.map_coordinates(field, coordinates, order=1, mode="grid-wrap"))


def _lobule_gap(
    axes: tuple[FloatArray, FloatArray, FloatArray],
    character: Character,
    side_rng: np.random.Generator,
    shared_rng: np.random.Generator,
) -> FloatArray:
    """Distance to the nearest wall between lobules, roughly, in mm, on the voxel grid.

    Lobules are the cells of points on a jittered lattice: the second smallest distance less the
    smallest is twice the distance to the wall between them.
    """
    spacing = character.lobule_mm
    lattice = [np.arange(axis[0] - spacing, axis[-1] + 2 * spacing, spacing) for axis in axes]
    points = np.stack(np.meshgrid(*lattice, indexing="ij"), axis=-1).reshape(-1, 3)
    # The lattice depends on size alone, so both sides have as many points.
    points = points + spacing * shared_rng.uniform(-0.36, 0.36, points.shape)
    points += spacing * side_rng.uniform(-0.22, 0.22, points.shape)
    thinned = [axis[::LOBULE_STEP] for axis in axes]
    grid = np.stack(np.meshgrid(*thinned, indexing="ij"), axis=-1)
    found, _ = cKDTree(points).query(grid.reshape(-1, 3), k=2)
    distance = np.asarray(found)
    gap = (distance[:, 1] - distance[:, 0]).reshape(grid.shape[:3]).astype(np.float32)
    enlarged = np.meshgrid(
        *(np.arange(axis.size, dtype=np.float32) / LOBULE_STEP for axis in axes), indexing="ij"
    )
    return np.asarray(ndimage.map_coordinates(gap, enlarged, order=1, mode="nearest"))


def _likely_region(
    along: FloatArray,
    out: FloatArray,
    up: FloatArray,
    spec: CaseSpec,
    character: Character,
    *,
    shift: NDArray[np.float64],
) -> FloatArray:
    """Where gland is likely: 1 in the middle, negative far away, blended of two shapes.

    A disc behind the nipple, leaning to the upper outer quadrant, and a cap behind the skin of
    the front with fat behind it; both leave fat under the skin and before the chest wall.
    """
    half, depth = spec.width_mm / 2, spec.depth_mm
    centre = np.array(character.centre) + shift
    narrowing = np.clip(0.35 + along / (0.55 * depth), 0.35, 1)
    x = (along - centre[0] * depth) / (character.reach[0] * depth)
    y = (out - centre[1] * half) / (character.reach[1] * half * narrowing)
    z = (up - centre[2] * half) / (character.reach[2] * half * narrowing)
    disc = 1 - (x**2 + y**2 + z**2)
    shell = np.sqrt(((depth - along) / depth) ** 2 + (out / half) ** 2 + (up / half) ** 2)
    cap = 1 - ((shell - 0.72) / 0.20) ** 2 - 1.2 * np.maximum(-1 + y**2 + z**2, 0)
    blended = (1 - character.cap) * np.maximum(disc, -2.5) + character.cap * np.maximum(cap, -2.5)
    under_skin = np.clip((shell - 0.86) / 0.10, 0, 1.5)
    # Fat lies between gland and chest wall, in a hollow that follows the skin's curve.
    hollow = 0.66 + 0.3 * ((out / half) ** 2 + (up / half) ** 2)
    before_wall = np.clip((along / depth - hollow) / 0.28, 0, 1.5)
    fat = character.skin_fat * under_skin + character.wall_fat * before_wall
    return np.asarray(blended - fat, np.float32)


def _cut(likely: FloatArray, inside: NDArray[np.bool_], fraction: float, edge: float) -> FloatArray:
    """Soft threshold whose mean inside the breast is `fraction`, found by bisection."""
    values = likely[inside]
    low, high = float(values.min()) - 5 * edge, float(values.max()) + 5 * edge
    for _ in range(22):
        level = (low + high) / 2
        mean = float((1 / (1 + np.exp(np.clip((level - values) / edge, -40, 40)))).mean())
        low, high = (level, high) if mean > fraction else (low, level)
    gland = 1 / (1 + np.exp(np.clip((level - likely) / edge, -40, 40)))
    return np.where(inside, gland, 0).astype(np.float32)
