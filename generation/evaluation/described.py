"""A set of pictures with what the measures read of it, each thing computed once, when asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from generation.evaluation.tissue import TissueImage, TissueSet
from generation.quality.bands import sum_bands
from generation.quality.histogram import count_greys
from generation.quality.patch_features import load_feature_network
from generation.quality.periodicity import Lattice, measure_lattices
from generation.quality.radiomics import extract_radiomics
from generation.quality.spectrum import fit_exponent, measure_radial_power
from generation.quality.texture import measure_moments, measure_orientation

FloatArray = NDArray[np.float32]
Table = NDArray[np.float64]

# What is read by patch, and by image, as far as a part of a set needs it.
BY_PATCH = ("features", "radiomics", "greys")
BY_IMAGE = ("bands", "exponents", "moments")


@dataclass(frozen=True)
class Described:
    """A set, and what is read of its patches (N) and images (I)."""

    tissue: TissueSet

    @cached_property
    def patches(self) -> FloatArray:
        """(N, 256, 256) grey 0-1."""
        return self.tissue.patches

    @cached_property
    def groups(self) -> NDArray[np.int64]:
        """(N,) woman of each patch, as far as she is known."""
        return self.tissue.groups

    @cached_property
    def features(self) -> Table:
        """(N, D) of the feature network."""
        return load_feature_network().extract(self.patches)

    @cached_property
    def radiomics(self) -> Table:
        """(N, F) radiomic features."""
        return extract_radiomics(self.patches)

    @cached_property
    def greys(self) -> NDArray[np.int64]:
        """(N, 64) grey counts."""
        return count_greys(self.patches)

    @cached_property
    def spectra(self) -> tuple[Table, Table]:
        """(R,) frequency in cycles per pixel and (I, R) mean power of each image."""
        pairs = [measure_radial_power(patches) for patches in self.by_image()]
        return pairs[0][0], np.stack([power for _, power in pairs])

    @cached_property
    def bands(self) -> Table:
        """(I, 6) dB of each octave band."""
        frequency, power = self.spectra
        return np.stack([sum_bands(frequency, row) for row in power])

    @cached_property
    def exponents(self) -> Table:
        """(I,) exponent of the power spectrum."""
        return np.array([fit_exponent(patches) for patches in self.by_image()])

    @cached_property
    def moments(self) -> Table:
        """(I, 2) kurtosis and skewness."""
        return np.array([measure_moments(patches) for patches in self.by_image()])

    @cached_property
    def orientations(self) -> Table:
        """(I, 2) degrees and coherence."""
        return np.array([measure_orientation(patches) for patches in self.by_image()])

    @cached_property
    def lattices(self) -> list[tuple[Lattice, ...]]:
        """One entry for each image."""
        return [measure_lattices(patches) for patches in self.by_image()]

    @cached_property
    def skins(self) -> Table:
        """(I, 40) mean grey by depth under the skin."""
        return np.stack([image.skin for image in self.tissue.images])

    def by_image(self) -> list[FloatArray]:
        """The patches of each image."""
        ends = np.cumsum([len(image.patches) for image in self.tissue.images])
        return np.split(self.patches, ends[:-1])

    def take(self, wanted: list[bool]) -> Described:
        """Some of the images, with what has been computed of them."""
        kept = tuple(each for each, keep in zip(self.images, wanted, strict=True) if keep)
        part = Described(TissueSet(self.tissue.name, kept))
        rows = np.repeat(wanted, [len(image.patches) for image in self.images])
        known = vars(self)
        vars(part).update({name: known[name][rows] for name in BY_PATCH if name in known})
        vars(part).update({name: known[name][wanted] for name in BY_IMAGE if name in known})
        return part

    @property
    def images(self) -> tuple[TissueImage, ...]:
        return self.tissue.images
