from typing import Any, Final

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from trainer.accounts.models import Cohort
from trainer.api.fields import FiniteFloatField, OptionalIdField
from trainer.api.serializers.accounts import CohortNameSerializer, InstitutionSerializer
from trainer.learning.models import Curriculum
from trainer.learning.syllabus import list_warnings


class TrainingSerializer(serializers.Serializer):
    """How one competency is trained."""

    weight = serializers.FloatField()
    first_tier = serializers.IntegerField()
    last_tier = serializers.IntegerField()
    target_offset = serializers.FloatField()


class MasteryRuleSerializer(serializers.Serializer):
    """When a competency is mastered, and when its next tier opens."""

    probability = serializers.FloatField()
    items = serializers.IntegerField()
    neutral = serializers.FloatField()
    neutral_probability = serializers.FloatField()
    tier_probability = serializers.FloatField()


# What is asked for is held to its bounds by the domain, all fields at once: an empty one is null.
_GIVEN: Final[dict[str, Any]] = {"required": False, "allow_null": True}


class TrainingSaveSerializer(serializers.Serializer):
    """How one competency is to be trained; what is left out is the default."""

    weight = FiniteFloatField(**_GIVEN)
    first_tier = serializers.IntegerField(**_GIVEN)
    last_tier = serializers.IntegerField(**_GIVEN)
    target_offset = FiniteFloatField(**_GIVEN)


class MasteryRuleSaveSerializer(serializers.Serializer):
    """The rule that is asked for; what is left out is the default."""

    probability = FiniteFloatField(**_GIVEN)
    items = serializers.IntegerField(**_GIVEN)
    neutral = FiniteFloatField(**_GIVEN)
    neutral_probability = FiniteFloatField(**_GIVEN)
    tier_probability = FiniteFloatField(**_GIVEN)


class CurriculumSaveSerializer(serializers.Serializer):
    name = serializers.CharField(allow_blank=True)
    competencies = serializers.DictField(child=TrainingSaveSerializer())
    rule = MasteryRuleSaveSerializer(required=False, default=dict)


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
