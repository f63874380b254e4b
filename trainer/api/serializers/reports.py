from rest_framework import serializers

from trainer.api.serializers.accounts import CohortNameSerializer
from trainer.api.serializers.feedback import AbilityIntervalSerializer


class ProportionSerializer(serializers.Serializer):
    """A share with its 95 % interval; without enough answers the figures are null."""

    value = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)
    n = serializers.IntegerField()
    enough = serializers.BooleanField()


class AbilityPointSerializer(AbilityIntervalSerializer):
    at = serializers.DateTimeField()


class AbilitySerializer(AbilityIntervalSerializer):
    competency = serializers.CharField()
    label = serializers.CharField()
    n = serializers.IntegerField()
    enough = serializers.BooleanField()


class AbilityCourseSerializer(AbilitySerializer):
    history = AbilityPointSerializer(many=True)


class ProgressSerializer(serializers.Serializer):
    readings = serializers.IntegerField()
    sensitivity = ProportionSerializer()
    specificity = ProportionSerializer()
    recall_rate = ProportionSerializer()
    abilities = AbilityCourseSerializer(many=True)
    criterion = AbilityIntervalSerializer(allow_null=True)
    streak_days = serializers.IntegerField()
    prevalence = serializers.FloatField(allow_null=True)


class ResidentReportSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    readings = serializers.IntegerField()
    last_read_at = serializers.DateTimeField(allow_null=True)
    sensitivity = ProportionSerializer()
    specificity = ProportionSerializer()
    abilities = AbilitySerializer(many=True)
    criterion = AbilityIntervalSerializer(allow_null=True)


class CohortReportSerializer(serializers.Serializer):
    cohort = CohortNameSerializer()
    prevalence = serializers.FloatField(allow_null=True)
    minimum_n = serializers.IntegerField()
    residents = ResidentReportSerializer(many=True)
