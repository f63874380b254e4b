from rest_framework import serializers

from generation.packages.registry import InstalledGenerator


class GeneratorSerializer(serializers.Serializer):
    """A trained generator that may be named in an order."""

    name = serializers.CharField()
    sha256 = serializers.CharField(help_text="Of its weights; names it in an order.")
    is_default = serializers.SerializerMethodField(
        help_text="Draws the cases for which no generator was named."
    )
    trained_on = serializers.CharField(help_text="In words; empty where it does not say.")
    version = serializers.CharField(help_text="Of Parenchyma that it was packed with.")
    has_card = serializers.BooleanField()

    def get_is_default(self, generator: InstalledGenerator) -> bool:
        return bool(generator.sha256 == self.context["default"])
