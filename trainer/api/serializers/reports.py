from typing import Final

from rest_framework import serializers

from trainer.api.serializers.accounts import CohortNameSerializer
from trainer.api.serializers.feedback import AbilityIntervalSerializer
from trainer.api.serializers.milestones import MilestoneSerializer
from trainer.api.serializers.proportions import ProportionSerializer
from trainer.reading.models import Session
from trainer.reports.queries.abilities import LEVELS
from trainer.reports.queries.mastery import MISSING

# A test set has a report of its own: its forms are compared, not added up.
PRACTISED = [
    (Session.Mode.PRACTICE.value, Session.Mode.PRACTICE.label),
    (Session.Mode.ASSESSMENT.value, Session.Mode.ASSESSMENT.label),
]


class RocAreaSerializer(serializers.Serializer):
    value = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)
    n_positive = serializers.IntegerField()
    n_negative = serializers.IntegerField()
    enough = serializers.BooleanField()


class CriterionSerializer(serializers.Serializer):
    """An estimate with its 95 % interval; null until enough items were answered."""

    mean = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)
    n = serializers.IntegerField()
    enough = serializers.BooleanField()


class AbilitySerializer(CriterionSerializer):
    competency = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    level = serializers.ChoiceField(choices=LEVELS)
    target = serializers.FloatField(help_text="The ability that is asked for.")


class AbilityPointSerializer(AbilityIntervalSerializer):
    at = serializers.DateTimeField()


class AbilityCourseSerializer(AbilitySerializer):
    chance = serializers.FloatField(
        allow_null=True, help_text="How likely it is reached; null until enough was answered."
    )
    history = AbilityPointSerializer(many=True)


class FiguresSerializer(serializers.Serializer):
    """Figures of enriched cases: `prevalence` belongs beside every one of them.

    Kappas compare with the truth, weighted by the square of the distance; they and the
    prevalence are null where there are too few readings.
    """

    readings = serializers.IntegerField()
    positives = serializers.IntegerField()
    prevalence = serializers.FloatField(allow_null=True)
    sensitivity = ProportionSerializer()
    specificity = ProportionSerializer()
    recall_rate = ProportionSerializer()
    lesion_sensitivity = ProportionSerializer()
    density_agreement = ProportionSerializer()
    area = RocAreaSerializer()
    density_kappa = ProportionSerializer()
    assessment_kappa = ProportionSerializer()


class ModeQuerySerializer(serializers.Serializer):
    mode = serializers.ChoiceField(
        choices=PRACTISED,
        default=Session.Mode.PRACTICE,
        help_text="Whose readings the figures count; no figure mixes modes.",
    )


# Of challenges there are results, one by one, and no figures.
REPORTED_MODES: Final = [
    choice for choice in Session.Mode.choices if choice[0] != Session.Mode.CHALLENGE
]


class ProgressQuerySerializer(serializers.Serializer):
    mode = serializers.ChoiceField(
        choices=REPORTED_MODES,
        default=Session.Mode.PRACTICE,
        help_text="Whose readings the figures count; no figure mixes modes.",
    )


class ConditionSerializer(serializers.Serializer):
    """How far a rule is met: `chance` is null until enough was answered."""

    chance = serializers.FloatField(allow_null=True)
    probability = serializers.FloatField(help_text="How likely it has to be.")
    n = serializers.IntegerField()
    items = serializers.IntegerField(help_text="Answers that are needed.")
    missing = serializers.ListField(child=serializers.ChoiceField(choices=MISSING))


class StandSerializer(serializers.Serializer):
    tiers = serializers.ListField(child=serializers.IntegerField())
    passed = serializers.IntegerField()
    current = serializers.IntegerField()


class MasteryRowSerializer(serializers.Serializer):
    competency = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    mastered = serializers.BooleanField()
    condition = ConditionSerializer()
    stand = StandSerializer(allow_null=True, help_text="Null of density, which has no tiers.")
    opens = ConditionSerializer(
        allow_null=True, help_text="What passes the current tier; null when all are passed."
    )
    ready = serializers.BooleanField(help_text="Whether the open tiers hold cases.")


class CriterionConditionSerializer(serializers.Serializer):
    neutral = serializers.FloatField()
    probability = serializers.FloatField()
    chance = serializers.FloatField(allow_null=True)


class MasterySerializer(serializers.Serializer):
    curriculum = serializers.CharField(allow_blank=True, help_text="Empty for the default.")
    criterion = CriterionConditionSerializer()
    rows = MasteryRowSerializer(many=True)


class ProgressSerializer(FiguresSerializer):
    mode = serializers.ChoiceField(choices=REPORTED_MODES)
    minimum_n = serializers.IntegerField()
    streak_days = serializers.IntegerField()
    minutes = serializers.FloatField(help_text="Spent reading, by the log.")
    next_goal = serializers.CharField()
    criterion = CriterionSerializer()
    abilities = AbilityCourseSerializer(many=True)
    mastery = MasterySerializer()
    milestones = MilestoneSerializer(many=True)


class AverageSerializer(serializers.Serializer):
    """A mean over residents with its 95 % interval; null with too few residents."""

    value = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)
    readers = serializers.IntegerField()
    n = serializers.IntegerField(help_text="Readings it rests on.")
    enough = serializers.BooleanField()


class AveragesSerializer(serializers.Serializer):
    sensitivity = AverageSerializer()
    specificity = AverageSerializer()
    area = AverageSerializer()
    density_kappa = AverageSerializer()
    assessment_kappa = AverageSerializer()


class ResidentReportSerializer(FiguresSerializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    last_read_at = serializers.DateTimeField(allow_null=True)
    criterion = CriterionSerializer()
    abilities = AbilitySerializer(many=True)
    struggles = serializers.ListField(
        child=serializers.CharField(),
        help_text="Competencies surely below their goal, the farthest first.",
    )


class CohortReportSerializer(serializers.Serializer):
    """Residents in one mode, those who struggle with most first."""

    cohort = CohortNameSerializer()
    mode = serializers.ChoiceField(choices=PRACTISED)
    readings = serializers.IntegerField()
    positives = serializers.IntegerField()
    prevalence = serializers.FloatField(allow_null=True)
    minimum_n = serializers.IntegerField()
    minimum_readers = serializers.IntegerField()
    averages = AveragesSerializer()
    residents = ResidentReportSerializer(many=True)
