"""Which case a reader meets next.

A competency is drawn where there is most to gain, then the case whose predicted chance of a
right answer lies nearest the wanted one. Drawing, rather than taking the largest, keeps the
choice from giving the answer away.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

from trainer.measure.ability import Ability, Difficulty, predict_correct

FloatArray = NDArray[np.float64]

PRACTICE_P: Final = 0.80
NEAR: Final = 0.10  # a case farther than this from the wanted probability is not a good fit

LEAST_NORMALS: Final = 0.40
# Chance that the next case is normal: follows what there is to gain, within these bounds. The
# lower one lies above LEAST_NORMALS so that the floor itself rarely decides, and cannot be guessed.
_NORMAL_CHANCE: Final = (0.45, 0.60)

_LEAST_NEED: Final = 1e-3
_SAME: Final = 1e-9

_LEAST_EXPOSURE: Final = 2
_LARGEST_EXPOSED_SHARE: Final = 0.20


@dataclass(frozen=True)
class CandidateItem:
    """An item that a case would put to its reader, with what is known of its difficulty."""

    key: str
    competency: str
    sign: int
    difficulty: Difficulty


@dataclass(frozen=True)
class Candidate:
    """A case that may come next; `readers` have met it already."""

    id: str
    positive: bool
    items: tuple[CandidateItem, ...]
    readers: int = 0


@dataclass(frozen=True)
class Past:
    """How many cases this reader has met, how many of them normal, and how many readers read."""

    cases: int
    normals: int
    readers: int = 1

    def __post_init__(self) -> None:
        if not 0 <= self.normals <= self.cases or self.readers < 0:
            raise ValueError("normals must lie between 0 and cases, and readers be 0 or more")


@dataclass(frozen=True)
class Selection:
    """The case that comes next, the competency it was drawn for, and the predicted chance."""

    candidate: Candidate
    competency: str
    predicted: float
    near: bool


def weigh_competencies(
    ability: Ability,
    competencies: Sequence[str],
    *,
    targets: Mapping[str, float],
    weights: Mapping[str, float] | None = None,
) -> FloatArray:
    """Weigh competencies by weight x Phi((tau - m) / sd) x sd^2: below target, and uncertain.

    The variance, where the design has the deviation: the same precision is then reached in all
    with fewer cases (docs/decisions/simulation.md).

    Args:
        ability: what is known of the reader.
        competencies: (C,) those to choose from.
        targets: tau of each.
        weights: what a curriculum asks for, 1 where it says nothing.

    Returns:
        (C,) positive weights that add up to 1.

    Raises:
        ValueError: if no competency is given, one is unknown, or a weight is not positive.
    """
    positions = [ability.position(competency) for competency in competencies]
    if not positions:
        raise ValueError("there is no competency to choose from")
    asked = np.array([(weights or {}).get(competency, 1.0) for competency in competencies])
    if (asked <= 0).any():
        raise ValueError("weights must be positive")
    taus = np.array([targets[competency] for competency in competencies])
    return weigh_gains(ability.mean, ability.covariance, positions, taus, asked)


def limit_exposure(readers: int) -> float:
    """Give the number of readers that may meet one case: the larger of two and 20 % of them."""
    return max(_LEAST_EXPOSURE, _LARGEST_EXPOSED_SHARE * readers)


def draw_normal(
    ability: Ability,
    competencies: Sequence[str],
    *,
    past: Past,
    targets: Mapping[str, float],
    rng: np.random.Generator,
    weights: Mapping[str, float] | None = None,
) -> bool:
    """Draw whether the next case is normal: owed, or as often as there is to gain from it.

    Args:
        ability: what is known of the reader.
        competencies: those that some case could be chosen for.
        past: what the reader has met.
        targets: tau of each competency.
        rng: draws.
        weights: what a curriculum asks for.
    """
    chances = weigh_competencies(ability, competencies, targets=targets, weights=weights)
    share = sum(
        chance
        for competency, chance in zip(competencies, chances, strict=True)
        if competency == "normal_rejection"
    )
    owed = owes_normal(past.cases, past.normals)
    return bool(owed | (rng.random() < bound_normal_chance(share)))


def list_slots(*, normal: bool, owed: bool) -> tuple[tuple[bool, bool], ...]:
    """List where to look for a case, first things first: (with a lesion, within the limit).

    Args:
        normal: what was drawn.
        owed: whether the share of normals asks for one; it then comes before the exposure limit.
    """
    kind, other = not normal, normal
    if owed:
        return (kind, True), (kind, False), (other, True), (other, False)
    return (kind, True), (other, True), (kind, False), (other, False)


def draw_competency(
    ability: Ability,
    competencies: Sequence[str],
    *,
    targets: Mapping[str, float],
    rng: np.random.Generator,
    weights: Mapping[str, float] | None = None,
) -> str:
    """Draw what the next case is to exercise, by `weigh_competencies`."""
    chances = weigh_competencies(ability, competencies, targets=targets, weights=weights)
    return competencies[int(draw_place(chances, rng.random()))]


def _list_aims(candidate: Candidate) -> list[CandidateItem]:
    # "No false mark" is asked on cases with lesions too, but those are not chosen for it.
    return [
        item
        for item in candidate.items
        if not (candidate.positive and item.competency == "normal_rejection")
    ]


def take_nearest(
    ability: Ability,
    pool: Sequence[Candidate],
    competency: str,
    *,
    p: float,
    rng: np.random.Generator,
) -> Selection:
    """Take the case whose predicted chance of a right answer lies nearest the wanted one.

    Args:
        ability: what is known of the reader.
        pool: cases of which at least one has an item of the competency.
        competency: what the case is taken for.
        p: wanted probability of a right answer.
        rng: draws among equally good cases.
    """
    offers = [
        (
            candidate,
            predict_correct(ability, item.difficulty, competency=competency, sign=item.sign),
        )
        for candidate in pool
        for item in _list_aims(candidate)
        if item.competency == competency
    ]
    best = int(find_nearest(np.array([predicted for _, predicted in offers]), p, rng))
    candidate, predicted = offers[best]
    return Selection(candidate, competency, predicted, near=bool(abs(predicted - p) <= NEAR))


# What follows serves one reader or many at once: leading axes (...) are readers.


def weigh_gains(
    mean: FloatArray,
    covariance: FloatArray,
    positions: ArrayLike,
    targets: ArrayLike,
    asked: ArrayLike,
) -> FloatArray:
    """Weigh competencies as `weigh_competencies`.

    Args:
        mean: (..., K + 1) of the readers.
        covariance: (..., K + 1, K + 1).
        positions: (C,) places of the competencies.
        targets: (C,) tau of each.
        asked: (C,) or (..., C) weights of a curriculum; 0 leaves one out.

    Returns:
        (..., C) weights that add up to 1.
    """
    places = np.asarray(positions)
    deviations = np.sqrt(np.diagonal(covariance, axis1=-2, axis2=-1)[..., places])
    need = ndtr((np.asarray(targets) - mean[..., places]) / deviations)
    # The floor keeps mastered competencies in play now and then, and the sum above zero.
    gain = np.asarray(asked) * np.maximum(need, _LEAST_NEED) * deviations**2
    return np.asarray(gain / gain.sum(axis=-1, keepdims=True), dtype=np.float64)


def owes_normal(cases: ArrayLike, normals: ArrayLike) -> NDArray[np.bool_]:
    """Say whether one more case with a lesion would leave fewer than 40 % normal, (...)."""
    # The small number keeps 0.4 x 5 from rounding down to 1.
    return np.asarray(normals) < np.floor(LEAST_NORMALS * (np.asarray(cases) + 1) + 1e-9)


def bound_normal_chance(share: ArrayLike) -> FloatArray:
    """Hold the chance of a normal case within its bounds, (...)."""
    return np.asarray(np.clip(share, *_NORMAL_CHANCE), dtype=np.float64)


def draw_place(chances: FloatArray, uniform: ArrayLike) -> NDArray[np.intp]:
    """Draw a place along the last axis.

    Args:
        chances: (..., C) that add up to 1.
        uniform: (...) drawn from 0 to 1.

    Returns:
        (...) places; none with chance 0.
    """
    reached = np.cumsum(chances, axis=-1)
    reached /= reached[..., -1:]
    return np.asarray((reached <= np.asarray(uniform)[..., None]).sum(axis=-1), dtype=np.intp)


def find_nearest(predicted: FloatArray, p: float, rng: np.random.Generator) -> NDArray[np.intp]:
    """Find the offer nearest the wanted probability, at random among equally near ones.

    Args:
        predicted: (..., M) chances of a right answer; nan is no offer.
        p: wanted probability.
        rng: draws among ties.

    Returns:
        (...) places of the nearest offers.
    """
    misses = np.where(np.isnan(predicted), np.inf, np.abs(predicted - p))
    best = misses <= misses.min(axis=-1, keepdims=True) + _SAME
    return np.asarray(np.where(best, rng.random(misses.shape), -1).argmax(axis=-1))
