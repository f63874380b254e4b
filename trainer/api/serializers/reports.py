from typing import Final

from rest_framework import serializers

from trainer.api.serializers.accounts import CohortNameSerializer
from trainer.api.serializers.feedback import AbilityIntervalSerializer
from trainer.api.serializers.proportions import ProportionSerializer
from trainer.reading.models import Session
from trainer.reports.queries.abilities import LEVELS


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


class AbilityPointSerializer(AbilityIntervalSerializer):
    at = serializers.DateTimeField()


class AbilityCourseSerializer(AbilitySerializer):
    level = serializers.ChoiceField(choices=LEVELS)
    target = serializers.FloatField(help_text="The ability that is asked for.")
    chance = serializers.FloatField(
        allow_null=True, help_text="How likely it is reached; null until enough was answered."
    )
    history = AbilityPointSerializer(many=True)


class FiguresSerializer(serializers.Serializer):
    """Figures of enriched practice: `prevalence` belongs beside every one of them."""

    readings = serializers.IntegerField()
    positives = serializers.IntegerField()
    prevalence = serializers.FloatField(allow_null=True)
    sensitivity = ProportionSerializer()
    specificity = ProportionSerializer()
    recall_rate = ProportionSerializer()
    lesion_sensitivity = ProportionSerializer()
    density_agreement = ProportionSerializer()
    area = RocAreaSerializer()
    criterion = CriterionSerializer()


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


class ProgressSerializer(FiguresSerializer):
    mode = serializers.ChoiceField(choices=REPORTED_MODES)
    minimum_n = serializers.IntegerField()
    streak_days = serializers.IntegerField()
    minutes = serializers.FloatField(help_text="Spent reading, by the log.")
    next_goal = serializers.CharField()
    abilities = AbilityCourseSerializer(many=True)


class ResidentReportSerializer(FiguresSerializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    last_read_at = serializers.DateTimeField(allow_null=True)
    abilities = AbilitySerializer(many=True)


class CohortReportSerializer(serializers.Serializer):
    cohort = CohortNameSerializer()
    prevalence = serializers.FloatField(allow_null=True)
    minimum_n = serializers.IntegerField()
    residents = ResidentReportSerializer(many=True)
