"""Figures of merit of several readers in several modalities, and how they vary together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trainer.measure.covariance import (
    Covariance,
    count_cases,
    estimate_covariance,
    jackknife_covariance,
)
from trainer.measure.proportions import find_slack

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class CaseSet:
    """Figures that rest on the same cases.

    Attributes:
        kernel: (F, P, N) of each figure.
        places: (modality, reader) of each figure.
    """

    kernel: FloatArray
    places: tuple[tuple[int, int], ...]

    def __post_init__(self) -> None:
        if len(self.kernel) != len(self.places):
            raise ValueError("every figure needs its modality and reader")


@dataclass(frozen=True)
class Readings:
    """Figures of merit of the same readers in every modality.

    Attributes:
        figures: (M, R).
        covariance: (M R, M R) over cases, modality by modality.
        fewest: cases of the smallest class behind any figure.
    """

    figures: FloatArray
    covariance: FloatArray
    fewest: int

    @property
    def slack(self) -> float:
        """Half an interval where nothing varies."""
        return find_slack(self.fewest)

    @classmethod
    def from_kernel(cls, kernel: FloatArray, *, by: Covariance = "jackknife") -> "Readings":
        """All readers read the same cases in every modality.

        Args:
            kernel: (M, R, P, N).
            by: how the covariance over cases is estimated.
        """
        modalities, readers = kernel.shape[:2]
        flat = kernel.reshape(modalities * readers, *kernel.shape[2:])
        covariance = estimate_covariance(flat, by=by)
        return cls(kernel.mean(axis=(2, 3)), covariance, _find_fewest(kernel))

    @classmethod
    def from_sets(cls, sets: Sequence[CaseSet]) -> "Readings":
        """Some figures rest on other cases than others, as where cases are nested in modalities.

        Figures of different sets do not vary together over cases: their covariance is 0. So with
        a set of cases for each modality the pooled cov1 and cov3 are 0; where half of the readers
        read the two forms the other way round, cov3 counts the pairs that share a form.

        Args:
            sets: which together hold each reader once in each modality.

        Raises:
            ValueError: if a reader lacks a modality or has it twice.

        Source: cases nested in tests as in Hillis, Statistics in Medicine 33:330 (2014); one
        jackknife over all cases as in the MRMCaov package (Smith and Hillis 2020).
        """
        places = [place for each in sets for place in each.places]
        modalities, readers = (max(axis) + 1 for axis in zip(*places, strict=True))
        if sorted(places) != [(m, r) for m in range(modalities) for r in range(readers)]:
            raise ValueError("every reader must have read once in every modality")
        cases = sum(count_cases(each.kernel) for each in sets)
        figures = np.zeros((modalities, readers))
        covariance = np.zeros((modalities * readers,) * 2)
        for each in sets:
            for place, figure in zip(each.places, each.kernel.mean(axis=(1, 2)), strict=True):
                figures[place] = figure
            flat = [modality * readers + reader for modality, reader in each.places]
            covariance[np.ix_(flat, flat)] = jackknife_covariance(each.kernel, cases=cases)
        return cls(figures, covariance, min(_find_fewest(each.kernel) for each in sets))

    def of_modality(self, index: int) -> "Readings":
        """Those of one modality alone."""
        readers = self.figures.shape[1]
        part = slice(index * readers, (index + 1) * readers)
        figures = self.figures[index : index + 1]
        return Readings(figures, self.covariance[part, part], self.fewest)


def _find_fewest(kernel: FloatArray) -> int:
    return min(length for length in kernel.shape[-2:] if length > 1)
