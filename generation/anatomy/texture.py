"""Tissue of one view finer than the voxels: strands, cloud, and the lines at the strands' crests.

Strands are the crests of band-limited noise drawn over meridians, so that they converge on the
nipple and follow the skin; the same crests, where a slower noise lets them show, are the fine
network of lines. So lines lie on bright strands, wind and meet as real ones do.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.anatomy.character import Character
from generation.anatomy.geometry import CANVAS_MM, Outline
from generation.anatomy.tissue import meridian_width
from generation.spec import CaseSpec

FloatArray = NDArray[np.float32]

FINE_MM = 0.4
COARSE_STEP = 2  # fine pixels a coarse one
LATTICE = 256  # noise is drawn on a lattice of 1 mm that repeats after 256 mm
WAVES_MM = (24.0, 13.0, 7.5)
WAVE_SHARES = (0.9, 1.0, 0.8)
WINDING = 0.20  # of a crest, by waves a third as long
SHARPNESS = np.float32(3.2)
SHORTEST_LINE_MM = 10.0
FLAT_SLOPE = np.float32(0.05)  # per fine pixel
CREST_MM = 0.75  # half width of a drawn crest
CLOUD_EXPONENT = 2.6
AXILLA_RISE_DEG = 16.0


@dataclass(frozen=True)
class FineTissue:
    """Fine tissue of one view.

    Attributes:
        strands: (h, w) at 0.8 mm, zero mean and unit variance over the canvas.
        cloud: the same, structureless.
        crests: (h, w) at 0.4 mm, 0-1, thin lines along the crests of strands.
        gate: (h, w) at 0.8 mm, zero mean and unit variance: where crests show.
    """

    strands: FloatArray
    cloud: FloatArray
    crests: FloatArray
    gate: FloatArray


def draw_fine_tissue(
    outline: Outline, spec: CaseSpec, character: Character, rng: np.random.Generator
) -> FineTissue:
    """Draw the fine tissue of a view over its outline's meridians."""
    along, across = _meridian_coordinates(outline, spec)
    strands = np.zeros((along.shape[0] // COARSE_STEP, along.shape[1] // COARSE_STEP), np.float32)
    crests = np.zeros(along.shape, np.float32)
    stretches = character.streakiness ** np.array([1.0, 0.8, 0.6])
    for wave, share, stretch in zip(WAVES_MM, WAVE_SHARES, stretches, strict=True):
        noise = _draw_band(rng, wave) + WINDING * _draw_band(rng, wave / 3)
        sampled = _sample(noise, along / np.float32(stretch), across)
        strands += np.float32(share) * np.exp(-SHARPNESS * np.abs(_thin(sampled)))
        if wave > SHORTEST_LINE_MM:
            crests = np.maximum(crests, _find_crests(sampled))
    thin_along, thin_across = _thin(along), _thin(across)
    cloud = _sample(
        _draw_power(rng, CLOUD_EXPONENT, 45),
        thin_along / np.float32(np.sqrt(character.streakiness)),
        thin_across,
    )
    gate = _sample(_draw_power(rng, 2.2, 60), thin_along / np.float32(1.5), thin_across)
    return FineTissue(_standardise(strands), _standardise(cloud), crests, gate)


def _meridian_coordinates(outline: Outline, spec: CaseSpec) -> tuple[FloatArray, FloatArray]:
    """(along, across) in mm of each fine pixel: behind the nipple, and across at the chest wall."""
    shape = tuple(round(size / FINE_MM) for size in CANVAS_MM)
    y, x = ((np.arange(n, dtype=np.float32) + 0.5) * np.float32(FINE_MM) for n in shape)
    along = np.float32(outline.apex_x_mm) - x
    width = meridian_width(along, spec.depth_mm)
    axis = y.dtype.type(outline.apex_y_mm) - y
    if outline.view == "mlo":
        # Tissue of the oblique hangs from the axilla: its strands rise toward the chest wall.
        rise = np.float32(np.tan(np.radians(AXILLA_RISE_DEG))) * np.maximum(along, 0)
        across = (axis[:, None] - rise[None, :]) / width[None, :]
    else:
        across = axis[:, None] / width[None, :]
    return np.broadcast_to(along, across.shape), across


def _draw_band(rng: np.random.Generator, wave_mm: float) -> FloatArray:
    """Unit-variance noise on the lattice with wavelengths about `wave_mm`."""
    f = _lattice_frequency() * wave_mm
    return _shape_noise(rng, f**2 * np.exp(-(f**2)))


def _draw_power(rng: np.random.Generator, exponent: float, longest_mm: float) -> FloatArray:
    """Unit-variance noise on the lattice with spectrum 1 / f^exponent up to a wavelength."""
    f = np.maximum(_lattice_frequency(), 1 / longest_mm)
    return _shape_noise(rng, f ** (-exponent / 2))


def _lattice_frequency() -> NDArray[np.float64]:
    return np.asarray(np.hypot(np.fft.fftfreq(LATTICE)[:, None], np.fft.rfftfreq(LATTICE)[None, :]))


def _shape_noise(rng: np.random.Generator, amplitude: NDArray[np.float64]) -> FloatArray:
    white = np.fft.rfft2(rng.standard_normal((LATTICE, LATTICE)))
    return _standardise(np.fft.irfft2(white * amplitude, (LATTICE, LATTICE)).astype(np.float32))


def _standardise(values: FloatArray) -> FloatArray:
    return np.asarray((values - values.mean()) / values.std(), np.float32)


def _sample(noise: FloatArray, rows_mm: FloatArray, columns_mm: FloatArray) -> FloatArray:
    """Noise of the repeating lattice at positions in mm, bilinear."""
    row, column = np.floor(rows_mm), np.floor(columns_mm)
    down, right = rows_mm - row, columns_mm - column
    top, left = row.astype(np.int32) % LATTICE, column.astype(np.int32) % LATTICE
    flat = noise.ravel()
    below, beside = (top + 1) % LATTICE * LATTICE, (left + 1) % LATTICE
    top *= LATTICE
    upper = flat[top + left] * (1 - right) + flat[top + beside] * right
    lower = flat[below + left] * (1 - right) + flat[below + beside] * right
    return np.asarray(upper * (1 - down) + lower * down, np.float32)


def _find_crests(values: FloatArray) -> FloatArray:
    """Thin lines where the values change sign: 1 on the line, 0 from `CREST_MM` on."""
    slope_y, slope_x = np.gradient(values)
    slope = np.sqrt(slope_y**2 + slope_x**2) + np.float32(1e-4)
    distance = np.abs(values) / slope * np.float32(FINE_MM / CREST_MM)
    # Where the slope is small a crossing is a blot, no line.
    clear = np.clip(slope / FLAT_SLOPE - 1, 0, 1)
    return np.asarray(np.maximum(1 - distance**2, 0) * clear, np.float32)


def _thin(values: FloatArray) -> FloatArray:
    return values[::COARSE_STEP, ::COARSE_STEP]
