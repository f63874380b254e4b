import math
from typing import Any

from rest_framework import serializers

from trainer.language import translate_known


class FiniteFloatField(serializers.FloatField):
    """A JSON number; DRF's own field also takes "NaN", infinities and numbers as text."""

    default_error_messages = {"finite": "A finite number is required."}

    def to_internal_value(self, data: Any) -> float:
        if isinstance(data, bool) or not isinstance(data, int | float):
            self.fail("invalid")
        try:
            value = float(data)
        except OverflowError:
            self.fail("finite")
        if not math.isfinite(value):
            self.fail("finite")
        return value


class OptionalIdField(serializers.IntegerField):
    """The number of a row that need not be named; None where it is not."""

    def __init__(self, **fields: Any) -> None:
        optional = {"required": False, "allow_null": True, "default": None}
        super().__init__(**optional | {"min_value": 1, "max_value": 2**63 - 1} | fields)


class TranslatedField(serializers.CharField):
    """A text that was stored in English, in the language of the answer where it is known."""

    def to_representation(self, value: Any) -> str:
        return translate_known(super().to_representation(value))
