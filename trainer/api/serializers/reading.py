from rest_framework import serializers

from trainer.api.fields import OptionalIdField
from trainer.api.serializers.answers import AnswersSerializer, ReadingLogSerializer
from trainer.api.serializers.images import CaseImagesSerializer
from trainer.reading.models import Reading, Session


class SessionStartSerializer(serializers.Serializer):
    mode = serializers.ChoiceField(choices=Session.Mode.choices)
    institution = OptionalIdField(
        help_text="For people of several institutions; otherwise where they joined first."
    )


class SessionSerializer(serializers.ModelSerializer[Session]):
    readings = serializers.IntegerField(read_only=True)

    class Meta:
        model = Session
        fields = ("id", "mode", "started_at", "ended_at", "readings")
        read_only_fields = fields


class WhySerializer(serializers.Serializer):
    """Why this case came up. Until the case is read it stays general: the competency that a
    case was chosen for would tell what is in it."""

    mode = serializers.CharField(help_text="Which way of practising is on, in words.")
    competency = serializers.CharField(allow_null=True)
    label = serializers.CharField()  # type: ignore[assignment]
    text = serializers.CharField()
    predicted = serializers.FloatField(allow_null=True)


class DraftSerializer(serializers.Serializer):
    answers = AnswersSerializer(allow_null=True)
    revision = serializers.IntegerField()
    updated_at = serializers.DateTimeField(allow_null=True)


class AssignmentSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    session = serializers.UUIDField()
    position = serializers.IntegerField()
    why = WhySerializer()
    case = CaseImagesSerializer()
    draft = DraftSerializer(allow_null=True)
    reading = serializers.UUIDField(allow_null=True)


class DraftSaveSerializer(serializers.Serializer):
    answers = AnswersSerializer()
    revision = serializers.IntegerField(
        min_value=0, max_value=2**31 - 2, help_text="The revision this draft builds on, 0 at first."
    )


class DraftSavedSerializer(serializers.Serializer):
    revision = serializers.IntegerField()
    updated_at = serializers.DateTimeField()


class StaleDraftSerializer(serializers.Serializer):
    """A newer draft exists: here it is. Also given when the case was read already."""

    detail = serializers.CharField()
    code = serializers.CharField()
    draft = DraftSerializer(required=False)


class ReadingSubmitSerializer(serializers.Serializer):
    assignment = serializers.UUIDField()
    key = serializers.UUIDField()
    answers = AnswersSerializer()
    log = ReadingLogSerializer()


class ReadingSerializer(serializers.ModelSerializer[Reading]):
    case = serializers.UUIDField(source="assignment.case_id", read_only=True)
    recall_correct = serializers.BooleanField(read_only=True, allow_null=True)
    positive = serializers.BooleanField(read_only=True, allow_null=True)

    class Meta:
        model = Reading
        fields = ("id", "assignment", "case", "submitted_at", "recall_correct", "positive")
        read_only_fields = fields
