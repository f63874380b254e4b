from rest_framework import serializers

from generation.vocabulary import SIDES, VIEW_KEYS

VIEWS = ("cc", "mlo")


class FrameSerializer(serializers.Serializer):
    """Where a frame's bytes are, and what they must turn out to be."""

    url = serializers.CharField()
    bytes = serializers.IntegerField()
    sha256 = serializers.CharField()
    encoding = serializers.CharField()


class WindowSerializer(serializers.Serializer):
    center = serializers.FloatField()
    width = serializers.FloatField()


class ImageViewSerializer(serializers.Serializer):
    key = serializers.ChoiceField(choices=VIEW_KEYS)
    side = serializers.ChoiceField(choices=SIDES)
    view = serializers.ChoiceField(choices=VIEWS)
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    pixel_mm = serializers.FloatField()
    window = WindowSerializer()
    frame = FrameSerializer()
    preview_url = serializers.CharField()


class PriorImagesSerializer(serializers.Serializer):
    """The exam before of the same woman."""

    years_before = serializers.FloatField(allow_null=True)
    views = ImageViewSerializer(many=True)


class CaseImagesSerializer(serializers.Serializer):
    """What a reader sees of a case before answering: never its truth."""

    id = serializers.UUIDField()
    age_band = serializers.CharField()
    indication = serializers.CharField()
    views = ImageViewSerializer(many=True)
    prior = PriorImagesSerializer(allow_null=True)
