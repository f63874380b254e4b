"""Real or synthetic: how well readers tell them apart, and whether that is as good as chance.

Ratings run from 0, surely synthetic, to 100, surely real; 50 is no answer. The area under the ROC
curve is the chance that a real image is rated above a synthetic one: 0.5 where nothing tells them
apart, below it where readers take the synthetic for real.
"""

from dataclasses import dataclass
from math import hypot
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import t as student

from trainer.measure.estimates import Estimate
from trainer.measure.mrmc import MINIMUM_READERS, estimate_modality
from trainer.measure.proportions import Proportion, estimate_proportion
from trainer.measure.readings import Readings
from trainer.measure.roc import MINIMUM_PER_CLASS, compute_delong_variance, estimate_area

FloatArray = NDArray[np.float64]
Verdict = Literal["equivalent", "told_apart", "undecided"]

UNDECIDED: Final = 50
CHANCE: Final = 0.5
# The margin at which reader studies usually call two areas equivalent, such as
# Int J Telemedicine and Applications 2016, doi 10.1155/2016/3642960.
DEFAULT_MARGIN: Final = 0.1
# Two one-sided tests at 5 % each are one interval of 90 %.
ALPHA: Final = 0.05


@dataclass(frozen=True)
class Equivalence:
    """Two one-sided tests of whether a value lies within bounds.

    Attributes:
        low: end of the interval of 90 %, with `high`: within the bounds where the value is
            equivalent.
        high: see there.
        p: the larger of the two tests'; None where the error could not be estimated.
    """

    low: float
    high: float
    p: float | None


@dataclass(frozen=True)
class Discrimination:
    """How well real and synthetic images are told apart; figures None without enough.

    Attributes:
        area: under the ROC curve, mean over readers, with its interval of 95 %.
        area_low, area_high: see there.
        correct: share named rightly, real and synthetic images weighing alike; 95 %.
        correct_low, correct_high: see there.
        equivalence: of the area to chance within the margin.
        verdict: None without enough.
        readers, real, synthetic: how many.
    """

    area: float | None
    area_low: float | None
    area_high: float | None
    correct: float | None
    correct_low: float | None
    correct_high: float | None
    equivalence: Equivalence | None
    verdict: Verdict | None
    readers: int
    real: int
    synthetic: int

    @property
    def enough(self) -> bool:
        return self.area is not None


def assess_equivalence(
    value: float, error: float, *, freedom: float, low: float, high: float
) -> Equivalence:
    """Test whether a value lies between two bounds, by two one-sided t tests at 5 %.

    Args:
        value: estimate.
        error: its standard error, above 0.
        freedom: degrees of freedom; inf for the normal distribution.
        low, high: bounds, low below high.

    Raises:
        ValueError: if the error is not positive or the bounds are not in order.

    Source: Schuirmann, J Pharmacokinetics and Biopharmaceutics 15:657 (1987); Lakens, Social
    Psychological and Personality Science 8:355 (2017).
    """
    if error <= 0:
        raise ValueError("the standard error must be above 0")
    if low >= high:
        raise ValueError("the lower bound must lie below the upper one")
    above = float(student.sf((value - low) / error, freedom))
    below = float(student.cdf((value - high) / error, freedom))
    half = float(student.ppf(1 - ALPHA, freedom)) * error
    return Equivalence(value - half, value + half, max(above, below))


def are_enough(real: int, synthetic: int, *, readers: int = MINIMUM_READERS) -> bool:
    """Whether so many images of each kind, read by so many, give a figure."""
    return readers >= MINIMUM_READERS and min(real, synthetic) >= MINIMUM_PER_CLASS


def estimate_reader(
    real: ArrayLike, synthetic: ArrayLike, *, margin: float = DEFAULT_MARGIN
) -> Discrimination:
    """Estimate how well one reader tells real from synthetic.

    Area with DeLong's interval; share named rightly as the mean of that of each kind, Wilson's
    intervals of both squared and added (Zou and Donner, Statistics in Medicine 27:1693 (2008)).

    Args:
        real: (P,) ratings of real images, 0-100.
        synthetic: (N,) ratings of synthetic ones.
        margin: of equivalence, chosen before the answers.

    Raises:
        ValueError: if a rating is not one, or the margin is not between 0 and 0.5.
    """
    ratings = _check(np.atleast_2d(real), np.atleast_2d(synthetic), margin)
    n_real, n_synthetic = (each.shape[1] for each in ratings)
    if not are_enough(n_real, n_synthetic):
        return _say_nothing(1, n_real, n_synthetic)
    area = estimate_area(ratings[0][0], ratings[1][0])
    value, variance = compute_delong_variance(ratings[0][0], ratings[1][0])
    low, high = area.low or 0.0, area.high or 0.0
    correct = _average(
        estimate_proportion(int((ratings[0] > UNDECIDED).sum()), n_real),
        estimate_proportion(int((ratings[1] < UNDECIDED).sum()), n_synthetic),
    )
    found = Estimate(value, low, high, float(np.sqrt(variance)), np.inf)
    return _conclude(found, correct, margin, 1, n_real, n_synthetic)


