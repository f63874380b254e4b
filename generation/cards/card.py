"""The model card as values: what the page and the Markdown file both show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["measured", "foreign", "missing", "unreadable"]
Outcome = Literal["met", "missed", "unknown", "none"]


@dataclass(frozen=True)
class Standing:
    """Whether a report is there and is of these weights.

    Attributes:
        state: "foreign" where it is of other weights.
        said: the same as a sentence.
        sha256: weights that the report is of.
        made: when it was made, ISO 8601.
        version: code that made it.
    """

    state: State
    said: str
    sha256: str = ""
    made: str = ""
    version: str = ""

    @property
    def measured(self) -> bool:
        return self.state == "measured"


@dataclass(frozen=True)
class Verdict:
    """A sentence each: what the images are good for, what not, and how far they are from real."""

    good_for: str
    not_for: str
    realism: str


@dataclass(frozen=True)
class Row:
    """One row of a table: what it is, in one plain sentence, and its cells as text."""

    label: str
    sentence: str
    cells: tuple[str, ...]
    outcome: Outcome = "none"


@dataclass(frozen=True)
class Table:
    key: str
    title: str
    intro: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Mark:
    """A value on a chart, named."""

    label: str
    value: float
    outcome: Outcome = "none"


@dataclass(frozen=True)
class Strip:
    """One measure as a chart: values on an axis, beside the floor and the bar.

    Attributes:
        origin: where its values begin; None where they end at 1.
        floor: real against real; None where there is none.
        bar, stretch: limits that were set beforehand.
        better: which way is better.
    """

    key: str
    label: str
    sentence: str
    better: Literal["lower", "higher"]
    origin: float | None
    floor: float | None
    bar: float
    stretch: float | None
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Measured:
    """What one report says; empty where it is not of these weights.

    Attributes:
        answer: to the title, in a sentence.
    """

    title: str
    intro: str
    standing: Standing
    answer: str = ""
    facts: tuple[Row, ...] = ()
    strips: tuple[Strip, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Block:
    """A paragraph (one item) or a list of the hand-written text."""

    kind: Literal["paragraph", "list"]
    items: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Picture:
    """A synthetic crop; its size in pixels."""

    file: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True)
class Failure:
    """A known failure: what to look for, and a picture of it."""

    title: str
    blocks: tuple[Block, ...]
    picture: Picture | None


@dataclass(frozen=True)
class Point:
    step: int
    value: float


@dataclass(frozen=True)
class Series:
    """One loss of the training record over its steps, each point the median of a stretch."""

    key: str
    label: str
    sentence: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Training:
    """How the weights came about; `settings` has a row for every change during the run."""

    facts: tuple[Row, ...]
    series: tuple[Series, ...]
    settings: Table | None


@dataclass(frozen=True)
class Card:
    """Everything the model card says about one set of weights.

    Attributes:
        name: of the generator on this site.
        version: of Parenchyma that it came with.
        failures_standing: whether the failures were seen in images of these weights.
    """

    name: str
    version: str
    sha256: str
    verdict: Verdict
    evaluation: Measured
    audit: Measured
    failures_standing: Standing
    failures: tuple[Failure, ...]
    sections: tuple[Section, ...]
    training: Training
