"""Nearest place of a patch in all training images: every shift, every quarter turn and flip.

Normalised cross-correlation by FFT (Lewis 1995, "Fast normalized cross-correlation"): the patch,
of mean 0 and unit energy, is correlated with an image's texture; dividing by the deviation of the
texture under the patch, which does not depend on the patch and is computed once, gives Pearson's
correlation at every shift.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from generation.auditing.matches import Match
from generation.auditing.poses import POSES, pose
from generation.auditing.texture import Texture

FloatArray = NDArray[np.float32]

# A place counts where so much of the patch lies inside the breast.
LEAST_INSIDE = 0.9
FLAT = 1e-9


@dataclass(frozen=True)
class SearchedImage:
    """A training image made ready.

    Attributes:
        name: of the image.
        shape: (h, w) of the transform, at least the image's.
        spectrum: (h, w // 2 + 1) complex64 transform of the texture.
        scale: (h, w) 1 / (deviation under the patch * its edge), 0 where no patch may lie.
    """

    name: str
    shape: tuple[int, int]
    spectrum: NDArray[np.complex64]
    scale: FloatArray


class PatchSearch:
    """The training images, to be searched for square patches.

    Args:
        edge_px: edge of the patches.
        pixel_mm: of textures and patches.
    """

    def __init__(self, edge_px: int, pixel_mm: float) -> None:
        self.edge_px, self.pixel_mm = edge_px, pixel_mm
        self.images: list[SearchedImage] = []

    def add(self, name: str, texture: Texture) -> None:
        """Take in a training image; one smaller than a patch holds none and is left out."""
        rows, columns = texture.values.shape
        if min(rows, columns) < self.edge_px:
            return
        shape = (fft.next_fast_len(rows, real=True), fft.next_fast_len(columns, real=True))
        values = texture.values.astype(np.float64)
        area = self.edge_px**2
        energy = sum_boxes(values**2, self.edge_px) - sum_boxes(values, self.edge_px) ** 2 / area
        share = sum_boxes(texture.inside.astype(np.float64), self.edge_px) / area
        allowed = (share >= LEAST_INSIDE) & (energy > FLAT)
        scale = np.zeros(shape, np.float32)
        scale[: allowed.shape[0], : allowed.shape[1]] = np.where(
            allowed, 1 / np.sqrt(np.maximum(energy, FLAT)), 0
        )
        spectrum = fft.rfft2(texture.values, shape)
        self.images.append(SearchedImage(name, shape, spectrum.astype(np.complex64), scale))

    def find(self, patch: FloatArray) -> Match:
        """The place most like a patch.

        Args:
            patch: (edge, edge) texture.

        Returns:
            Match at a distance of 1 - Pearson's correlation, 0-1: a negative correlation is none.

        Raises:
            ValueError: if no image was added, or the patch is flat.
        """
        centred = patch - patch.mean()
        norm = float(np.sqrt((centred**2).sum()))
        if norm**2 <= FLAT:
            raise ValueError("a flat patch has no neighbour")
        if not self.images:
            raise ValueError("there is no training image to search")
        posed = np.stack([pose(centred / norm, number) for number in POSES])
        return min((self._search(image, posed) for image in self.images), key=_distance)

    def _search(self, image: SearchedImage, posed: FloatArray) -> Match:
        spectra = np.conj(fft.rfft2(posed, image.shape))
        # Circular: what wraps around lies where no patch may, and is multiplied by 0.
        correlation = fft.irfft2(spectra * image.spectrum, image.shape) * image.scale
        place = int(correlation.argmax())
        number, row, column = np.unravel_index(place, correlation.shape)
        distance = 1 - float(np.clip(correlation.flat[place], 0, 1))
        at_mm = (float(row) * self.pixel_mm, float(column) * self.pixel_mm)
        return Match(distance, image.name, int(number), at_mm)


def sum_boxes(values: NDArray[np.float64], edge: int) -> NDArray[np.float64]:
    """Sums over all (edge, edge) boxes of (h, w): (h - edge + 1, w - edge + 1)."""
    total = np.pad(values.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
    lower, upper = total[edge:], total[:-edge]
    return np.asarray(
        lower[:, edge:] - lower[:, :-edge] - upper[:, edge:] + upper[:, :-edge], np.float64
    )


def _distance(match: Match) -> float:
    return match.distance
