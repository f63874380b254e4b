"""Nearest training neighbour of a whole image: every shift and flip, where both hold breast.

Masked normalised cross-correlation by FFT after Padfield (IEEE Trans Image Process 21:2706, 2012),
without the means of the overlap: a texture's local mean is near 0 as it is. At each shift the
products of both textures are divided by their energies over the overlap alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from generation.auditing.matches import Match
from generation.auditing.poses import UPRIGHT_POSES, pose
from generation.auditing.texture import Texture

FloatArray = NDArray[np.float32]
ComplexArray = NDArray[np.complex64]

# A shift counts where both share so much of the smaller one.
LEAST_OVERLAP = 0.6
FLAT = 1e-9


@dataclass(frozen=True)
class Cropped:
    """An image cut to its breast.

    Attributes:
        values, squares, inside: (h, w) texture, its square, 1 in the breast.
        corner: (row, column) of the cut in the image.
    """

    values: FloatArray
    squares: FloatArray
    inside: FloatArray
    corner: tuple[int, int]

    @property
    def area(self) -> float:
        return float(self.inside.sum())


class ImageSearch:
    """The training images, to be searched for whole images.

    Args:
        pixel_mm: of the textures.
    """

    def __init__(self, pixel_mm: float) -> None:
        self.pixel_mm = pixel_mm
        self.images: list[tuple[str, Cropped]] = []

    def add(self, name: str, texture: Texture) -> None:
        """Take in a training image; one without breast is left out."""
        if texture.inside.any():
            self.images.append((name, crop(texture)))

    def find(self, texture: Texture) -> Match:
        """The training image most like an image.

        Returns:
            Match at a distance of 1 - correlation over the overlap, 0-1.

        Raises:
            ValueError: if no image was added, or there is no breast in the texture.
        """
        if not texture.inside.any():
            raise ValueError("an image without breast has no neighbour")
        if not self.images:
            raise ValueError("there is no training image to search")
        query = crop(texture)
        layers = (query.values, query.squares, query.inside)
        posed = [
            (number, np.stack([pose(layer, number) for layer in layers]))
            for number in UPRIGHT_POSES
        ]
        matches = (self._search(name, image, posed) for name, image in self.images)
        return min(matches, key=lambda match: match.distance)

    def _search(self, name: str, image: Cropped, posed: list[tuple[int, FloatArray]]) -> Match:
        both = (image.values.shape, posed[0][1].shape[1:])
        rows, columns = (sum(pair) for pair in zip(*both, strict=True))
        shape = (fft.next_fast_len(rows, real=True), fft.next_fast_len(columns, real=True))
        stacked = np.stack([image.values, image.squares, image.inside])
        values, squares, inside = fft.rfft2(stacked, shape)
        best = Match(1.0, name, 0, (0.0, 0.0))
        for number, layers in posed:
            q_values, q_squares, q_inside = np.conj(fft.rfft2(layers, shape))
            product, energy, q_energy, overlap = fft.irfft2(
                np.stack(
                    [values * q_values, squares * q_inside, inside * q_squares, inside * q_inside]
                ),
                shape,
            )
            least = LEAST_OVERLAP * min(image.area, float(layers[2].sum()))
            energies = np.maximum(energy, FLAT) * np.maximum(q_energy, FLAT)
            correlation = np.where(overlap >= least, product / np.sqrt(energies), 0)
            place = int(correlation.argmax())
            distance = 1 - float(np.clip(correlation.flat[place], 0, 1))
            if distance < best.distance:
                at_mm = self._place(np.unravel_index(place, shape), shape, image)
                best = Match(distance, name, number, at_mm)
        return best

    def _place(
        self, place: tuple[np.intp, ...], shape: tuple[int, int], image: Cropped
    ) -> tuple[float, float]:
        """Where the query's corner lies in the training image; shifts past its end are negative."""
        row, column = (
            corner + int(at) - (whole if at >= used else 0)
            for at, whole, used, corner in zip(
                place, shape, image.values.shape, image.corner, strict=True
            )
        )
        return (row * self.pixel_mm, column * self.pixel_mm)


def crop(texture: Texture) -> Cropped:
    """A texture cut to its breast."""
    rows, columns = (np.flatnonzero(texture.inside.any(axis=axis)) for axis in (1, 0))
    here = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    values = texture.values[here]
    inside = texture.inside[here].astype(np.float32)
    return Cropped(values, values**2, inside, (int(rows[0]), int(columns[0])))
