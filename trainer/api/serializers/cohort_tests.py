from rest_framework import serializers

from trainer.api.serializers.accounts import CohortNameSerializer
from trainer.api.serializers.forms import DifferenceSerializer
from trainer.api.serializers.reports import AveragesSerializer, FiguresSerializer
from trainer.reports.queries.kernels import KERNELS


class IntervalSerializer(serializers.Serializer):
    value = serializers.FloatField()
    low = serializers.FloatField()
    high = serializers.FloatField()


class TestedDifferenceSerializer(IntervalSerializer):
    """After minus before, with the p of no difference."""

    p = serializers.FloatField()


class FormMeasureSerializer(serializers.Serializer):
    """A mean over readers, for readers and cases like these; null where there are too few."""

    measure = serializers.ChoiceField(choices=list(KERNELS))
    estimate = IntervalSerializer(allow_null=True)
    n_positive = serializers.IntegerField(allow_null=True)
    n_negative = serializers.IntegerField(allow_null=True)
    enough = serializers.BooleanField()


class FormReportSerializer(serializers.Serializer):
    """A form as its readers read it first; `left_out` read less than nine tenths of it."""

    form = serializers.CharField()
    readers = serializers.IntegerField()
    left_out = serializers.IntegerField()
    cases = serializers.IntegerField()
    positives = serializers.IntegerField()
    prevalence = serializers.FloatField(allow_null=True)
    measures = FormMeasureSerializer(many=True)
    averages = AveragesSerializer()


class MeasureChangeSerializer(serializers.Serializer):
    measure = serializers.ChoiceField(choices=list(KERNELS))
    before = IntervalSerializer(allow_null=True)
    after = IntervalSerializer(allow_null=True)
    change = TestedDifferenceSerializer(allow_null=True)
    n_positive = serializers.IntegerField(allow_null=True)
    n_negative = serializers.IntegerField(allow_null=True)
    enough = serializers.BooleanField()


class ChangeReportSerializer(serializers.Serializer):
    """Before and after by the readers who completed both; cases are those of both forms."""

    readers = serializers.IntegerField()
    left_out = serializers.IntegerField()
    cases = serializers.IntegerField()
    positives = serializers.IntegerField()
    prevalence = serializers.FloatField(allow_null=True)
    measures = MeasureChangeSerializer(many=True)


class SatSerializer(FiguresSerializer):
    form = serializers.CharField()
    started_at = serializers.DateTimeField()


class RepeatSerializer(DifferenceSerializer):
    """A form read twice: last minus first area on the same cases, by DeLong's paired test."""

    form = serializers.CharField()
    cases = serializers.IntegerField()
    p = serializers.FloatField(allow_null=True)


class ResidentTestsSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    before = SatSerializer(allow_null=True)
    after = SatSerializer(allow_null=True)
    sensitivity = DifferenceSerializer()
    specificity = DifferenceSerializer()
    area = DifferenceSerializer()
    repeats = RepeatSerializer(many=True)


class CohortTestsSerializer(serializers.Serializer):
    cohort = CohortNameSerializer()
    minimum_n = serializers.IntegerField()
    minimum_readers = serializers.IntegerField()
    forms = FormReportSerializer(many=True)
    change = ChangeReportSerializer()
    residents = ResidentTestsSerializer(many=True)
