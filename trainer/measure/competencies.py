"""What a reader can be good at, in the order in which ability vectors hold it."""

from collections.abc import Mapping
from typing import Final

COMPETENCIES: Final[tuple[str, ...]] = (
    "mass",
    "calcification",
    "distortion",
    "asymmetry",
    "characterisation",
    "density",
    "normal_rejection",
)

# A competency is shown and practised only once cases that exercise it can be generated.
# The model holds all seven: a marginal of the prior is the prior of fewer, so the others cost
# nothing now and need no rewriting of stored rows later.
GENERABLE: Final[tuple[str, ...]] = (
    "mass",
    "calcification",
    "characterisation",
    "density",
    "normal_rejection",
)

LABELS: Final[Mapping[str, str]] = {
    "mass": "Masses",
    "calcification": "Calcifications",
    "distortion": "Architectural distortion",
    "asymmetry": "Asymmetries",
    "characterisation": "Characterisation",
    "density": "Breast density",
    "normal_rejection": "Leaving normals alone",
}

_COMPETENCY_OF_KIND: Final[Mapping[str, str]] = {
    "mass": "mass",
    "calcification_group": "calcification",
    "distortion": "distortion",
    "asymmetry": "asymmetry",
}


def competency_of(kind: str) -> str:
    """Name the competency that finding a lesion of this kind exercises.

    Raises:
        ValueError: if no competency belongs to the kind.
    """
    try:
        return _COMPETENCY_OF_KIND[kind]
    except KeyError:
        raise ValueError(f"no competency belongs to findings of kind {kind!r}") from None
