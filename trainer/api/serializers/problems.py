from rest_framework import serializers


class ProblemSerializer(serializers.Serializer):
    """Why a request was refused, for people (`detail`) and for programs (`code`)."""

    detail = serializers.CharField()
    code = serializers.CharField(required=False)
