"""What a reader has chosen to practise: how the next case is drawn, and what the screen says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

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
class Course:
    """A reader's way through a curriculum, as far as it is open.

    Attributes:
        name: the curriculum's.
        weights: of the competencies that it trains.
        targets: tau of each competency.
        open_tiers: the tiers of each that may be met, the current one last.
    """

    name: str
    weights: Mapping[str, float]
    targets: Mapping[str, float]
    open_tiers: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True)
class Plan:
    """One way of practising. `finding` is a competency of seeing, `tier` 1 to 5.

    `course` is the curriculum that adaptive practice follows, where there is one.
    """

    focus: str = ADAPTIVE
    finding: str = ""
    tier: int | None = None
    course: Course | None = None

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

    def to_json(self) -> dict[str, Any]:
        """What was chosen, without what a curriculum makes of it."""
        return {"focus": self.focus, "finding": self.finding, "tier": self.tier}

    def list_aims(self, ability: Ability, *, positive: bool) -> tuple[str, ...]:
        """List the competencies that a case with or without a lesion may be drawn for."""
        aims = LESION_AIMS if positive else NORMAL_AIMS
        if self.focus == FINDING and positive:
            return (self.finding,)
        if self.focus == WEAKNESS:
            weak = find_weak(ability)
            return tuple(aim for aim in aims if aim in weak) or aims
        if self.course is not None:
            return tuple(aim for aim in aims if aim in self.course.weights)
        return aims

    @property
    def targets(self) -> Mapping[str, float]:
        """tau of each competency."""
        return TARGETS if self.course is None else self.course.targets

    @property
    def weights(self) -> Mapping[str, float] | None:
        """How much of each competency is practised; None for equal parts."""
        return None if self.course is None else self.course.weights

    def list_tiers(self, competency: str, *, positive: bool) -> tuple[int, ...]:
        """List the tiers that a case for a competency may be of; none given means any.

        Density is no harder to judge in a hard case: a case for it is of a tier that is open for
        whatever else it asks.
        """
        if self.tier is not None:
            return (self.tier,)
        if self.course is None:
            return ()
        tiers = self.course.open_tiers
        if competency != "density":
            return tiers[competency]
        others = [name for name in FINDINGS if name in tiers] if positive else ["normal_rejection"]
        return tuple(sorted({tier for name in others for tier in tiers[name]}))

    @property
    def findings(self) -> tuple[str, ...]:
        """The kinds of lesion that a case may hold, by competency; none given means any."""
        if self.course is None or all(name in self.course.weights for name in FINDINGS):
            return ()
        return tuple(name for name in FINDINGS if name in self.course.weights)

    def keep_due(self, due: Sequence[DueKind]) -> list[DueKind]:
        """Keep the missed kinds that this way of practising may bring back."""
        if self.focus == ASSESSMENT:
            return []
        if self.course is not None:
            return [kind for kind in due if kind.competency in self.course.weights]
        return [kind for kind in due if self.focus != FINDING or kind.competency == self.finding]


def find_weak(ability: Ability) -> Sequence[str]:
    """The competencies in which there is most to gain, the most first."""
    gains = weigh_competencies(ability, COMPETENCIES, targets=TARGETS)
    order = sorted(zip(gains, COMPETENCIES, strict=True), key=lambda pair: -pair[0])
    return [competency for _, competency in order[:_WEAK]]
