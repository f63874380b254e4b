from rest_framework import serializers


class MilestoneSerializer(serializers.Serializer):
    """A suggestion for the meeting, not an evaluation: from what all competencies have reached to
    what the best has; null where one has too few answers."""

    milestone = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    low = serializers.IntegerField(allow_null=True)
    high = serializers.IntegerField(allow_null=True)
    lacking = serializers.ListField(child=serializers.CharField())


class ResidentMilestonesSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    name = serializers.CharField()
    curriculum = serializers.CharField(allow_blank=True, help_text="Empty for the default.")
    milestones = MilestoneSerializer(many=True)
