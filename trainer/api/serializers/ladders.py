from rest_framework import serializers

from cases.queries.variants import ABSENT, OWN
from generation import vocabulary
from generation.vocabulary import term_keys
from trainer.api.fields import TranslatedField
from trainer.api.serializers.cases import REQUEST_STATES
from trainer.api.serializers.feedback import TrueFindingSerializer
from trainer.api.serializers.images import FrameSerializer, ImageViewSerializer

STEP_STATES = (OWN, ABSENT, *REQUEST_STATES)


class LadderStepSerializer(serializers.Serializer):
    """The same findings in one density; images and findings are there once it is done."""

    density = serializers.ChoiceField(choices=term_keys(vocabulary.DENSITIES))
    state = serializers.ChoiceField(
        choices=STEP_STATES, help_text='"own" is the case itself, "absent" was never asked for.'
    )
    progress = serializers.FloatField()
    stage = TranslatedField()
    reason = TranslatedField()
    views = ImageViewSerializer(many=True)
    base_frames = serializers.DictField(child=FrameSerializer())
    findings = TrueFindingSerializer(many=True)


class LadderSerializer(serializers.Serializer):
    steps = LadderStepSerializer(many=True)
