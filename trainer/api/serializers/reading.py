from typing import Any, Final

from django.utils.translation import gettext as _
from rest_framework import serializers

from trainer.api.fields import OptionalIdField
from trainer.api.serializers.answers import AnswersSerializer, ReadingLogSerializer
from trainer.api.serializers.images import CaseImagesSerializer
from trainer.learning.plans import FINDINGS, Plan
from trainer.reading.models import Reading, Session

# A test set is started by its own name, a challenge by accepting it.
_STARTED_OTHERWISE: Final = (Session.Mode.TEST, Session.Mode.CHALLENGE)
STARTED_MODES: Final = [
    choice for choice in Session.Mode.choices if choice[0] not in _STARTED_OTHERWISE
]


class SessionStartSerializer(serializers.Serializer):
    """Without a focus, the open session goes on with what it practises."""

    mode = serializers.ChoiceField(choices=STARTED_MODES)
    focus = serializers.ChoiceField(
        choices=Session.Focus.choices,
        required=False,
        allow_null=True,
        default=None,
        help_text="Of practice: what the next cases are drawn by.",
    )
    finding = serializers.ChoiceField(
        choices=FINDINGS, required=False, allow_null=True, default=None
    )
    tier = serializers.IntegerField(
        min_value=1, max_value=5, required=False, allow_null=True, default=None
    )
    institution = OptionalIdField(
        help_text="For people of several institutions; otherwise where they joined first."
    )

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        errors = {}
        if (data["focus"] == Session.Focus.FINDING) != (data["finding"] is not None):
            errors["finding"] = [_("Name a finding to practise one, and only then.")]
        if (data["focus"] == Session.Focus.TIER) != (data["tier"] is not None):
            errors["tier"] = [_("Name a tier to practise one, and only then.")]
        if data["focus"] is not None and data["mode"] != Session.Mode.PRACTICE:
            errors["focus"] = [_("Only practice has a focus.")]
        if errors:
            raise serializers.ValidationError(errors)
        focus = data["focus"]
        data["plan"] = focus and Plan(focus, data["finding"] or "", data["tier"])
        return data


class SessionSerializer(serializers.ModelSerializer[Session]):
    readings = serializers.IntegerField(read_only=True)
    label = serializers.CharField(  # type: ignore[assignment]
        read_only=True, help_text="Which way of practising is on, in words."
    )

    class Meta:
        model = Session
        fields = ("id", "mode", "label", "started_at", "ended_at", "readings")
        read_only_fields = fields


class WhySerializer(serializers.Serializer):
    """Why this case came up. Until the case is read it stays general: the competency that a
    case was chosen for would tell what is in it."""

    mode = serializers.CharField(help_text="Which way of practising is on, in words.")
    competency = serializers.CharField(allow_null=True)
    label = serializers.CharField()  # type: ignore[assignment]
    text = serializers.CharField()
    predicted = serializers.FloatField(allow_null=True)
    returning = serializers.CharField(
        allow_null=True, help_text="Told when a kind that was missed came back; null before."
    )


class DraftSerializer(serializers.Serializer):
    answers = AnswersSerializer(allow_null=True)
    revision = serializers.IntegerField()
    updated_at = serializers.DateTimeField(allow_null=True)


class TestPlaceSerializer(serializers.Serializer):
    """Where in a test set a case stands: its number is the assignment's position."""

    session = serializers.UUIDField()
    form = serializers.CharField()
    cases = serializers.IntegerField()
    open = serializers.BooleanField()
    seconds_left = serializers.FloatField(help_text="By the server's clock; 0 once it is over.")


class AssignmentSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    session = serializers.UUIDField()
    position = serializers.IntegerField()
    why = WhySerializer()
    case = CaseImagesSerializer()
    test = TestPlaceSerializer(allow_null=True, help_text="Null outside test sets.")
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


class ReadingKeptSerializer(serializers.Serializer):
    """A reading of a test set is kept; what it came to is told when the test set has ended."""

    reading = serializers.UUIDField()
    assignment = serializers.UUIDField()
    session = serializers.UUIDField()


class ReadingSerializer(serializers.ModelSerializer[Reading]):
    case = serializers.UUIDField(source="assignment.case_id", read_only=True)
    recall_correct = serializers.BooleanField(read_only=True, allow_null=True)
    positive = serializers.BooleanField(read_only=True, allow_null=True)

    class Meta:
        model = Reading
        fields = ("id", "assignment", "case", "submitted_at", "recall_correct", "positive")
        read_only_fields = fields
