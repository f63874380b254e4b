from rest_framework import serializers

from trainer.accounts.models import Language


class VocabularyQuerySerializer(serializers.Serializer):
    language = serializers.ChoiceField(
        choices=Language.choices, default=Language.ENGLISH, help_text="Of the labels."
    )


class TermSerializer(serializers.Serializer):
    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]


class DescriptorSerializer(TermSerializer):
    values = TermSerializer(many=True)


class FindingKindSerializer(TermSerializer):
    descriptors = DescriptorSerializer(many=True)


class GeneratedKindSerializer(TermSerializer):
    """A kind of finding as the generator makes it; `group` is its chapter."""

    group = serializers.CharField()
    group_label = serializers.CharField()


class VocabularySerializer(serializers.Serializer):
    version = serializers.IntegerField()
    finding_kinds = FindingKindSerializer(many=True)
    generated_kinds = GeneratedKindSerializer(many=True)
    assessments = TermSerializer(many=True)
    finding_assessments = TermSerializer(many=True)
    densities = TermSerializer(many=True)
    pathologies = TermSerializer(many=True)
    indications = TermSerializer(many=True)
    dismissal_reasons = TermSerializer(many=True)
    competencies = TermSerializer(many=True)
