"""Spec JSON of older versions as this version writes it, so that stored requests stay good.

Version 1 knew neither dose nor exams nor tiers, and took every pair of words. Where two of them
no longer stand together, the morphology of calcifications and the fat in a mass stay, since they
decide what the finding is and what it calls for; distribution or margin becomes the nearest that
occurs with them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generation.lesions import REGISTRY
from generation.lesions.finding import Finding

# What gives way in each kind of version 1, and what it becomes, nearest in shape and extent first.
NEAREST: dict[str, tuple[str, dict[str, tuple[str, ...]]]] = {
    "mass": (
        "margin",
        dict.fromkeys(("microlobulated", "indistinct", "spiculated"), ("circumscribed",)),
    ),
    "calcification_group": (
        "distribution",
        {
            "diffuse": ("regional", "segmental", "grouped", "linear"),
            "regional": ("segmental", "grouped", "diffuse", "linear"),
            "grouped": ("segmental", "regional", "linear"),
            "linear": ("segmental", "grouped", "regional"),
            "segmental": ("regional", "grouped", "linear"),
        },
    ),
}


def upgrade(data: Any) -> Any:
    """Spec JSON of version 1 as of version 2; anything else as it came."""
    if not isinstance(data, Mapping) or data.get("schema_version") != 1:
        return data
    added = {"dose": 1.0, "exam": "current", "tier": None, "prior": None}
    upgraded = {**added, **data, "schema_version": 2}
    if isinstance(lesions := upgraded.get("lesions"), list | tuple):
        upgraded["lesions"] = [_upgrade_lesion(lesion) for lesion in lesions]
    return upgraded


def _upgrade_lesion(lesion: Any) -> Any:
    """A finding with words that stand together; as it came where it is no such finding."""
    if not isinstance(lesion, Mapping) or not isinstance(words := lesion.get("descriptors"), dict):
        return lesion
    kind = lesion.get("kind")
    if not isinstance(kind, str) or kind not in NEAREST:
        return lesion
    finding = REGISTRY[kind]
    if not _are_complete(words, finding) or finding.contradiction(words) is None:
        return lesion
    yielding, nearest = NEAREST[kind]
    for value in nearest.get(words[yielding], ()):
        mended = {**words, yielding: value}
        if finding.contradiction(mended) is None:
            return {**lesion, "descriptors": mended}
    return lesion


def _are_complete(words: Mapping[str, Any], finding: Finding) -> bool:
    names = {part.key for part in finding.descriptors}
    return set(words) == names and all(words[name] in finding.values_of(name) for name in names)
