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

LABELS: Final[Mapping[str, str]] = {
    "mass": "Masses",
    "calcification": "Calcifications",
    "distortion": "Architectural distortion",
    "asymmetry": "Asymmetries",
    "characterisation": "Characterisation",
    "density": "Breast density",
    "normal_rejection": "Leaving normals alone",
}

# What a finding reads as decides, not what it is: a scar that passes for a distortion exercises
# the eye for distortions. Associated features are pulled tissue and skin, as distortions are.
_COMPETENCY_OF_KIND: Final[Mapping[str, str]] = {
    "mass": "mass",
    "calcification_group": "calcification",
    "architectural_distortion": "distortion",
    "asymmetry": "asymmetry",
    "associated_feature": "distortion",
}


def competency_of(reads_as: str) -> str:
    """Name the competency that finding a lesion exercises which reads as this reader's kind.

    Raises:
        ValueError: if no competency belongs to the kind.
    """
    try:
        return _COMPETENCY_OF_KIND[reads_as]
    except KeyError:
        raise ValueError(f"no competency belongs to findings read as {reads_as!r}") from None
