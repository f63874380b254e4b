"""What a reader has chosen to practise: how the next case is drawn, and what the screen says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from trainer.language import lower_word
from trainer.learning.spacing import DueKind
from trainer.measure.ability import Ability
from trainer.measure.competencies import COMPETENCIES, LABELS
from trainer.measure.selection import PRACTICE_P, weigh_competencies
from trainer.measure.targets import TARGETS

ADAPTIVE: Final = "adaptive"
WEAKNESS: Final = "weakness"
FINDING: Final = "finding"
TIER: Final = "tier"
ASSESSMENT: Final = "assessment"

# Cases of about even odds tell most of a reader: 100 % of the information there is, 77 % at .80.
ASSESSMENT_P: Final = 0.55
# How many competencies count as a reader's weak ones.
_WEAK: Final = 2

# What a case with a lesion, and one without, can be chosen for.
LESION_AIMS: Final = tuple(name for name in COMPETENCIES if name != "normal_rejection")
NORMAL_AIMS: Final = ("normal_rejection", "density")
# Findings that one can ask to practise: competencies of seeing, not of naming.
FINDINGS: Final = ("mass", "calcification", "distortion", "asymmetry")
SIGNS: Final[Mapping[str, int]] = {
    **dict.fromkeys(FINDINGS, 1),
    "characterisation": 0,
    "density": 0,
    "normal_rejection": -1,
}
# The tier stays in what is asked for; the rest of a plan only steers the draw.
_TEXTS: Final[Mapping[str, str]] = {
    ADAPTIVE: "Adaptive practice",
    WEAKNESS: "Practice of your weak points",
    ASSESSMENT: "Assessment",
}


@dataclass(frozen=True)
class Plan:
    """One way of practising. `finding` is a competency of seeing, `tier` 1 to 5."""

    focus: str = ADAPTIVE
    finding: str = ""
    tier: int | None = None

    def __post_init__(self) -> None:
        if (self.focus == FINDING) != (self.finding in FINDINGS):
            raise ValueError("practice by finding needs a finding that can be practised")
        if (self.focus == TIER) != (self.tier in range(1, 6)):
            raise ValueError("practice by tier needs a tier of 1 to 5")

    @property
    def p(self) -> float:
        """The wanted probability of a right answer."""
        return ASSESSMENT_P if self.focus == ASSESSMENT else PRACTICE_P

    @property
    def label(self) -> str:
        """What the screen says is on."""
        if self.focus == FINDING:
            finding = lower_word(_(LABELS[self.finding]))
            return _("Practice by finding: %(finding)s among normals") % {"finding": finding}
        if self.focus == TIER:
            return _("Practice of tier %(tier)d") % {"tier": self.tier}
        return _(_TEXTS[self.focus])

    def list_aims(self, ability: Ability, *, positive: bool) -> tuple[str, ...]:
        """List the competencies that a case with or without a lesion may be drawn for."""
        aims = LESION_AIMS if positive else NORMAL_AIMS
        if self.focus == FINDING and positive:
            return (self.finding,)
        if self.focus == WEAKNESS:
            weak = find_weak(ability)
            return tuple(aim for aim in aims if aim in weak) or aims
        return aims

    def keep_due(self, due: Sequence[DueKind]) -> list[DueKind]:
        """Keep the missed kinds that this way of practising may bring back."""
        if self.focus == ASSESSMENT:
            return []
        return [kind for kind in due if self.focus != FINDING or kind.competency == self.finding]


def find_weak(ability: Ability) -> Sequence[str]:
    """The competencies in which there is most to gain, the most first."""
    gains = weigh_competencies(ability, COMPETENCIES, targets=TARGETS)
    order = sorted(zip(gains, COMPETENCIES, strict=True), key=lambda pair: -pair[0])
    return [competency for _, competency in order[:_WEAK]]
