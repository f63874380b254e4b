"""Which kinds of lesion there are to be trained on, and of which tiers they can be."""

from functools import cache
from typing import Final

import numpy as np

from generation.lesions import REGISTRY
from generation.population.findings import can_be
from generation.spec import CaseSpec, SpecError
from trainer.measure.competencies import competency_of

# Chapters whose kinds are lesions; what looks like one and is none is drawn among the normals.
_LESION_GROUPS: Final = ("mass", "calcification", "distortion", "asymmetry", "associated")


@cache
def can_reach(kind: str, tier: int) -> bool:
    """Whether a woman is expected in whom this kind of lesion is of this tier; tried once."""
    try:
        CaseSpec.draw(np.random.default_rng(tier), findings=kind, actionable=True, tier=tier)
    except SpecError:
        return False
    return True


@cache
def list_lesion_kinds() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The kinds that can be actionable lesions: by competency, then by chapter."""
    found: dict[str, dict[str, list[str]]] = {}
    for kind in REGISTRY.values():
        if kind.group not in _LESION_GROUPS or kind.reads_as is None:
            continue
        if can_be(kind.key, True):
            chapters = found.setdefault(competency_of(kind.reads_as), {})
            chapters.setdefault(kind.group, []).append(kind.key)
    return {
        competency: tuple(tuple(keys) for keys in chapters.values())
        for competency, chapters in found.items()
    }
