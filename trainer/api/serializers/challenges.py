"""Challenges: what was sent and received, and how a colleague read one."""

from rest_framework import serializers

from generation import vocabulary
from generation.vocabulary import SIDES, term_keys
from trainer.api.fields import TranslatedField
from trainer.api.serializers.answers import AnswersSerializer
from trainer.api.serializers.feedback import (
    LesionFeedbackSerializer,
    ScoreSerializer,
    TruthSerializer,
)
from trainer.api.serializers.images import CaseImagesSerializer, FrameSerializer
from trainer.challenges.queries.challenges import STATES


class ColleagueSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    knows_woman = serializers.BooleanField(help_text="Has met her, and cannot be challenged.")


class ChallengeSendSerializer(serializers.Serializer):
    sandbox = serializers.UUIDField()
    colleagues = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**31 - 1),
        min_length=1,
        max_length=20,
    )
    density = serializers.ChoiceField(
        choices=term_keys(vocabulary.DENSITIES),
        required=False,
        allow_null=True,
        default=None,
        help_text="In another than the woman's own.",
    )


class ReceivedChallengeSerializer(serializers.Serializer):
    """What the colleague is told: who sent it, and nothing of what it holds."""

    id = serializers.UUIDField()
    challenger = serializers.CharField()
    sent_at = serializers.DateTimeField()
    state = serializers.ChoiceField(choices=STATES)
    assignment = serializers.UUIDField(allow_null=True)
    reading = serializers.UUIDField(allow_null=True)


class SentChallengeSerializer(serializers.Serializer):
    """What the challenger is told; how it was read once it is."""

    id = serializers.UUIDField()
    colleague = serializers.CharField()
    sent_at = serializers.DateTimeField()
    answered_at = serializers.DateTimeField(allow_null=True)
    state = serializers.ChoiceField(choices=STATES)
    progress = serializers.FloatField()
    reason = TranslatedField(help_text="Why the case could not be made.")
    kind_label = serializers.CharField(allow_null=True)
    side = serializers.ChoiceField(choices=SIDES, allow_null=True)
    found = serializers.BooleanField(
        allow_null=True, help_text="Found, or left alone rightly; null before it is read."
    )


class ChallengesSerializer(serializers.Serializer):
    received = ReceivedChallengeSerializer(many=True)
    sent = SentChallengeSerializer(many=True)


class AcceptedSerializer(serializers.Serializer):
    assignment = serializers.UUIDField()


class ChallengeResultSerializer(serializers.Serializer):
    """How a colleague read the case, with the truth over it."""

    id = serializers.UUIDField()
    colleague = serializers.CharField()
    read_at = serializers.DateTimeField()
    case = CaseImagesSerializer()
    answers = AnswersSerializer()
    score = ScoreSerializer()
    truth = TruthSerializer()
    lesions = LesionFeedbackSerializer(many=True)
    base_frames = serializers.DictField(child=FrameSerializer())
