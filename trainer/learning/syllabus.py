"""What a curriculum says: which competencies, how much of each, through which tiers, until when.

The bounds hold whatever an educator asks for. Those of the criterion start at the default and go
one way, to stricter: a reader who marks everything must not pass (docs/decisions/curricula.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final

from django.utils.translation import gettext as _

from trainer.learning.errors import CurriculumError
from trainer.measure.ability import DEFAULT_RULE, MasteryRule
from trainer.measure.competencies import COMPETENCIES
from trainer.measure.proportions import MINIMUM_N
from trainer.measure.targets import TARGETS
from trainer.measure.tiers import LESION_COMPETENCIES

SCHEMA_VERSION: Final = 1


@dataclass(frozen=True)
class Limit:
    """The default of a number, and how far an educator may go."""

    default: float
    lowest: float
    highest: float
    whole: bool = False


RULE_LIMITS: Final[Mapping[str, Limit]] = {
    "probability": Limit(DEFAULT_RULE.probability, 0.90, 0.99),
    "items": Limit(DEFAULT_RULE.items, MINIMUM_N, 200, whole=True),
    "neutral": Limit(DEFAULT_RULE.neutral, 0.40, DEFAULT_RULE.neutral),
    "neutral_probability": Limit(
        DEFAULT_RULE.neutral_probability, DEFAULT_RULE.neutral_probability, 0.90
    ),
    "tier_probability": Limit(0.80, 0.60, 0.95),
}
COMPETENCY_LIMITS: Final[Mapping[str, Limit]] = {
    "weight": Limit(1.0, 0.25, 4.0),
    "first_tier": Limit(1, 1, 5, whole=True),
    "last_tier": Limit(5, 1, 5, whole=True),
    "target_offset": Limit(0.0, -0.5, 1.0),
}


@dataclass(frozen=True)
class Training:
    """How one competency is trained. `target_offset` is added to tau."""

    weight: float = 1.0
    first_tier: int = 1
    last_tier: int = 5
    target_offset: float = 0.0

    @property
    def tiers(self) -> tuple[int, ...]:
        return tuple(range(self.first_tier, self.last_tier + 1))


@dataclass(frozen=True)
class Rule:
    """When a competency is mastered, and when the next tier of it opens."""

    probability: float = RULE_LIMITS["probability"].default
    items: int = int(RULE_LIMITS["items"].default)
    neutral: float = RULE_LIMITS["neutral"].default
    neutral_probability: float = RULE_LIMITS["neutral_probability"].default
    tier_probability: float = RULE_LIMITS["tier_probability"].default

    @cached_property
    def mastery(self) -> MasteryRule:
        return MasteryRule(self.probability, self.items, self.neutral, self.neutral_probability)

    @cached_property
    def tier(self) -> MasteryRule:
        """A tier is passed from as many answers on as an estimate is shown from."""
        return replace(self.mastery, probability=self.tier_probability, items=MINIMUM_N)


@dataclass(frozen=True)
class Syllabus:
    """What a curriculum says. By default everything, all tiers, in equal weight."""

    competencies: Mapping[str, Training] = field(
        default_factory=lambda: dict.fromkeys(COMPETENCIES, Training())
    )
    rule: Rule = field(default_factory=Rule)

    @property
    def trained(self) -> tuple[str, ...]:
        return tuple(name for name in COMPETENCIES if name in self.competencies)

    @property
    def weights(self) -> dict[str, float]:
        return {name: self.competencies[name].weight for name in self.trained}

    @property
    def targets(self) -> dict[str, float]:
        """tau of every competency; of those not trained, the common one."""
        return {
            name: target
            + (self.competencies[name].target_offset if name in self.competencies else 0.0)
            for name, target in TARGETS.items()
        }

    def to_json(self) -> dict[str, Any]:
        return {
            "competencies": {name: vars(self.competencies[name]) for name in self.trained},
            "rule": {name: getattr(self.rule, name) for name in RULE_LIMITS},
        }

    @classmethod
    def from_json(cls, data: Any) -> "Syllabus":
        """Read what `to_json` wrote, or an educator asks for; what is left out is the default.

        Raises:
            CurriculumError: with every field that is wrong.
        """
        if not isinstance(data, Mapping):
            raise CurriculumError({"competencies": [_("A curriculum names its competencies.")]})
        errors: dict[str, Any] = {}
        trainings = _read_trainings(data.get("competencies"), errors)
        numbers = _read_numbers(data.get("rule", {}), RULE_LIMITS, errors, "rule")
        if errors:
            raise CurriculumError(errors)
        return cls(trainings, Rule(**numbers))


DEFAULT_SYLLABUS: Final = Syllabus()


def list_warnings(syllabus: Syllabus) -> list[str]:
    """What is allowed but laxer than the rule whose rates were simulated."""
    found = []
    rule = syllabus.rule
    if rule.probability < DEFAULT_RULE.probability or rule.items < DEFAULT_RULE.items:
        found.append(
            _(
                "The rule is laxer than the default: more people count as having mastered what they"
                " have not."
            )
        )
    if any(training.target_offset < 0 for training in syllabus.competencies.values()):
        found.append(
            _(
                "A goal lies below that of the reference form: mastery then means less than 80 %"
                " found and 85 % of normals left alone."
            )
        )
    return found


def _read_trainings(data: Any, errors: dict[str, Any]) -> dict[str, Training]:
    if not isinstance(data, Mapping):
        errors["competencies"] = [_("A curriculum names its competencies.")]
        return {}
    wrong: dict[str, Any] = {}
    trainings: dict[str, Training] = {}
    for name, fields in data.items():
        if name not in COMPETENCIES:
            wrong[str(name)] = [_("No competency is called that.")]
            continue
        numbers = _read_numbers(fields, COMPETENCY_LIMITS, wrong, name)
        if name not in wrong:
            trainings[name] = Training(**numbers)
            if trainings[name].first_tier > trainings[name].last_tier:
                wrong[name] = {"last_tier": [_("The last tier comes before the first.")]}
    if not wrong:
        wrong = _check_whole(trainings)
    if wrong:
        errors["competencies"] = wrong
    return trainings


def _check_whole(trainings: Mapping[str, Training]) -> dict[str, Any]:
    """What no curriculum can leave out."""
    wrong: dict[str, Any] = {}
    if not any(name in trainings for name in LESION_COMPETENCIES):
        wrong["mass"] = [_("Train at least one kind of lesion.")]
    if "normal_rejection" not in trainings:
        wrong["normal_rejection"] = [
            _("At least 4 cases in 10 are normal whatever is trained: this stays in.")
        ]
    return wrong


def _read_numbers(
    data: Any, limits: Mapping[str, Limit], errors: dict[str, Any], place: str
) -> dict[str, Any]:
    if not isinstance(data, Mapping):
        errors[place] = [_("Fields and their values are needed here.")]
        return {}
    wrong: dict[str, list[str]] = {
        str(name): [_("No such field.")] for name in data if name not in limits
    }
    numbers: dict[str, Any] = {}
    for name, limit in limits.items():
        value = data.get(name, limit.default)
        if not _is_number(value, limit):
            wrong[name] = [_say_bounds(limit)]
        else:
            numbers[name] = int(value) if limit.whole else float(value)
    if wrong:
        errors[place] = wrong
    return numbers


def _is_number(value: Any, limit: Limit) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    # Neither nan nor an infinity lies within.
    return limit.lowest <= value <= limit.highest and (not limit.whole or value == int(value))


def _say_bounds(limit: Limit) -> str:
    bounds = {"lowest": f"{limit.lowest:g}", "highest": f"{limit.highest:g}"}
    if limit.whole:
        return _("A whole number from %(lowest)s to %(highest)s is needed.") % bounds
    return _("A number from %(lowest)s to %(highest)s is needed.") % bounds
