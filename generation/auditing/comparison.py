"""Distances of drawn images to the training images against those of real images never trained on.

All are divided by the unseen images' median: 1 is as far from the training images as an unseen
image usually is. Three questions are asked, each with what unseen images would answer:

- The body. Is the median ratio under the 1st percentile of the median ratios that as many unseen
  images give, drawn again with replacement?
- The tail. Do more items lie under the unseen images' 1st percentile than chance puts there? One
  in a hundred honest items does, so that one or two are no proof.
- The single copy. Does any item lie twice as far below the unseen images' median as their 1st
  percentile does? In a normal tail one of a million does, in an exponential one of ten thousand.

Resampled and permuted are images with all their patches, never patches: those of one image are
alike.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

LIMIT_PERCENTILE = 1.0
CHANCE = 0.01
RESAMPLINGS = 2000
INTERVAL = (2.5, 97.5)


@dataclass(frozen=True)
class Distances:
    """Distances of a set of images or patches to their nearest training neighbour.

    Attributes:
        values: (N,) distances.
        groups: (N,) image of each.
    """

    values: FloatArray
    groups: NDArray[np.str_]

    @property
    def images(self) -> list[FloatArray]:
        """The values of each image."""
        return [self.values[self.groups == name] for name in np.unique(self.groups)]


@dataclass(frozen=True)
class Comparison:
    """Drawn against unseen.

    Attributes:
        drawn, unseen: (N,), (M,) ratios: distances over the unseen median.
        ratio: median of the drawn ratios.
        interval: 95 % of it, over resampled images of both sets.
        least: what the ratio must not fall below, from unseen images alone.
        limit: the unseen images' 1st percentile.
        copy_limit: its square, as far below it in proportion; what lies under it is a copy.
        below: drawn items under the limit.
        chance: how often so many or more are there if drawn and unseen images are dealt anew.
    """

    drawn: FloatArray
    unseen: FloatArray
    ratio: float
    interval: tuple[float, float]
    least: float
    limit: float
    copy_limit: float
    below: int
    chance: float


def compare(drawn: Distances, unseen: Distances, *, seed: int = 0) -> Comparison:
    """Compare two sets of distances.

    Args:
        drawn: of drawn images.
        unseen: of real images that training never saw.
        seed: of the resampling.

    Raises:
        ValueError: if either set is empty, or the unseen lie on training images themselves.
    """
    if len(drawn.values) == 0 or len(unseen.values) == 0:
        raise ValueError("there is nothing to compare: no patch lies inside a breast")
    median = float(np.median(unseen.values))
    if median <= 0:
        raise ValueError("the unseen images are training images: their distance to them is 0")
    ours, theirs = drawn.values / median, unseen.values / median
    low, high = np.percentile(_resample(drawn, unseen, len(drawn.images), seed), INTERVAL)
    honest = _resample(unseen, unseen, len(drawn.images), seed)
    limit = find_limit(theirs)
    return Comparison(
        drawn=ours,
        unseen=theirs,
        ratio=float(np.median(ours)),
        interval=(float(low), float(high)),
        least=float(np.percentile(honest, LIMIT_PERCENTILE)),
        limit=limit,
        copy_limit=limit**2,
        below=int((ours < limit).sum()),
        chance=find_chance(drawn, unseen, seed=seed),
    )


def find_limit(unseen: FloatArray) -> float:
    """1st percentile; an observed value, not one between two."""
    return float(np.percentile(unseen, LIMIT_PERCENTILE, method="lower"))


def find_chance(drawn: Distances, unseen: Distances, *, seed: int) -> float:
    """Probability of so many drawn items under the unseen images' limit, by permutation.

    Images are dealt anew between both sets: if the drawn were as far from the training images as
    the unseen, any deal were as likely as the one seen.
    """
    rng = np.random.default_rng(seed)
    values = np.concatenate([drawn.values, unseen.values])
    # A name may be in both sets: it is two images then.
    groups = np.concatenate([np.char.add("d", drawn.groups), np.char.add("u", unseen.groups)])
    images, image_of = np.unique(groups, return_inverse=True)
    is_drawn = np.char.startswith(images, "d")

    def count(dealt: NDArray[np.bool_]) -> int:
        ours = dealt[image_of]
        return int((values[ours] < find_limit(values[~ours])).sum())

    seen = count(is_drawn)
    as_many = sum(count(rng.permutation(is_drawn)) >= seen for _ in range(RESAMPLINGS))
    return (1 + as_many) / (1 + RESAMPLINGS)


def _resample(of: Distances, over: Distances, count: int, seed: int) -> FloatArray:
    """(RESAMPLINGS,) median of `count` images of one set over that of all images of another."""
    rng = np.random.default_rng(seed)
    above, below = of.images, over.images
    ratios = [
        _resampled_median(above, count, rng) / max(_resampled_median(below, len(below), rng), 1e-12)
        for _ in range(RESAMPLINGS)
    ]
    return np.asarray(ratios, np.float64)


def _resampled_median(images: list[FloatArray], count: int, rng: np.random.Generator) -> float:
    drawn = rng.integers(len(images), size=count)
    return float(np.median(np.concatenate([images[index] for index in drawn])))