def estimate_readers(
    real: ArrayLike, synthetic: ArrayLike, *, margin: float = DEFAULT_MARGIN
) -> Discrimination:
    """Estimate how well readers in general tell images of this kind apart.

    Readers and images are both taken as drawn at random: Obuchowski and Rockette's analysis of a
    single modality, with DeLong's covariances.

    Args:
        real: (R, P) ratings of the same P real images by R readers.
        synthetic: (R, N) ratings of the same N synthetic ones.
        margin: of equivalence, chosen before the answers.

    Raises:
        ValueError: if a rating is not one, or the margin is not between 0 and 0.5.
    """
    ratings = _check(np.atleast_2d(real), np.atleast_2d(synthetic), margin)
    (readers, n_real), n_synthetic = ratings[0].shape, ratings[1].shape[1]
    if not are_enough(n_real, n_synthetic, readers=readers):
        return _say_nothing(readers, n_real, n_synthetic)
    above = ratings[0][:, :, None] - ratings[1][:, None, :]
    rightly = (
        (ratings[0] > UNDECIDED)[:, :, None] + 1.0 * (ratings[1] < UNDECIDED)[:, None, :]
    ) / 2
    area, share = (
        estimate_modality(Readings.from_kernel(kernel[None], by="delong"))
        for kernel in ((np.sign(above) + 1) / 2, rightly)
    )
    answers = readers * (n_real + n_synthetic)
    correct = Proportion(share.value, share.low, share.high, answers, enough=True)
    return _conclude(area, correct, margin, readers, n_real, n_synthetic)


def _average(real: Proportion, synthetic: Proportion) -> Proportion:
    """The mean of two shares, each of which is enough."""
    n = real.n + synthetic.n
    (p, p_low, p_high), (q, q_low, q_high) = (
        (each.value or 0.0, each.low or 0.0, each.high or 0.0) for each in (real, synthetic)
    )
    value = (p + q) / 2
    low, high = value - hypot(p - p_low, q - q_low) / 2, value + hypot(p_high - p, q_high - q) / 2
    return Proportion(value, low, high, n, enough=True)


def _check(
    real: NDArray[np.generic], synthetic: NDArray[np.generic], margin: float
) -> tuple[FloatArray, FloatArray]:
    if not 0 < margin < CHANCE:
        raise ValueError("the margin must lie between 0 and 0.5")
    ratings = np.asarray(real, np.float64), np.asarray(synthetic, np.float64)
    if len(ratings[0]) != len(ratings[1]):
        raise ValueError("each reader must have rated real and synthetic images")
    for each in ratings:
        if not ((each >= 0) & (each <= 100) & (each != UNDECIDED)).all():
            raise ValueError("a rating runs from 0 to 100 and takes a side")
    return ratings


def _say_nothing(readers: int, real: int, synthetic: int) -> Discrimination:
    return Discrimination(None, None, None, None, None, None, None, None, readers, real, synthetic)


def _conclude(
    area: Estimate, correct: Proportion, margin: float, readers: int, real: int, synthetic: int
) -> Discrimination:
    if area.error > 0:
        equivalence = assess_equivalence(
            area.value,
            area.error,
            freedom=area.freedom,
            low=CHANCE - margin,
            high=CHANCE + margin,
        )
    else:
        # Nothing varies, as where all images are named rightly: no tests, the wider interval.
        equivalence = Equivalence(area.low, area.high, None)
    return Discrimination(
        area.value,
        area.low,
        area.high,
        correct.value,
        correct.low,
        correct.high,
        equivalence,
        _judge(equivalence, area, margin),
        readers,
        real,
        synthetic,
    )


def _judge(equivalence: Equivalence, area: Estimate, margin: float) -> Verdict:
    """Equivalent comes first: a difference that is certain may still be within the margin."""
    if equivalence.low >= CHANCE - margin and equivalence.high <= CHANCE + margin:
        return "equivalent"
    return "told_apart" if area.low > CHANCE or area.high < CHANCE else "undecided"
