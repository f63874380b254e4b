from rest_framework import serializers


class ProportionSerializer(serializers.Serializer):
    """A share with its 95 % interval; without enough answers the figures are null."""

    value = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)
    n = serializers.IntegerField()
    enough = serializers.BooleanField()
