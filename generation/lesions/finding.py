"""What every kind of finding says about itself: its words, its sizes, and how it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import numpy as np

from generation.lesions.effects import Effect, Scene
from generation.spec import CaseSpec, LesionSpec
from generation.vocabulary import ACTIONABLE_ASSESSMENTS, Descriptor

Words = Mapping[str, str]
Group = Literal[
    "mass",
    "calcification",
    "distortion",
    "asymmetry",
    "associated",
    "look_alike",
    "post_surgical",
    "artefact",
    "technique",
]
Region = Literal["gland", "retroareolar", "skin", "axilla", "breast"]


class Renderer(Protocol):
    """Draws a finding once and shows it in each view: view ("cc", "mlo") -> its effects there.

    A view that is missing does not show the finding. The generator passed is the finding's own
    stream, and may be used for nothing else.
    """

    def __call__(
        self, lesion: LesionSpec, *, scenes: Mapping[str, Scene], rng: np.random.Generator
    ) -> dict[str, tuple[Effect, ...]]: ...


def _no_count(words: Words) -> tuple[int, int] | None:
    return None


def _no_contradiction(words: Words) -> str | None:
    return None


def _nothing_wrong(lesion: LesionSpec, spec: CaseSpec) -> dict[str, list[str]]:
    return {}


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One kind of finding.

    Attributes:
        key: what specs and truth call it.
        label: what people call it.
        group: chapter of the curriculum that it belongs to.
        reads_as: kind of `vocabulary.FINDING_KINDS` that a reader would call it; None where there
            is nothing to mark.
        descriptors: words that its spec carries, with the values they may take.
        size_mm: smallest and largest `size_mm` of a spec.
        size_means: what `size_mm` measures.
        region: where in the breast it lies. "gland" and "retroareolar" are checked against the
            outline in both views; "skin" is carried to the nearest skin, "axilla" shows in the
            MLO alone, "breast" concerns a whole view and its position says nothing.
        region_by_words: where it lies depends on the words; see `region_of`.
        render: see `Renderer`.
        draw_words: draws descriptors for an actionable finding (True) or one that is not; None
            when this kind cannot be so.
        draw_size: draws a plausible `size_mm` for those words.
        count: smallest and largest drawn number of particles for those words; None: no count.
        teach: what it is and why it looks as it does, in sentences for the reader.
        malignancy: probability (0-1) that a biopsy shows cancer, by words.
        assess: category "1".."5" by words.
        suspicious: whether words call for biopsy by themselves, whatever category was given; those
            that `assess` finds actionable where the kind does not say otherwise.
        draws_anew: it acts on the anatomy, which the network draws anew; otherwise it is matter
            in the exposure, or another exposure.
        thick: it is about as thick as `size_mm` says, so that a thin breast has no room for it.
        contradiction: why these words cannot stand together, as a sentence; None when they can.
        check: what is wrong with this finding in this case, messages by field of the lesion
            ("size_mm"); asked only of a lesion whose words are complete and do not contradict.
    """

    key: str
    label: str
    group: Group
    reads_as: str | None
    descriptors: tuple[Descriptor, ...]
    size_mm: tuple[float, float]
    size_means: str
    region: Region
    region_by_words: Callable[[Words], Region] | None = None
    render: Renderer
    draw_words: Callable[[np.random.Generator, bool], dict[str, str] | None]
    draw_size: Callable[[np.random.Generator, Words], float]
    count: Callable[[Words], tuple[int, int] | None] = _no_count
    teach: Callable[[LesionSpec], list[str]]
    malignancy: Callable[[Words], float]
    assess: Callable[[Words], str]
    suspicious: Callable[[Words], bool] | None = None
    draws_anew: bool = False
    thick: bool = False
    contradiction: Callable[[Words], str | None] = _no_contradiction
    check: Callable[[LesionSpec, CaseSpec], dict[str, list[str]]] = _nothing_wrong

    def region_of(self, words: Words) -> Region:
        """Where a finding with these words lies."""
        return self.region if self.region_by_words is None else self.region_by_words(words)

    def is_suspicious(self, words: Words) -> bool:
        """Whether these words alone call for biopsy."""
        if self.suspicious is not None:
            return self.suspicious(words)
        return self.assess(words) in ACTIONABLE_ASSESSMENTS

    def values_of(self, descriptor: str) -> tuple[str, ...]:
        """Values that one descriptor may take; KeyError for an unknown one."""
        for candidate in self.descriptors:
            if candidate.key == descriptor:
                return tuple(value.key for value in candidate.values)
        raise KeyError(f"{self.key} has no descriptor {descriptor!r}")

    def to_json(self) -> dict[str, Any]:
        """What `python -m generation findings --json` prints."""
        return {
            "key": self.key,
            "label": self.label,
            "group": self.group,
            "reads_as": self.reads_as,
            "region": self.region,
            "size_mm": list(self.size_mm),
            "size_means": self.size_means,
            "descriptors": [descriptor.to_json() for descriptor in self.descriptors],
        }
