from rest_framework import serializers

from trainer.api.serializers.reading import SessionSerializer


class SessionCaseSerializer(serializers.Serializer):
    """One case of a session, as it was read."""

    reading = serializers.UUIDField()
    position = serializers.IntegerField()
    submitted_at = serializers.DateTimeField()
    minutes = serializers.FloatField()
    positive = serializers.BooleanField()
    recall_correct = serializers.BooleanField()
    density_correct = serializers.BooleanField()
    lesions = serializers.IntegerField()
    lesions_found = serializers.IntegerField()
    false_marks = serializers.IntegerField()
    missed = serializers.ListField(child=serializers.CharField())


class SessionCompetencySerializer(serializers.Serializer):
    competency = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    asked = serializers.IntegerField()
    right = serializers.IntegerField()
    change = serializers.FloatField(
        allow_null=True, help_text="In the estimate; null until enough items were answered."
    )


class SessionReportSerializer(serializers.Serializer):
    """What was read, what improved, what to work on, and what to look at again."""

    session = SessionSerializer()
    minutes = serializers.FloatField()
    minimum_n = serializers.IntegerField()
    cases = SessionCaseSerializer(many=True)
    competencies = SessionCompetencySerializer(many=True)
    improved = SessionCompetencySerializer(many=True)
    work_on = SessionCompetencySerializer(many=True)
    look_again = SessionCaseSerializer(many=True)
