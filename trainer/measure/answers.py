"""What a reader answered and what is true, as scoring takes them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.measure.competencies import competency_of


@dataclass(frozen=True)
class Mark:
    """A place a reader pointed at; `link` names the mark of the same finding in the other view."""

    id: str
    view: str
    x: float
    y: float
    rating: float
    suspicious: bool
    kind: str | None = None
    descriptors: Mapping[str, str] = field(default_factory=dict)
    link: str | None = None

    @property
    def side(self) -> str:
        return self.view.partition("_")[0]

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Mark":
        link = data.get("link")
        return cls(
            id=str(data["id"]),
            view=data["view"],
            x=float(data["x"]),
            y=float(data["y"]),
            rating=float(data["rating"]),
            suspicious=bool(data["suspicious"]),
            kind=data.get("kind"),
            descriptors=dict(data.get("descriptors") or {}),
            link=None if link is None else str(link),
        )


@dataclass(frozen=True)
class Answers:
    """A submitted reading's answers."""

    density: str
    recall: bool
    marks: tuple[Mark, ...] = ()

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Answers":
        return cls(
            density=data["density"],
            recall=bool(data["recall"]),
            marks=tuple(Mark.from_json(mark) for mark in data.get("marks") or ()),
        )


@dataclass(frozen=True)
class TrueFinding:
    """A finding as it is.

    Attributes:
        reads_as: kind of finding that a reader would call it; None where there is nothing to
            call, as for a clip.
        descriptors: what may be asked of it, in the reader's words.
        masks: one (H, W) boolean array per view that holds it: a mark in it is on the finding,
            also where that view hardly shows it. None for what concerns a whole view, such as
            a fault of technique: every mark there would be on it.
        visible: whether at least one view shows it, so that it can be asked for.
    """

    id: str
    reads_as: str | None
    actionable: bool
    descriptors: Mapping[str, str]
    masks: Mapping[str, NDArray[np.bool_]]
    visible: bool = True

    def __post_init__(self) -> None:
        if self.reads_as is not None:
            competency_of(self.reads_as)
        elif self.actionable:
            raise ValueError(f"finding {self.id!r} is actionable and reads as nothing")
        if any(not mask.any() for mask in self.masks.values()):
            raise ValueError(f"finding {self.id!r} has an empty mask")


@dataclass(frozen=True)
class CaseTruth:
    """What a case holds; `density` by side, because the two breasts may differ."""

    density: Mapping[str, str]
    findings: tuple[TrueFinding, ...]
    pixel_mm: float = 0.1

    @property
    def positive(self) -> bool:
        return any(finding.actionable for finding in self.findings)

    @property
    def overall_density(self) -> str:
        """The denser breast decides, as in a report that names one density."""
        return max(self.density.values())
