from typing import Any

from django.templatetags.static import static
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from generation.cards.card import Card, Picture
from trainer.api.serializers.realism import SiteReadersSerializer

STATES = ("measured", "foreign", "missing", "unreadable")
OUTCOMES = ("met", "missed", "unknown", "none")
BETTER = ("lower", "higher")
BLOCKS = ("paragraph", "list")


class VerdictSerializer(serializers.Serializer):
    """What the images are good for, what not, how far they are from real: a sentence each."""

    good_for = serializers.CharField()
    not_for = serializers.CharField()
    realism = serializers.CharField()


class StandingSerializer(serializers.Serializer):
    """Whether a report is there and is of these weights."""

    state = serializers.ChoiceField(choices=STATES)
    said = serializers.CharField(help_text="The same as a sentence.")
    sha256 = serializers.CharField(help_text="Weights that the report is of; may be empty.")
    made = serializers.CharField(help_text="ISO 8601; empty where the report does not say.")
    version = serializers.CharField()


class CardRowSerializer(serializers.Serializer):
    label = serializers.CharField()  # type: ignore[assignment]
    sentence = serializers.CharField(help_text="In plain words; may be empty.")
    cells = serializers.ListField(child=serializers.CharField())
    outcome = serializers.ChoiceField(choices=OUTCOMES)


class CardTableSerializer(serializers.Serializer):
    key = serializers.CharField()
    title = serializers.CharField()
    intro = serializers.CharField()
    columns = serializers.ListField(child=serializers.CharField())
    rows = CardRowSerializer(many=True)


class CardMarkSerializer(serializers.Serializer):
    label = serializers.CharField()  # type: ignore[assignment]
    value = serializers.FloatField()
    outcome = serializers.ChoiceField(choices=OUTCOMES)


class CardStripSerializer(serializers.Serializer):
    """One measure as a chart: values beside real against real and the limits set beforehand."""

    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    sentence = serializers.CharField()
    better = serializers.ChoiceField(choices=BETTER)
    origin = serializers.FloatField(allow_null=True, help_text="Where its values begin.")
    floor = serializers.FloatField(allow_null=True)
    bar = serializers.FloatField()
    stretch = serializers.FloatField(allow_null=True)
    marks = CardMarkSerializer(many=True)


class MeasuredSerializer(serializers.Serializer):
    """What one report says; empty but for its standing where it is not of these weights."""

    title = serializers.CharField()
    intro = serializers.CharField()
    standing = StandingSerializer()
    answer = serializers.CharField(help_text="To the title, in a sentence; may be empty.")
    facts = CardRowSerializer(many=True)
    strips = CardStripSerializer(many=True)
    tables = CardTableSerializer(many=True)
    notes = serializers.ListField(child=serializers.CharField())


class CardBlockSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=BLOCKS)
    items = serializers.ListField(child=serializers.CharField())


class CardSectionSerializer(serializers.Serializer):
    title = serializers.CharField()
    blocks = CardBlockSerializer(many=True)


class CardPictureSerializer(serializers.Serializer):
    """A synthetic crop. Pictures are files of the site: those of other generators have no url."""

    url = serializers.SerializerMethodField()
    alt = serializers.CharField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()

    def get_url(self, picture: Picture) -> str | None:
        return static(f"model-card/{picture.file}") if self.context["shipped"] else None


class CardFailureSerializer(serializers.Serializer):
    title = serializers.CharField()
    blocks = CardBlockSerializer(many=True)
    picture = CardPictureSerializer(allow_null=True)


class CardPointSerializer(serializers.Serializer):
    step = serializers.IntegerField()
    value = serializers.FloatField()


class CardSeriesSerializer(serializers.Serializer):
    """One loss over the steps, medians of stretches."""

    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    sentence = serializers.CharField()
    points = CardPointSerializer(many=True)


class CardTrainingSerializer(serializers.Serializer):
    facts = CardRowSerializer(many=True)
    series = CardSeriesSerializer(many=True)
    settings = CardTableSerializer(allow_null=True)


class ModelCardSerializer(serializers.Serializer):
    """What a generator is for, how it was measured, and where it falls short."""

    name = serializers.CharField()
    version = serializers.CharField(help_text="Of Parenchyma that it came with; may be empty.")
    sha256 = serializers.CharField()
    verdict = VerdictSerializer()
    evaluation = MeasuredSerializer()
    audit = MeasuredSerializer()
    failures_standing = StandingSerializer()
    failures = CardFailureSerializer(many=True)
    sections = CardSectionSerializer(many=True)
    training = CardTrainingSerializer()
    readers = serializers.SerializerMethodField()

    @extend_schema_field(SiteReadersSerializer)
    def get_readers(self, card: Card) -> Any:
        return SiteReadersSerializer(self.context["readers"]).data
