from rest_framework import serializers


class TermSerializer(serializers.Serializer):
    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]


class DescriptorSerializer(TermSerializer):
    values = TermSerializer(many=True)


class FindingKindSerializer(TermSerializer):
    descriptors = DescriptorSerializer(many=True)


class VocabularySerializer(serializers.Serializer):
    version = serializers.IntegerField()
    finding_kinds = FindingKindSerializer(many=True)
    assessments = TermSerializer(many=True)
    finding_assessments = TermSerializer(many=True)
    densities = TermSerializer(many=True)
    pathologies = TermSerializer(many=True)
    indications = TermSerializer(many=True)
    dismissal_reasons = TermSerializer(many=True)
    competencies = TermSerializer(many=True)
