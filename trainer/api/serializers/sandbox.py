"""The sandbox: normal cases, the finding placed in one, and what it changes of the images."""

from typing import Any

from rest_framework import serializers

from generation import vocabulary
from generation.lesions import REGISTRY
from generation.vocabulary import SIDES, VIEW_KEYS, term_keys
from trainer.api.fields import OptionalIdField
from trainer.api.serializers.images import CaseImagesSerializer

KINDS = tuple(REGISTRY)


class SandboxDescriptorSerializer(serializers.Serializer):
    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    values = serializers.ListField(
        child=serializers.DictField(child=serializers.CharField()), help_text="key and label."
    )


class SandboxKindSerializer(serializers.Serializer):
    """A kind of finding that can be placed, and what may be chosen of it."""

    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    group_label = serializers.CharField()
    at_once = serializers.BooleanField(
        help_text="Whether it shows at once; otherwise it shows when the case is made."
    )
    size_mm = serializers.ListField(child=serializers.FloatField(), min_length=2, max_length=2)
    size_means = serializers.CharField()
    contrast = serializers.ListField(child=serializers.FloatField(), min_length=2, max_length=2)
    count = serializers.ListField(
        child=serializers.IntegerField(), min_length=2, max_length=2, allow_null=True
    )
    descriptors = SandboxDescriptorSerializer(many=True)


class WomanSerializer(serializers.Serializer):
    """A normal case that the person has read."""

    id = serializers.UUIDField(source="pk")
    age_band = serializers.CharField()
    density = serializers.ChoiceField(choices=term_keys(vocabulary.DENSITIES))
    read_at = serializers.DateTimeField()
    preview_url = serializers.CharField()


class SandboxOpenSerializer(serializers.Serializer):
    """Without a case, a new woman is taken: one that is then never given to read."""

    id = serializers.UUIDField()
    case = serializers.UUIDField(required=False, allow_null=True, default=None)
    institution = OptionalIdField(
        help_text="For people of several institutions; otherwise where they joined first."
    )


class PlacedLesionSerializer(serializers.Serializer):
    """A finding as it is placed, in mm of the compressed breast."""

    kind = serializers.ChoiceField(choices=KINDS)
    side = serializers.ChoiceField(choices=SIDES)
    depth_mm = serializers.FloatField(min_value=-500, max_value=500)
    lateral_mm = serializers.FloatField(min_value=-500, max_value=500)
    superior_mm = serializers.FloatField(min_value=-500, max_value=500)
    size_mm = serializers.FloatField(min_value=0, max_value=500)
    contrast = serializers.FloatField(min_value=0, max_value=100)
    descriptors = serializers.DictField(child=serializers.CharField(max_length=40))
    count = serializers.IntegerField(
        min_value=0, max_value=1000, required=False, allow_null=True, default=None
    )


class PointSerializer(serializers.Serializer):
    """A point of one view, in pixels of the stored image."""

    view = serializers.ChoiceField(choices=VIEW_KEYS)
    x = serializers.FloatField(min_value=-1e5, max_value=1e5)
    y = serializers.FloatField(min_value=-1e5, max_value=1e5)


class SandboxSaveSerializer(serializers.Serializer):
    """The finding as it is to be; at a point it goes where one view says, the rest stays.

    With `draw` and no finding, a plausible one of that kind is drawn.
    """

    revision = serializers.IntegerField(min_value=0, max_value=2**31 - 2)
    side = serializers.ChoiceField(choices=SIDES)
    lesion = PlacedLesionSerializer(allow_null=True)
    at = PointSerializer(required=False, allow_null=True, default=None)
    draw = serializers.ChoiceField(choices=KINDS, required=False, allow_null=True, default=None)

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        if data["draw"] is not None and data["lesion"] is not None:
            raise serializers.ValidationError(
                {"draw": ["Only where nothing is placed: take the finding out first."]}
            )
        return data


class ViewPreviewSerializer(serializers.Serializer):
    """What the finding changes of one view: pixels to lay over it, in the frames' encoding."""

    key = serializers.ChoiceField(choices=VIEW_KEYS)
    x = serializers.IntegerField()
    y = serializers.IntegerField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    pixels = serializers.CharField(help_text="Base64.")
    encoding = serializers.CharField()
    outlines = serializers.ListField(
        child=serializers.ListField(
            child=serializers.ListField(child=serializers.FloatField(), min_length=2, max_length=2)
        ),
        help_text="Polygons of [x, y] pixels of the view.",
    )


class ExpectedSerializer(serializers.Serializer):
    """How hard the case is expected to be: its tier, and what it may turn out to be."""

    tier = serializers.IntegerField()
    low = serializers.IntegerField()
    high = serializers.IntegerField()


class PlacedSerializer(PlacedLesionSerializer):
    """With what follows from its words."""

    assessment = serializers.CharField()
    pathology = serializers.CharField()


class SandboxPreviewSerializer(serializers.Serializer):
    """The finding as it stands; no views where it shows only when the case is made."""

    revision = serializers.IntegerField()
    side = serializers.ChoiceField(choices=SIDES)
    lesion = PlacedSerializer(allow_null=True)
    at_once = serializers.BooleanField()
    views = ViewPreviewSerializer(many=True)
    places = serializers.DictField(
        child=serializers.ListField(child=serializers.FloatField(), min_length=2, max_length=2),
        help_text="[x, y] pixels of its centre, by view.",
    )
    expected = ExpectedSerializer()


class SandboxRowSerializer(serializers.Serializer):
    """One sandbox case of the person, as the list shows it."""

    id = serializers.UUIDField()
    woman = serializers.UUIDField(help_text="The normal case that it is placed in.")
    age_band = serializers.CharField()
    density = serializers.ChoiceField(choices=term_keys(vocabulary.DENSITIES))
    kind_label = serializers.CharField(allow_null=True)
    side = serializers.ChoiceField(choices=SIDES)
    updated_at = serializers.DateTimeField()
    withdrawn = serializers.BooleanField()
    preview_url = serializers.CharField()


class SandboxCaseSerializer(SandboxRowSerializer):
    """With the images of the normal case and the finding as it stands."""

    case = CaseImagesSerializer()
    preview = SandboxPreviewSerializer()


class PlacedStepsRequestSerializer(serializers.Serializer):
    density = serializers.ChoiceField(choices=term_keys(vocabulary.DENSITIES))
