"""Why a finding is what it is: a few sentences from its descriptors, its views and the breast."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from generation.spec import CaseSpec, LesionSpec
from generation.vocabulary import FINDING_ASSESSMENTS


class Visibility(Protocol):
    """What one view shows of a finding; `generation.truth.FindingViewTruth` is one."""

    @property
    def visible(self) -> bool: ...

    @property
    def dprime(self) -> float: ...


FAINT_DPRIME = 4.0

MARGINS = {
    "circumscribed": (
        "Its edge is sharp and can be followed all the way round: the mass pushes tissue aside "
        "and does not grow into it."
    ),
    "obscured": (
        "Part of its edge is hidden by the tissue over it. What cannot be seen cannot be called "
        "circumscribed, so it needs further views before it is let go."
    ),
    "microlobulated": (
        "Its edge is broken into small scallops. That is more than the gentle lobulation of a "
        "fibroadenoma and raises suspicion."
    ),
    "indistinct": (
        "Its edge fades into the tissue with no line to follow although nothing lies over it: "
        "read it as possible infiltration."
    ),
    "spiculated": (
        "Fine straight lines radiate from it. They taper away from the mass and run across the "
        "normal course of the tissue, the most telling single sign of an invasive cancer."
    ),
}
MASS_DENSITIES = {
    "high": "It is denser than as much glandular tissue would be, which adds weight.",
    "equal": "It is as dense as the glandular tissue, so density does not help either way.",
    "low": "It is less dense than glandular tissue, which leans towards benign.",
    "fat_containing": (
        "There is fat inside it, with a thin capsule around: such a mass is benign whatever its "
        "size, and needs no work-up."
    ),
}
MORPHOLOGIES = {
    "round": "The particles are smooth and round, of one kind: they form in acini.",
    "rim": "Thin shells around lucent centres: the wall of a fat necrosis or an oil cyst.",
    "coarse": "Large, lumpy and very dense: a fibroadenoma that has involuted.",
    "large_rod_like": (
        "Smooth thick rods along the ducts, pointing to the nipple: secretory disease. Compare "
        "their calibre with the thin broken lines of a cast in cancer."
    ),
    "dystrophic": "Coarse lumps, some with a lucent centre, as after injury or surgery.",
    "milk_of_calcium": (
        "Smudges in the CC view that turn into level crescents in the oblique: sediment in tiny "
        "cysts. Only the change between the views proves it."
    ),
    "amorphous": (
        "Particles too small and hazy to be given a shape. About one biopsy in five shows cancer."
    ),
    "coarse_heterogeneous": (
        "Irregular, conspicuous particles, larger than half a millimetre and unlike each other, "
        "yet too small for dystrophic ones."
    ),
    "fine_pleomorphic": (
        "Small sharp particles below half a millimetre, no two alike in shape or density: think "
        "of crushed stone. Nearly a third of biopsies show cancer."
    ),
    "fine_linear_branching": (
        "Thin, broken, sometimes forking lines: casts of ducts filled by tumour. This is the "
        "morphology with the highest yield of cancer, mostly high-grade DCIS."
    ),
}
DISTRIBUTIONS = {
    "diffuse": "They lie all over the breast, which speaks for a benign process.",
    "regional": "They take up a large area that follows no duct, which weighs little.",
    "grouped": "They keep to one small cluster.",
    "linear": "They line up as in a duct, which raises suspicion whatever their shape.",
    "segmental": (
        "They fill a wedge with its tip to the nipple, the course of one duct and its branches, "
        "which raises suspicion whatever their shape."
    ),
}
MANAGEMENT = {
    "2": "Say so and leave it.",
    "3": "A short-interval follow-up, not a biopsy.",
    "4A": "It takes tissue to settle it.",
    "4B": "It needs a biopsy.",
    "4C": "It needs a biopsy, and a benign result would have to be questioned.",
    "5": "All signs point one way; a benign biopsy would be discordant.",
}
DENSE = {"C": "heterogeneously dense", "D": "extremely dense"}


def _describe_mass(lesion: LesionSpec) -> list[str]:
    words = lesion.descriptors
    article = "An" if words["shape"][0] in "aeiou" else "A"
    first = f"{article} {words['shape']} mass of {lesion.size_mm:.0f} mm."
    return [first, MARGINS[words["margin"]], MASS_DENSITIES[words["density"]]]


def _describe_group(lesion: LesionSpec) -> list[str]:
    words = lesion.descriptors
    count = lesion.count or 0
    amount = "One calcification" if count == 1 else f"{count} calcifications"
    over = "." if count == 1 else f" over {lesion.size_mm:.0f} mm."
    said = [f"{amount}{over}", MORPHOLOGIES[words["morphology"]]]
    return said if count == 1 else [*said, DISTRIBUTIONS[words["distribution"]]]


def _describe_views(views: Mapping[str, Visibility], density: str) -> list[str]:
    names = {key: "oblique" if key.endswith("mlo") else "CC" for key in views}
    seen = {key: view.dprime for key, view in views.items() if view.visible}
    dense = f" The breast is {DENSE[density]} and hides much of it." if density in DENSE else ""
    if not seen:
        return [f"It can hardly be made out in either view.{dense}"]
    if len(seen) < len(views):
        only = names[next(iter(seen))]
        return [f"It shows in the {only} view only: look for it at the same depth in the other."]
    best = max(seen, key=lambda key: seen[key])
    worst = min(seen, key=lambda key: seen[key])
    if seen[best] < FAINT_DPRIME:
        return [f"It is faint in both views, easiest in the {names[best]}.{dense}"]
    if seen[best] > 1.5 * seen[worst]:
        return [f"It stands out better in the {names[best]} view than in the {names[worst]}."]
    return ["It shows in both views at the same distance from the nipple, so it is real."]


def _describe_outcome(lesion: LesionSpec) -> list[str]:
    label = {term.key: term.label for term in FINDING_ASSESSMENTS}[lesion.assessment]
    said = f"Category {lesion.assessment}, {label.lower()}. {MANAGEMENT[lesion.assessment]}"
    if not lesion.actionable:
        return [said]
    if lesion.pathology == "malignant":
        return [said, "Biopsy showed cancer."]
    if lesion.assessment in ("4C", "5"):
        return [said, "Biopsy was benign this time; the call was right all the same."]
    return [said, "Biopsy was benign, as for many of this category: recalling it was right."]


def explain_finding(lesion: LesionSpec, *, spec: CaseSpec, views: Mapping[str, Visibility]) -> str:
    """Short teaching text of one finding, plain English, one paragraph.

    Args:
        lesion: the finding.
        spec: the case, for the density of the breast.
        views: by view key, whether it is visible and its d'.
    """
    describe = _describe_mass if lesion.kind == "mass" else _describe_group
    said = describe(lesion)
    said += _describe_views(views, spec.density)
    return " ".join(said + _describe_outcome(lesion))
