from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from generation import vocabulary
from generation.vocabulary import VIEW_KEYS, term_keys
from trainer.api.fields import FiniteFloatField

MAXIMUM_MARKS = 100
# Ten days: long enough never to refuse a reading for its log.
MAXIMUM_MS = 864_000_000
# A view of 1792 x 2304 pixels has 28 x 36 squares.
MAXIMUM_CELLS = 28 * 36


class MarkSerializer(serializers.Serializer):
    """A place the reader points at, in image pixels: x right, y down, pixel centres."""

    id = serializers.UUIDField()
    view = serializers.ChoiceField(choices=VIEW_KEYS)
    x = FiniteFloatField()
    y = FiniteFloatField()
    rating = serializers.IntegerField(min_value=0, max_value=100)
    kind = serializers.CharField(max_length=32, allow_null=True)
    descriptors = serializers.DictField(
        child=serializers.CharField(max_length=64),
        help_text="By descriptor key; a dismissed mark may also hold dismissal_reason.",
    )
    suspicious = serializers.BooleanField()
    link = serializers.UUIDField(
        allow_null=True, required=False, default=None, help_text="id of the other view's mark"
    )

    def validate_descriptors(self, descriptors: dict[str, str]) -> dict[str, str]:
        if len(descriptors) > 12 or any(len(key) > 64 for key in descriptors):
            raise serializers.ValidationError(_("Too many or too long descriptors."))
        # A draft's mark without a kind is not held to its kind's descriptors, and PostgreSQL
        # keeps no NUL.
        if any(not key.isidentifier() for key in descriptors):
            raise serializers.ValidationError(_("Unknown descriptor."))
        return descriptors


class BreastSerializer(serializers.Serializer):
    assessment = serializers.ChoiceField(choices=term_keys(vocabulary.ASSESSMENTS), allow_null=True)


class BreastsSerializer(serializers.Serializer):
    left = BreastSerializer()
    right = BreastSerializer()


class AnswersSerializer(serializers.Serializer):
    """Answers for one case; a draft may hold nulls, a submitted reading may not."""

    density = serializers.ChoiceField(choices=term_keys(vocabulary.DENSITIES), allow_null=True)
    breasts = BreastsSerializer()
    recall = serializers.BooleanField(allow_null=True)
    marks = MarkSerializer(many=True, max_length=MAXIMUM_MARKS)  # type: ignore[call-arg]


class ViewLogSerializer(serializers.Serializer):
    dwell_ms = FiniteFloatField(min_value=0, max_value=MAXIMUM_MS)
    seen_1to1 = FiniteFloatField(
        min_value=0, max_value=1, help_text="Share of the breast seen at full resolution."
    )
    cells = serializers.ListField(
        child=serializers.ListField(
            child=serializers.IntegerField(min_value=0, max_value=MAXIMUM_MS),
            min_length=3,
            max_length=3,
        ),
        required=False,
        max_length=MAXIMUM_CELLS,
        help_text="[column, row, ms] of squares of 64 pixels on screen at full resolution.",
    )


class ReadingLogSerializer(serializers.Serializer):
    views = serializers.DictField(child=ViewLogSerializer(), required=False, default=dict)
    first_mark_ms = FiniteFloatField(
        min_value=0, max_value=MAXIMUM_MS, allow_null=True, required=False, default=None
    )
    total_ms = FiniteFloatField(min_value=0, max_value=MAXIMUM_MS)

    def validate_views(self, views: dict[str, Any]) -> dict[str, Any]:
        unknown = sorted(set(views).difference(VIEW_KEYS))
        if unknown:
            raise serializers.ValidationError({key: [_("Unknown view.")] for key in unknown[:4]})
        return views


def lift_answer_errors(errors: Any) -> Any:
    """{"answers": {"marks": [{}, {"x": [...]}]}} becomes {"marks": {"1": {"x": [...]}}}."""
    if not isinstance(errors, dict) or not isinstance(errors.get("answers"), dict):
        return errors
    lifted = {name: found for name, found in errors.items() if name != "answers"}
    for name, found in errors["answers"].items():
        lifted["answers" if name == "non_field_errors" else name] = found
    marks = lifted.get("marks")
    if isinstance(marks, list) and any(isinstance(found, dict) for found in marks):
        lifted["marks"] = {str(index): found for index, found in enumerate(marks) if found}
    elif isinstance(marks, dict) and "non_field_errors" in marks:
        lifted["marks"] = marks["non_field_errors"]
    return lifted


def as_plain_json(serializer: type[serializers.Serializer], values: Any) -> dict[str, Any]:
    """Validated values as they are stored: ids as text, nothing but JSON."""
    return dict(serializer(values).data)
