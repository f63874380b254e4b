"""The difficulty model, and answers and items as tables, for what looks at all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trainer.measure.ability import Difficulty
from trainer.measure.competencies import COMPETENCIES
from trainer.measure.difficulty import GAMMA, NORMAL_GAMMA, RESIDUAL_SD
from trainer.measure.probit import FloatArray

BoolArray = NDArray[np.bool_]


@dataclass(frozen=True)
class DifficultyModel:
    """Difficulty of an item nobody has answered: b ~ N(c_k - gamma_k x + phi . f, sigma_res^2).

    Attributes:
        level: c by competency.
        gamma: slope by competency; x is standardised so that larger is easier.
        phi: weight by name of a further feature.
        residual_sd: sigma_res, what the features leave open.
    """

    level: Mapping[str, float]
    gamma: Mapping[str, float]
    phi: Mapping[str, float]
    residual_sd: float

    def __post_init__(self) -> None:
        if not self.residual_sd > 0:
            raise ValueError("the residual deviation must be positive")

    def start(
        self, competency: str, x: float, features: Mapping[str, float] | None = None
    ) -> Difficulty:
        """Start the difficulty of an item with these features; what is not given counts as 0.

        Raises:
            ValueError: if the model has no such competency.
        """
        if competency not in self.level:
            raise ValueError(f"the model has no competency {competency!r}")
        further = sum(self.phi.get(name, 0.0) * value for name, value in (features or {}).items())
        mean = self.level[competency] - self.gamma[competency] * x + further
        return Difficulty(mean, self.residual_sd**2)


COLD_START: Final = DifficultyModel(
    level=dict.fromkeys(COMPETENCIES, 0.0),
    gamma=dict.fromkeys(COMPETENCIES, GAMMA) | {"normal_rejection": NORMAL_GAMMA, "density": 0.5},
    phi={},
    residual_sd=RESIDUAL_SD,
)


@dataclass(frozen=True)
class ItemTable:
    """Items that were answered, (I,).

    Attributes:
        competency: names.
        sign: how the criterion enters, -1, 0 or 1.
        x: standardised features, larger is easier.
        features: further ones by name, each (I,).
    """

    competency: Sequence[str]
    sign: NDArray[np.int_]
    x: FloatArray
    features: Mapping[str, FloatArray] = field(default_factory=dict)


@dataclass(frozen=True)
class AnswerTable:
    """Answers, (N,), each reader's in the order in which they were given.

    Attributes:
        reader: any number that names the reader.
        item: place of the item in its table.
        correct: whether the answer was right.
        session: any number that names the session; abilities may drift between two.
    """

    reader: NDArray[np.int_]
    item: NDArray[np.int_]
    correct: BoolArray
    session: NDArray[np.int_]

    def __post_init__(self) -> None:
        if not len(self.reader) == len(self.item) == len(self.correct) == len(self.session):
            raise ValueError("every answer needs a reader, an item, a result and a session")


def load_items(items: ItemTable) -> FloatArray:
    """Loadings A, (I, K + 1), of items."""
    loading = np.zeros((len(items.competency), len(COMPETENCIES) + 1))
    places = [COMPETENCIES.index(name) for name in items.competency]
    loading[np.arange(len(places)), places] = 1
    loading[:, -1] = items.sign
    return loading


def find_centres(model: DifficultyModel, items: ItemTable) -> FloatArray:
    """Mean difficulties, (I,), of items that nobody has answered."""
    level = np.array([model.level[name] for name in items.competency])
    gamma = np.array([model.gamma[name] for name in items.competency])
    centre = level - gamma * np.asarray(items.x, dtype=np.float64)
    for name, values in items.features.items():
        centre = centre + model.phi.get(name, 0.0) * np.asarray(values, dtype=np.float64)
    return np.asarray(centre, dtype=np.float64)


def check_items(answers: AnswerTable, items: ItemTable) -> None:
    places = answers.item
    if len(places) and not (0 <= places.min() and places.max() < len(items.competency)):
        raise ValueError("an answer names an item that is not in the table")
