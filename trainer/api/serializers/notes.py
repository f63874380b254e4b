from rest_framework import serializers

MAXIMUM_NOTE = 4000


class NoteContentSerializer(serializers.Serializer):
    bookmarked = serializers.BooleanField()
    text = serializers.CharField(max_length=MAXIMUM_NOTE, allow_blank=True)


class NoteSaveSerializer(NoteContentSerializer):
    reader = serializers.IntegerField(
        required=False,
        help_text="Who wrote it; refused where somebody else is signed in by now.",
    )
    base = serializers.DateTimeField(
        required=False,
        allow_null=True,
        help_text="`updated_at` of the note it was written on; refused where that has changed.",
    )


class NoteSerializer(NoteContentSerializer):
    """A reader's own bookmark and words on a case; nobody else sees them."""

    case = serializers.UUIDField()
    updated_at = serializers.DateTimeField(allow_null=True)


class ListedNoteSerializer(NoteContentSerializer):
    case = serializers.UUIDField(source="case_id")
    updated_at = serializers.DateTimeField()
    reading = serializers.UUIDField(allow_null=True, help_text="The reader's own reading of it.")
    read_at = serializers.DateTimeField(allow_null=True)
    positive = serializers.BooleanField(source="case.positive")
    density = serializers.CharField(source="case.density")
    tier = serializers.IntegerField(source="case.tier")
