"""Why a finding is what it is: a few sentences from its descriptors, its views and the breast."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from generation.lesions import REGISTRY
from generation.spec import CaseSpec, LesionSpec
from generation.truth import GROUPS_WITHOUT_BEST_VIEW
from generation.vocabulary import FINDING_ASSESSMENTS


class Visibility(Protocol):
    """What one view shows of a finding; `generation.truth.FindingViewTruth` is one."""

    @property
    def visible(self) -> bool: ...

    @property
    def dprime(self) -> float | None: ...


FAINT_DPRIME = 4.0

MANAGEMENT = {
    "2": "Say so and leave it.",
    "3": "A short-interval follow-up, not a biopsy.",
    "4A": "It takes tissue to settle it.",
    "4B": "It needs a biopsy.",
    "4C": "It needs a biopsy, and a benign result would have to be questioned.",
    "5": "All signs point one way; a benign biopsy would be discordant.",
}
DENSE = {"C": "heterogeneously dense", "D": "extremely dense"}


def _describe_views(views: Mapping[str, Visibility], density: str) -> list[str]:
    names = {key: "oblique" if key.endswith("mlo") else "CC" for key in views}
    visible = [key for key, view in views.items() if view.visible]
    seen = {key: value for key in visible if (value := views[key].dprime) is not None}
    if len(seen) < len(visible):
        # It fills the breast: there is no other place to say how well it stands out against.
        return []
    dense = f" The breast is {DENSE[density]} and hides much of it." if density in DENSE else ""
    if not visible:
        return [f"It can hardly be made out in either view.{dense}"]
    if len(views) == 1:
        return [f"Only the {names[next(iter(views))]} view shows it."]
    if len(visible) < len(views):
        only = names[visible[0]]
        return [f"It shows in the {only} view only: look for it at the same depth in the other."]
    best = max(seen, key=lambda key: seen[key])
    worst = min(seen, key=lambda key: seen[key])
    if seen[best] < FAINT_DPRIME:
        return [f"It is faint in both views, easiest in the {names[best]}.{dense}"]
    if seen[best] > 1.5 * seen[worst]:
        return [f"It stands out better in the {names[best]} view than in the {names[worst]}."]
    return ["It shows in both views at the same distance from the nipple, so it is real."]


def _describe_outcome(lesion: LesionSpec) -> list[str]:
    if lesion.assessment == "1":
        return ["It is no lesion: the breast is negative."]
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
    finding = REGISTRY[lesion.kind]
    said = [*finding.teach(lesion)]
    if finding.group not in GROUPS_WITHOUT_BEST_VIEW:
        said += _describe_views(views, spec.density)
    return " ".join(said + _describe_outcome(lesion))
