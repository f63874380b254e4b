"""What simulated readers read: cases, their items, and what is believed of them beforehand.

Arrays lead with readers, (R,). A case's x is its standardised feature: ln d' of a lesion, how
little lesion-like tissue is, how far a density lies from a boundary. The larger, the easier.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from trainer.measure.answered import COLD_START, DifficultyModel
from trainer.measure.competencies import COMPETENCIES
from trainer.measure.difficulty import GAMMA
from trainer.measure.targets import TARGETS

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.intp]
BoolArray = NDArray[np.bool_]

LESIONS: Final = ("mass", "calcification", "distortion", "asymmetry")
# Cases drawn when nothing is asked for: how many are normal, and what the others hold.
NATURAL_NORMALS: Final = 0.60
NATURAL_MIX: Final = (0.45, 0.35, 0.10, 0.10)
# What stock is kept for: difficulty in every band that a reader may want.
LARGEST_X: Final = 2.5


@dataclass(frozen=True)
class World:
    """How hard items are, how hard they are believed to be, and what is to be reached."""

    competencies: tuple[str, ...] = COMPETENCIES
    truth: DifficultyModel = COLD_START
    belief: DifficultyModel = COLD_START
    targets: Mapping[str, float] = field(default_factory=lambda: TARGETS)

    @property
    def signs(self) -> IntArray:
        """(K,) how the criterion enters."""
        sign = {"normal_rejection": -1} | dict.fromkeys(LESIONS, 1)
        return np.array([sign.get(name, 0) for name in self.competencies])

    @property
    def normal(self) -> int:
        return self.competencies.index("normal_rejection")


# The pilot of design/learning.md: six competencies, a known residual, every difficulty at hand,
# and, as it had no reference form, the same goal in all: 80 % of the items of such a stock right.
PILOT_TARGET: Final = float(ndtri(0.80) * np.sqrt(1 + GAMMA**2 + 0.5**2))
_PILOT_MODEL: Final = replace(COLD_START, gamma=dict.fromkeys(COMPETENCIES, GAMMA), residual_sd=0.5)
PILOT: Final = World(
    tuple(name for name in COMPETENCIES if name != "density"),
    _PILOT_MODEL,
    _PILOT_MODEL,
    dict.fromkeys(COMPETENCIES, PILOT_TARGET),
)


@dataclass(frozen=True)
class Cases:
    """One case for each reader.

    Attributes:
        kind: (R,) place of the lesion's competency; -1 in a normal case.
        lesion: (R,) feature of the lesion.
        tissue: (R,) feature of the tissue.
        density: (R,) feature of the density.
        place: (R,) of the case, where it is one of a bank.
    """

    kind: IntArray
    lesion: FloatArray
    tissue: FloatArray
    density: FloatArray
    place: IntArray


@dataclass(frozen=True)
class Item:
    """One question of each reader's case.

    Attributes:
        name: one of `ITEMS`.
        competency: (R,) place of the competency.
        x: (R,) feature that the belief rests on.
        asked: (R,) whether the case puts it; "characterised" only to who found the lesion.
    """

    name: str
    competency: IntArray
    x: FloatArray
    asked: BoolArray


ITEMS: Final = ("found", "characterised", "no_false_mark", "not_recalled", "density")


def name_item(competency: str) -> str:
    """The item that a case is chosen for when it is chosen for a competency."""
    named = {"characterisation": "characterised", "normal_rejection": "not_recalled"}
    return named.get(competency, "found" if competency in LESIONS else competency)


def list_items(world: World, cases: Cases) -> Iterator[Item]:
    """List the items of cases as scoring asks them (design/learning.md, "Items of one case")."""
    readers, positive = len(cases.kind), cases.kind >= 0
    everybody = np.ones(readers, dtype=bool)

    def whole(name: str) -> IntArray:
        return np.full(readers, world.competencies.index(name))

    yield Item("found", np.maximum(cases.kind, 0), cases.lesion, positive)
    if "characterisation" in world.competencies:
        yield Item("characterised", whole("characterisation"), cases.lesion, positive)
    yield Item("no_false_mark", whole("normal_rejection"), cases.tissue, everybody)
    yield Item("not_recalled", whole("normal_rejection"), cases.tissue, ~positive)
    if "density" in world.competencies:
        yield Item("density", whole("density"), cases.density, everybody)


def find_centres(
    world: World, model: DifficultyModel, competency: IntArray, x: FloatArray
) -> FloatArray:
    """Find mean difficulties, (R, ...), of items with these features.

    Args:
        world: names the competencies.
        model: as believed or as true.
        competency: (R,).
        x: (R, ...) features.
    """
    level = np.array([model.level[name] for name in world.competencies])[competency]
    gamma = np.array([model.gamma[name] for name in world.competencies])[competency]
    trailing = (...,) + (None,) * (x.ndim - 1)
    return np.asarray(level[trailing] - gamma[trailing] * x)


def load_items(world: World, competency: IntArray) -> FloatArray:
    """Loadings A, (R, K + 1), of one item each."""
    loading = np.zeros((len(competency), len(world.competencies) + 1))
    loading[np.arange(len(competency)), competency] = 1
    loading[:, -1] = world.signs[competency]
    return loading
