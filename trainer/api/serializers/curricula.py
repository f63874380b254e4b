from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from trainer.accounts.models import Cohort
from trainer.api.fields import FiniteFloatField, OptionalIdField
from trainer.api.serializers.accounts import CohortNameSerializer, InstitutionSerializer
from trainer.learning.models import Curriculum
from trainer.learning.syllabus import list_warnings


class TrainingSerializer(serializers.Serializer):
    """How one competency is trained; what is left out is the default."""

    weight = FiniteFloatField(required=False)
    first_tier = serializers.IntegerField(required=False)
    last_tier = serializers.IntegerField(required=False)
    target_offset = FiniteFloatField(required=False)


class MasteryRuleSerializer(serializers.Serializer):
    """When a competency is mastered, and when its next tier opens."""

    probability = FiniteFloatField(required=False)
    items = serializers.IntegerField(required=False)
    neutral = FiniteFloatField(required=False)
    neutral_probability = FiniteFloatField(required=False)
    tier_probability = FiniteFloatField(required=False)


class CurriculumSaveSerializer(serializers.Serializer):
    name = serializers.CharField(max_length=120)
    competencies = serializers.DictField(child=TrainingSerializer())
    rule = MasteryRuleSerializer(required=False, default=dict)


class CurriculumCreateSerializer(CurriculumSaveSerializer):
    institution = OptionalIdField(help_text="For people who teach at several institutions.")


class CurriculumChangeSerializer(CurriculumSaveSerializer):
    version = serializers.IntegerField(
        min_value=1, max_value=2**31 - 1, help_text="Which was read: an older one is refused."
    )


class CurriculumFileSerializer(serializers.Serializer):
    """A file as it was exported; what is wrong with it is said by its fields."""

    institution = OptionalIdField()
    content = serializers.JSONField()


class CurriculumFollowSerializer(serializers.Serializer):
    cohorts = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1), max_length=200
    )


class CurriculumSerializer(serializers.ModelSerializer[Curriculum]):
    institution = InstitutionSerializer()
    updated_by = serializers.SerializerMethodField()
    competencies = serializers.SerializerMethodField()
    rule = serializers.SerializerMethodField()
    cohorts = serializers.SerializerMethodField(help_text="Those that follow it.")
    may_edit = serializers.BooleanField()
    warnings = serializers.SerializerMethodField(help_text="What is laxer than the default.")

    class Meta:
        model = Curriculum
        fields = (
            "id",
            "institution",
            "name",
            "version",
            "updated_by",
            "updated_at",
            "archived_at",
            "competencies",
            "rule",
            "cohorts",
            "may_edit",
            "warnings",
        )
        read_only_fields = fields

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_updated_by(self, curriculum: Curriculum) -> str | None:
        return str(curriculum.updated_by) if curriculum.updated_by else None

    @extend_schema_field(serializers.DictField(child=TrainingSerializer()))
    def get_competencies(self, curriculum: Curriculum) -> Any:
        return curriculum.content["competencies"]

    @extend_schema_field(MasteryRuleSerializer)
    def get_rule(self, curriculum: Curriculum) -> Any:
        return curriculum.content["rule"]

    @extend_schema_field(CohortNameSerializer(many=True))
    def get_cohorts(self, curriculum: Curriculum) -> Any:
        cohorts: list[Cohort] = [row.cohort for row in curriculum.followed_by.all()]
        return CohortNameSerializer(cohorts, many=True).data

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_warnings(self, curriculum: Curriculum) -> list[str]:
        return list_warnings(curriculum.syllabus)


class LimitSerializer(serializers.Serializer):
    default = serializers.FloatField()
    lowest = serializers.FloatField()
    highest = serializers.FloatField()
    whole = serializers.BooleanField()


class TrainableSerializer(serializers.Serializer):
    competency = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    target = serializers.FloatField(help_text="tau, before an offset.")
    tiers = serializers.ListField(
        child=serializers.FloatField(), help_text="The ability that passes each tier."
    )
    required = serializers.BooleanField()  # type: ignore[assignment]


class CurriculumDefaultsSerializer(serializers.Serializer):
    """What a new curriculum starts from, and how far each number may go."""

    competencies = TrainableSerializer(many=True)
    training = serializers.DictField(child=LimitSerializer())
    rule = serializers.DictField(child=LimitSerializer())
    minimum_n = serializers.IntegerField(help_text="Fewest answers before a tier is passed.")


class ReachSerializer(serializers.Serializer):
    """Cases of one tier of a competency."""

    competency = serializers.CharField()
    tier = serializers.IntegerField()
    ready = serializers.IntegerField()
    ordered = serializers.IntegerField()
    makeable = serializers.BooleanField(
        allow_null=True, help_text="Null of normal tissue: known when a case is made."
    )
    empty = serializers.BooleanField(help_text="Nothing ready, nothing ordered, none makeable.")
