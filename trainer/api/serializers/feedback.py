from rest_framework import serializers

from generation.vocabulary import SIDES, VIEW_KEYS
from trainer.api.serializers.answers import AnswersSerializer
from trainer.api.serializers.images import FrameSerializer
from trainer.api.serializers.proportions import ProportionSerializer
from trainer.api.serializers.reading import WhySerializer
from trainer.measure.localisation import DUPLICATE, FALSE_POSITIVE, HIT, NEUTRAL
from trainer.measure.misses import DISMISSED, MARKED_ELSEWHERE, NOT_LOOKED_AT, NOT_MARKED
from trainer.reading.models import Session

OUTCOMES = (HIT, DUPLICATE, FALSE_POSITIVE, NEUTRAL)
MISSES = (NOT_LOOKED_AT, DISMISSED, MARKED_ELSEWHERE, NOT_MARKED)


class LesionScoreSerializer(serializers.Serializer):
    finding = serializers.CharField()
    hit = serializers.BooleanField()
    marks = serializers.ListField(child=serializers.CharField())
    kind_right = serializers.BooleanField(allow_null=True)
    descriptors = serializers.DictField(child=serializers.BooleanField(), allow_null=True)
    characterised = serializers.BooleanField(allow_null=True)


class MarkOutcomeSerializer(serializers.Serializer):
    id = serializers.CharField()
    outcome = serializers.ChoiceField(choices=OUTCOMES)
    finding = serializers.CharField(allow_null=True)


class ScoreItemSerializer(serializers.Serializer):
    key = serializers.CharField()
    competency = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    correct = serializers.BooleanField()


class ScoreSerializer(serializers.Serializer):
    method_version = serializers.IntegerField()
    positive = serializers.BooleanField()
    recalled = serializers.BooleanField()
    recall_correct = serializers.BooleanField()
    density_correct = serializers.BooleanField()
    case_rating = serializers.FloatField(allow_null=True)
    false_marks = serializers.IntegerField()
    lesions = LesionScoreSerializer(many=True)
    marks = MarkOutcomeSerializer(many=True)
    items = ScoreItemSerializer(many=True)


class TrueFindingViewSerializer(serializers.Serializer):
    key = serializers.ChoiceField(choices=VIEW_KEYS)
    outlines = serializers.ListField(
        child=serializers.ListField(
            child=serializers.ListField(child=serializers.FloatField(), min_length=2, max_length=2)
        ),
        help_text="Polygons of [x, y] pixels.",
    )
    centre = serializers.ListField(child=serializers.FloatField(), min_length=2, max_length=2)
    long_axis_mm = serializers.FloatField()
    visible = serializers.BooleanField()
    dprime = serializers.FloatField(allow_null=True)


class TrueFindingSerializer(serializers.Serializer):
    id = serializers.CharField()
    kind = serializers.CharField(help_text="One of the vocabulary's generated_kinds.")
    reads_as = serializers.CharField(
        allow_null=True, help_text="What a reader would call it; null for nothing."
    )
    group = serializers.CharField(allow_null=True)
    label = serializers.CharField()  # type: ignore[assignment]
    actionable = serializers.BooleanField()
    side = serializers.ChoiceField(choices=SIDES)
    placed = serializers.BooleanField(
        help_text="Whether clock and distance say something; not so for what a whole view shows."
    )
    descriptors = serializers.DictField(child=serializers.CharField())
    assessment = serializers.CharField()
    pathology = serializers.CharField()
    malignancy = serializers.FloatField(
        allow_null=True, help_text="Share of such findings, 0 to 1, whose biopsy shows cancer."
    )
    clock = serializers.IntegerField()
    distance_from_nipple_mm = serializers.FloatField()
    teaching = serializers.CharField()
    views = TrueFindingViewSerializer(many=True)


class BySideSerializer(serializers.Serializer):
    left = serializers.CharField()
    right = serializers.CharField()


class TruthSerializer(serializers.Serializer):
    density = BySideSerializer()
    assessment = BySideSerializer()
    recall = serializers.BooleanField()
    tier = serializers.IntegerField()
    findings = TrueFindingSerializer(many=True)


class AbilityIntervalSerializer(serializers.Serializer):
    mean = serializers.FloatField()
    low = serializers.FloatField()
    high = serializers.FloatField()


class AbilityChangeSerializer(serializers.Serializer):
    competency = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    before = AbilityIntervalSerializer()
    after = AbilityIntervalSerializer()
    n = serializers.IntegerField()
    enough = serializers.BooleanField()


class NextStepSerializer(serializers.Serializer):
    text = serializers.CharField()


class MissSerializer(serializers.Serializer):
    """What kind of miss a missed lesion was, by what was looked at."""

    kind = serializers.ChoiceField(choices=MISSES)
    text = serializers.CharField()


class LesionFeedbackSerializer(serializers.Serializer):
    finding = serializers.CharField()
    miss = MissSerializer(allow_null=True)
    others = ProportionSerializer(help_text="Share of the other readers who found it.")


class OthersSerializer(serializers.Serializer):
    """How other readers did on the case."""

    readers = serializers.IntegerField()
    recall_right = ProportionSerializer()


class CaseGeneratorSerializer(serializers.Serializer):
    """What drew a case: the weights, and what the site called them then; either may be empty."""

    sha256 = serializers.CharField()
    name = serializers.CharField()


class FeedbackSerializer(serializers.Serializer):
    """Everything a reader may know once the reading is in."""

    reading = serializers.UUIDField()
    assignment = serializers.UUIDField()
    case = serializers.UUIDField()
    generator = CaseGeneratorSerializer()
    submitted_at = serializers.DateTimeField()
    answers = AnswersSerializer()
    score = ScoreSerializer()
    truth = TruthSerializer()
    lesions = LesionFeedbackSerializer(many=True)
    words = serializers.DictField(
        child=serializers.DictField(child=serializers.CharField()),
        help_text="What descriptors mean: by descriptor, then by value.",
    )
    others = OthersSerializer()
    why = WhySerializer(help_text="Why this case was chosen.")
    session = serializers.UUIDField()
    mode = serializers.ChoiceField(choices=Session.Mode.choices, help_text="Of the session.")
    base_frames = serializers.DictField(child=FrameSerializer())
    abilities = AbilityChangeSerializer(many=True)
    next = NextStepSerializer()
