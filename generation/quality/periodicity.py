"""Lattices that a network leaves: spectral peaks and lines at its tile and upsampling periods.

A pattern that repeats every p mm has power at the frequencies (i, j) / p, and noise whose strength
repeats has lines there. Each is read as its excess over the spectrum around it, so that the fall
of the spectrum itself drops out. A period takes the places that no shorter one holds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]
Spectrum = NDArray[np.float64]

PIXEL_MM = 0.1
PERIODS_MM = (0.2, 0.4, 0.8, 1.6, 3.2)
# Of each reading, so that the ten of a set are together below in 99 of a hundred real sets.
PERCENTILE = 99.9
# Bins around a place that count as its surroundings, and those too near to: a Hann window's peak
# is two bins wide on either side.
AROUND, NEAR = 6, 2
DECIBEL = 10 / np.log(10)


@dataclass(frozen=True)
class Lattice:
    """One image's excesses in dB at one period: (P,) peaks of the lattice, (L,) whole lines."""

    peaks: Spectrum
    lines: Spectrum


@dataclass(frozen=True)
class Suspicion:
    """The highest peak and line of a set's mean at one period, and what real sets stay below.

    All in dB; the limits are those that 99 of a hundred sets of real images of the same size stay
    below. What lies below its surroundings is no peak, however far below them real images lie.
    """

    period_mm: float
    peak: float
    peak_limit: float
    line: float
    line_limit: float

    @property
    def stands_out(self) -> bool:
        return self.peak > max(self.peak_limit, 0) or self.line > max(self.line_limit, 0)


def measure_lattices(regions: FloatArray) -> tuple[Lattice, ...]:
    """Excesses of one image by period, in the order of `PERIODS_MM`.

    Args:
        regions: (N, n, n) grey at 0.1 mm, n a multiple of 64 (the longest period is 32 px).

    Raises:
        ValueError: if there is no region.
    """
    if len(regions) == 0:
        raise ValueError("no region lies inside the breast")
    spectrum = _mean_log_power(regions)
    size = regions.shape[-1]
    return tuple(
        Lattice(
            np.array([_peak(spectrum, row, column) for row, column in _places(period, size)]),
            np.array(
                [
                    _line(field, at)
                    for at in _lines(period, size)
                    for field in (spectrum, spectrum.T)
                ]
            ),
        )
        for period in PERIODS_MM
    )


def find_lattices(
    images: list[tuple[Lattice, ...]],
    real: list[tuple[Lattice, ...]],
    *,
    rng: np.random.Generator,
    draws: int = 4000,
) -> tuple[Suspicion, ...]:
    """What stands out of a set of images, by period.

    Args:
        images: `measure_lattices` of each image of the set.
        real: the same of real images.
        rng: draws the real sets, with replacement and as large as `images`.
        draws: how many.

    The drawn sets are spread a little more around their mean than they fall, for the real images
    are a sample themselves and a new set would differ from that as well.
    """
    picks = rng.multinomial(len(images), np.full(len(real), 1 / len(real)), size=draws)
    widened = np.sqrt(1 + len(images) / len(real))
    weights = 1 / len(real) + widened * (picks / len(images) - 1 / len(real))
    found = []
    for index, period in enumerate(PERIODS_MM):
        values: list[float] = []
        for kind in ("peaks", "lines"):
            own = np.stack([getattr(each[index], kind) for each in images])
            stock = np.stack([getattr(each[index], kind) for each in real])
            drawn = (weights @ stock).max(axis=1)
            values += [float(own.mean(axis=0).max()), float(np.percentile(drawn, PERCENTILE))]
        found.append(Suspicion(period, *values))
    return tuple(found)


def _mean_log_power(regions: FloatArray) -> Spectrum:
    """(n, n) log power, zero frequency first, the mean over regions."""
    size = regions.shape[-1]
    window = np.outer(np.hanning(size), np.hanning(size))
    flat = regions - regions.mean(axis=(1, 2), keepdims=True)
    power = np.abs(np.fft.fft2(flat * window)) ** 2
    return np.asarray(np.log(power + 1e-12).mean(axis=0))


def _places(period_mm: float, size: int) -> list[tuple[int, int]]:
    """Bins (row, column) of the lattice in the half plane of columns >= 0, of no shorter period."""
    step = round(size * PIXEL_MM / period_mm)
    half = size // 2
    reach = range(-(half // step) + 1, half // step + 1)
    return [
        (i * step, j * step)
        for i in reach
        for j in range(half // step + 1)
        if (i, j) != (0, 0) and (i % 2 or j % 2) and (j or i > 0)
    ]


def _lines(period_mm: float, size: int) -> list[int]:
    """Bins of the whole lines of a period, of no shorter one."""
    step = round(size * PIXEL_MM / period_mm)
    return [i * step for i in range(1, size // 2 // step + 1, 2)]


def _peak(spectrum: Spectrum, row: int, column: int) -> float:
    """Excess in dB of one bin over the median around it."""
    reach = np.arange(-AROUND, AROUND + 1)
    box = spectrum[np.ix_((row + reach) % len(spectrum), (column + reach) % len(spectrum))]
    far = np.maximum(np.abs(reach)[:, None], np.abs(reach)[None, :]) > NEAR
    return float(DECIBEL * (box[AROUND, AROUND] - np.median(box[far])))


def _line(spectrum: Spectrum, row: int) -> float:
    """Excess in dB of one row's mean over those of the rows around it, the axis itself left out."""
    size = len(spectrum)
    columns = np.r_[AROUND : size - AROUND + 1]
    reach = np.arange(NEAR + 1, AROUND + 1)
    beside = np.r_[row - reach, row + reach] % size
    means = spectrum[:, columns].mean(axis=1)
    return float(DECIBEL * (means[row % size] - np.median(means[beside])))
