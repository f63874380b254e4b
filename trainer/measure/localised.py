"""Figures of merit of readings with places: LROC, FROC and the areas under AFROC and wAFROC.

A reading of a case rates each lesion (-inf where no mark hit it) and has a highest false mark
(-inf where there is none). Arrays may lead with any axes, such as modality and reader.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Ratings:
    """What readers rated; leading axes (...) are modalities and readers.

    Attributes:
        lesions: (..., P, L) rating of the best mark on each lesion of each positive case; -inf
            where it was missed.
        weights: (P, L) weight of each lesion, adding up to 1 in each case; 0 where a case holds
            fewer than L.
        false_positive: (..., P) highest false mark of each positive case.
        false_negative: (..., N) highest false mark of each case without a lesion.
    """

    lesions: FloatArray
    weights: FloatArray
    false_positive: FloatArray
    false_negative: FloatArray

    def __post_init__(self) -> None:
        if self.lesions.shape[-2:] != self.weights.shape:
            raise ValueError("every lesion needs a weight")
        if self.lesions.shape[:-1] != self.false_positive.shape:
            raise ValueError("every positive case needs a highest false mark")
        if self.lesions.shape[:-2] != self.false_negative.shape[:-1]:
            raise ValueError("the same readers must have read both classes")
        if min(self.weights.shape[0], self.false_negative.shape[-1]) < 2:
            raise ValueError("each class needs at least two cases")
        if (self.weights < 0).any() or not np.allclose(self.weights.sum(axis=-1), 1):
            raise ValueError("the weights of a case's lesions must add up to 1")
        if any(np.isnan(each).any() for each in (self.lesions, self.false_negative)):
            raise ValueError("a rating is not a number")


def weigh_equally(present: NDArray[np.bool_]) -> FloatArray:
    """Weights of lesions, (P, L), equal within a case.

    Args:
        present: (P, L) which lesions exist; at least one in each case.
    """
    return np.asarray(present / present.sum(axis=-1, keepdims=True), dtype=np.float64)


def pair_ratings(positive: FloatArray, negative: FloatArray) -> FloatArray:
    """Whether one rating outranks another, ties one half; arrays broadcast, -inf is the lowest."""
    return np.asarray((positive > negative) + 0.5 * (positive == negative), dtype=np.float64)


def pair_wafroc(ratings: Ratings) -> FloatArray:
    """Kernel (..., P, N) whose mean is the area under the weighted AFROC curve.

    Each entry is the weight of the lesions of a positive case that outrank the highest false
    mark of a negative one, ties one half. Unmarked is -inf on both sides, and so a tie.

    Source: Chakraborty and Zhai, Medical Physics 43:2548 (2016).
    """
    return _weigh_wins(ratings, ratings.weights)


def pair_afroc(ratings: Ratings) -> FloatArray:
    """As `pair_wafroc`, with every lesion counting the same: cases with more weigh more."""
    counts = (ratings.weights > 0).sum(axis=-1)
    share = weigh_equally(ratings.weights > 0) * (counts * len(counts) / counts.sum())[:, None]
    return _weigh_wins(ratings, share)


def pair_roc(ratings: Ratings) -> FloatArray:
    """Kernel (..., P, N) of the ROC area of highest ratings, right place or not."""
    present = np.where(ratings.weights > 0, ratings.lesions, -np.inf)
    highest = np.maximum(present.max(axis=-1), ratings.false_positive)[..., :, None]
    return pair_ratings(highest, ratings.false_negative[..., None, :])


def pair_lroc(ratings: Ratings) -> FloatArray:
    """Kernel (..., P, N) of the area under the LROC curve, for one lesion a case.

    A positive case counts only if its highest mark is on the lesion.

    Source: Swensson, Medical Physics 23:1709 (1996).

    Raises:
        ValueError: if a case holds several lesions.
    """
    if ((ratings.weights > 0).sum(axis=-1) != 1).any():
        raise ValueError("LROC asks for exactly one lesion in each positive case")
    rating = np.where(ratings.weights > 0, ratings.lesions, -np.inf).max(axis=-1)
    placed = (rating > ratings.false_positive) & np.isfinite(rating)
    wins = pair_ratings(rating[..., :, None], ratings.false_negative[..., None, :])
    return wins * placed[..., :, None]


def trace_froc(ratings: Ratings, false_marks: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Operating points of one reader's FROC curve.

    Args:
        ratings: of one reader, without leading axes.
        false_marks: (M,) ratings of all false marks in all cases.

    Returns:
        (T,) false marks a case and (T,) share of lesions found, from the strictest threshold.
    """
    found = ratings.lesions[ratings.weights > 0]
    cases = ratings.weights.shape[0] + ratings.false_negative.shape[-1]
    rated = np.concatenate([found[np.isfinite(found)], false_marks])
    thresholds = np.unique(rated)[::-1]
    return (
        (false_marks[None] >= thresholds[:, None]).sum(axis=1) / cases,
        (found[None] >= thresholds[:, None]).mean(axis=1),
    )


def _weigh_wins(ratings: Ratings, weights: FloatArray) -> FloatArray:
    false = ratings.false_negative[..., None, None, :]
    wins = pair_ratings(ratings.lesions[..., :, :, None], false)
    return np.asarray(np.einsum("...pln,pl->...pn", wins, weights))
