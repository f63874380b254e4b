"""Grain of tissue in 3D: a power-law field that makes a body uneven inside and at its edge."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

FloatArray = NDArray[np.float32]

LATTICE = 40
# Breast tissue has a spectrum of about 1 / f^3 (Burgess 1999); so has what grows in it.
EXPONENT = 3.0
LONGEST_PERIODS = 1.5


@dataclass(frozen=True)
class Grain:
    """Periodic field of unit variance on a (LATTICE, LATTICE, LATTICE) grid of `cell_mm`."""

    values: FloatArray
    cell_mm: float

    def at(self, points_mm: FloatArray) -> FloatArray:
        """(N,) values at (N, 3) points, trilinear."""
        place = points_mm.T / np.float32(self.cell_mm)
        found = ndimage.map_coordinates(self.values, place, order=1, mode="grid-wrap")
        return np.asarray(found, np.float32)


def draw_grain(rng: np.random.Generator, *, period_mm: float, exponent: float = EXPONENT) -> Grain:
    """Draw a field that repeats after `period_mm`; its finest detail is a twentieth of that.

    `exponent` is the power law of its spectrum: the lower, the finer the grain.
    """
    full, half = np.fft.fftfreq(LATTICE, 1 / LATTICE), np.fft.rfftfreq(LATTICE, 1 / LATTICE)
    frequency = np.sqrt(
        full[:, None, None] ** 2 + full[None, :, None] ** 2 + half[None, None, :] ** 2
    )
    amplitude = np.maximum(frequency, LONGEST_PERIODS) ** (-exponent / 2)
    amplitude[0, 0, 0] = 0.0
    noise = np.fft.rfftn(rng.standard_normal((LATTICE, LATTICE, LATTICE)))
    field = np.fft.irfftn(noise * amplitude)
    return Grain((field / field.std()).astype(np.float32), period_mm / LATTICE)
