"""The words of the trainer with the kinds of finding that can be ordered."""

from typing import Any, Final

from django.utils.translation import gettext

from generation import vocabulary
from generation.lesions import REGISTRY

# Chapters in the order in which they are taught.
GROUP_LABELS: Final = {
    "mass": "Masses",
    "calcification": "Calcifications",
    "distortion": "Architectural distortion",
    "asymmetry": "Asymmetries",
    "associated": "Associated features",
    "look_alike": "Benign look-alikes",
    "post_surgical": "After surgery or biopsy",
    "artefact": "Artefacts",
    "technique": "Faults of technique",
}


def describe_vocabulary() -> dict[str, Any]:
    """All words, with their labels in the language in use; keys are the same in every one."""
    words = {**vocabulary.to_json(), "generated_kinds": list_generated_kinds()}
    return dict(translate_labels(words))


def translate_labels(words: Any) -> Any:
    if isinstance(words, dict):
        return {
            name: gettext(value) if name in ("label", "group_label") else translate_labels(value)
            for name, value in words.items()
        }
    if isinstance(words, list):
        return [translate_labels(word) for word in words]
    return words


def list_generated_kinds() -> list[dict[str, str]]:
    """Every kind that the generator makes, chapter by chapter."""
    order = list(GROUP_LABELS)
    kinds = sorted(REGISTRY.values(), key=lambda kind: order.index(kind.group))
    return [
        {
            "key": kind.key,
            "label": kind.label,
            "group": kind.group,
            "group_label": GROUP_LABELS[kind.group],
        }
        for kind in kinds
    ]
