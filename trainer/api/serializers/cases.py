from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cases.errors import GeneratorError
from cases.generators import find_installed
from generation import vocabulary
from generation.packages.registry import InstalledGenerator
from generation.vocabulary import SIDES, term_keys
from trainer.api.fields import OptionalIdField, TranslatedField

REQUEST_STATES = ("queued", "running", "done", "failed", "cancelled")
REPORT_STATES = ("open", "resolved")


class OwnReportsQuerySerializer(serializers.Serializer):
    case = serializers.UUIDField(required=False, help_text="Only reports of this case.")


class CaseReportCreateSerializer(serializers.Serializer):
    case = serializers.UUIDField()
    text = serializers.CharField(max_length=2000)


class CaseReportSerializer(serializers.Serializer):
    id = serializers.CharField()
    case = serializers.UUIDField(source="case_id")
    reporter = TranslatedField(source="reporter.name", default="The site, from all answers")
    text = serializers.CharField()
    state = serializers.ChoiceField(choices=REPORT_STATES)
    created_at = serializers.DateTimeField()
    resolved_at = serializers.DateTimeField(allow_null=True)


class WishesSerializer(serializers.Serializer):
    """What a case made to order should be like; anything left out is drawn."""

    density = serializers.ChoiceField(choices=term_keys(vocabulary.DENSITIES), required=False)
    findings = serializers.CharField(
        required=False, help_text='A key of the vocabulary\'s generated_kinds, or "none".'
    )
    seed = serializers.IntegerField(required=False)
    side = serializers.ChoiceField(choices=SIDES, required=False)
    size_mm = serializers.FloatField(required=False)
    contrast = serializers.FloatField(required=False)
    descriptors = serializers.DictField(child=serializers.CharField(), required=False)
    actionable = serializers.BooleanField(required=False)
    age_years = serializers.IntegerField(required=False)
    tier = serializers.IntegerField(required=False)
    dose = serializers.FloatField(required=False, help_text="Relative to the usual exposure.")
    look = serializers.ChoiceField(choices=term_keys(vocabulary.LOOKS), required=False)
    prior = serializers.BooleanField(required=False, help_text="With the exam before.")
    prevalence = serializers.CharField(
        required=False, help_text='"teaching" (enriched, as usual) or "screening".'
    )


@extend_schema_field(WishesSerializer)
class WishesField(serializers.JSONField):
    """Passed on as it is: drawing a spec names every wish that is unknown or cannot be met."""


class CaseRequestCreateSerializer(serializers.Serializer):
    id = serializers.UUIDField(help_text="Chosen by the client: the same id again changes nothing.")
    wishes = WishesField(required=False)
    spec = serializers.JSONField(required=False, help_text="A whole CaseSpec instead of wishes.")
    institution = OptionalIdField(help_text="For people who order for several institutions.")
    generator = serializers.CharField(
        required=False,
        allow_null=True,
        max_length=255,
        help_text="Name or SHA-256 of an installed generator; the site's default if left out.",
    )

    def validate_generator(self, value: str | None) -> InstalledGenerator | None:
        if value is None:
            return None
        try:
            return find_installed(value)
        except GeneratorError as unknown:
            raise serializers.ValidationError(str(unknown)) from unknown

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("wishes" in attrs) == ("spec" in attrs):
            raise serializers.ValidationError({"wishes": [_("Give either wishes or a spec.")]})
        for name in ("wishes", "spec"):
            if name in attrs and not isinstance(attrs[name], dict):
                raise serializers.ValidationError({name: [_("A JSON object is required.")]})
        return attrs


class UsedGeneratorSerializer(serializers.Serializer):
    """A generator as an order or a case remembers it; it may be gone from the site."""

    name = serializers.CharField(help_text="Empty for cases made before names were kept.")
    sha256 = serializers.CharField()


class CaseRequestSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=REQUEST_STATES)
    reason = TranslatedField()
    progress = serializers.FloatField()
    stage = TranslatedField()
    attempt = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    case = serializers.UUIDField(source="case_id", allow_null=True)
    density = serializers.CharField()
    findings = serializers.ListField(child=serializers.CharField())
    tier = serializers.IntegerField(allow_null=True)
    prior = serializers.BooleanField()
    generator = UsedGeneratorSerializer(
        allow_null=True,
        help_text="Which drew the case, or was chosen to; null where the default will.",
    )
    requested_by = serializers.CharField(allow_null=True)
