"""The words of the trainer, versioned: finding kinds, descriptors, assessments, densities.

Category names and standard descriptor names only. BI-RADS is a registered mark of the American
College of Radiology; the atlas's sentences are not reproduced here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

VERSION = 2

Side = Literal["left", "right"]
ViewKey = Literal["left_cc", "right_cc", "left_mlo", "right_mlo"]

SIDES: tuple[Side, ...] = ("left", "right")
VIEW_KEYS: tuple[ViewKey, ...] = ("left_cc", "right_cc", "left_mlo", "right_mlo")


@dataclass(frozen=True)
class Term:
    """One word: the key that is stored, the label that is shown."""

    key: str
    label: str

    def to_json(self) -> dict[str, Any]:
        return {"key": self.key, "label": self.label}


@dataclass(frozen=True)
class Descriptor:
    """One property of a finding and the values that it may take."""

    key: str
    label: str
    values: tuple[Term, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "label": self.label,
            "values": [value.to_json() for value in self.values],
        }


@dataclass(frozen=True)
class FindingKind:
    """A kind of finding as readers know it, with the descriptors that they give for it."""

    key: str
    label: str
    competency: str
    descriptors: tuple[Descriptor, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "label": self.label,
            "descriptors": [descriptor.to_json() for descriptor in self.descriptors],
        }


def _terms(**labels: str) -> tuple[Term, ...]:
    """Terms from keyword arguments; a key that is a word of Python ends in an underscore."""
    return tuple(Term(key.rstrip("_"), label) for key, label in labels.items())


MASS_SHAPES = _terms(oval="Oval", round="Round", irregular="Irregular")
MASS_MARGINS = _terms(
    circumscribed="Circumscribed",
    obscured="Obscured",
    microlobulated="Microlobulated",
    indistinct="Indistinct",
    spiculated="Spiculated",
)
MASS_DENSITIES = _terms(
    high="High density",
    equal="Equal density",
    low="Low density",
    fat_containing="Fat-containing",
)
BENIGN_MORPHOLOGIES = _terms(
    skin="Skin",
    vascular="Vascular",
    round="Round",
    rim="Rim",
    coarse="Coarse or popcorn-like",
    large_rod_like="Large rod-like",
    dystrophic="Dystrophic",
    milk_of_calcium="Milk of calcium",
    suture="Suture",
)
SUSPICIOUS_MORPHOLOGIES = _terms(
    amorphous="Amorphous",
    coarse_heterogeneous="Coarse heterogeneous",
    fine_pleomorphic="Fine pleomorphic",
    fine_linear_branching="Fine linear or fine-linear branching",
)
DISTRIBUTIONS = _terms(
    diffuse="Diffuse",
    regional="Regional",
    grouped="Grouped",
    linear="Linear",
    segmental="Segmental",
)

ASYMMETRY_TYPES = _terms(
    asymmetry="Asymmetry (one view)",
    focal="Focal asymmetry",
    global_="Global asymmetry",
    developing="Developing asymmetry",
)
ASSOCIATED_FEATURES = _terms(
    skin_thickening="Skin thickening",
    skin_retraction="Skin retraction",
    nipple_retraction="Nipple retraction",
    axillary_adenopathy="Axillary adenopathy",
)

# What a reader can call a mark. Every kind that is generated names the one it reads as, or none.
FINDING_KINDS: dict[str, FindingKind] = {
    kind.key: kind
    for kind in (
        FindingKind(
            key="mass",
            label="Mass",
            competency="mass",
            descriptors=(
                Descriptor("shape", "Shape", MASS_SHAPES),
                Descriptor("margin", "Margin", MASS_MARGINS),
                Descriptor("density", "Density", MASS_DENSITIES),
            ),
        ),
        FindingKind(
            key="calcification_group",
            label="Calcifications",
            competency="calcification",
            descriptors=(
                Descriptor(
                    "morphology", "Morphology", BENIGN_MORPHOLOGIES + SUSPICIOUS_MORPHOLOGIES
                ),
                Descriptor("distribution", "Distribution", DISTRIBUTIONS),
            ),
        ),
        FindingKind(
            key="architectural_distortion",
            label="Architectural distortion",
            competency="distortion",
            descriptors=(),
        ),
        FindingKind(
            key="asymmetry",
            label="Asymmetry",
            competency="asymmetry",
            descriptors=(Descriptor("type", "Type", ASYMMETRY_TYPES),),
        ),
        FindingKind(
            key="associated_feature",
            label="Associated feature",
            competency="distortion",
            descriptors=(Descriptor("feature", "Feature", ASSOCIATED_FEATURES),),
        ),
    )
}

DENSITIES = (
    Term("A", "Almost entirely fatty"),
    Term("B", "Scattered fibroglandular density"),
    Term("C", "Heterogeneously dense"),
    Term("D", "Extremely dense"),
)

# What a reader answers per breast.
ASSESSMENTS = (
    Term("0", "Incomplete"),
    Term("1", "Negative"),
    Term("2", "Benign"),
    Term("3", "Probably benign"),
    Term("4", "Suspicious"),
    Term("5", "Highly suggestive of malignancy"),
)
# What the truth of one finding holds: category 4 is split.
# Artefacts, faults of technique and normal variants are negative.
FINDING_ASSESSMENTS = (
    Term("1", "Negative"),
    Term("2", "Benign"),
    Term("3", "Probably benign"),
    Term("4A", "Low suspicion for malignancy"),
    Term("4B", "Moderate suspicion for malignancy"),
    Term("4C", "High suspicion for malignancy"),
    Term("5", "Highly suggestive of malignancy"),
)
ACTIONABLE_ASSESSMENTS = frozenset({"4A", "4B", "4C", "5"})

PATHOLOGIES = _terms(benign="Benign", malignant="Malignant", none="No lesion")

INDICATIONS = _terms(
    screening="Screening",
    symptomatic="Symptomatic",
    family_history="Screening, family history",
)

DISMISSAL_REASONS = _terms(
    overlapping_tissue="Overlapping tissue",
    benign_mass="Benign mass",
    benign_calcification="Typically benign calcification",
    vessel="Vessel",
    lymph_node="Lymph node",
    skin="Skin lesion or fold",
    post_surgical="After surgery or biopsy",
    artefact="Artefact or technique",
)

COMPETENCIES = _terms(
    mass="Masses",
    calcification="Calcifications",
    distortion="Architectural distortion",
    asymmetry="Asymmetries",
    characterisation="Characterisation",
    density="Breast density",
    normal_rejection="Leaving normals alone",
)

LOOKS = _terms(standard="Standard", crisp="Crisp", soft="Soft")


def term_keys(terms: tuple[Term, ...]) -> tuple[str, ...]:
    """Keys of the terms, in order."""
    return tuple(term.key for term in terms)


def breast_assessment(findings: tuple[str, ...]) -> str:
    """A reader's category ("1".."5") for a breast whose findings carry these categories."""
    if not findings:
        return "1"
    order = term_keys(FINDING_ASSESSMENTS)
    return max(findings, key=order.index)[0]


def to_json() -> dict[str, Any]:
    """The whole vocabulary as the API gives it."""
    lists = {
        "assessments": ASSESSMENTS,
        "finding_assessments": FINDING_ASSESSMENTS,
        "densities": DENSITIES,
        "pathologies": PATHOLOGIES,
        "indications": INDICATIONS,
        "dismissal_reasons": DISMISSAL_REASONS,
        "competencies": COMPETENCIES,
    }
    return {
        "version": VERSION,
        "finding_kinds": [kind.to_json() for kind in FINDING_KINDS.values()],
        **{name: [term.to_json() for term in terms] for name, terms in lists.items()},
    }
