from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from trainer.accounts.models import Cohort, Institution, Language, Membership, Role, User
from trainer.api.fields import OptionalIdField


class InstitutionSerializer(serializers.ModelSerializer[Institution]):
    class Meta:
        model = Institution
        fields = ("id", "name")
        read_only_fields = fields


class CohortSerializer(serializers.ModelSerializer[Cohort]):
    institution = InstitutionSerializer(read_only=True)

    class Meta:
        model = Cohort
        fields = ("id", "name", "institution")
        read_only_fields = fields


class CohortNameSerializer(serializers.ModelSerializer[Cohort]):
    class Meta:
        model = Cohort
        fields = ("id", "name")
        read_only_fields = fields


class MembershipSerializer(serializers.ModelSerializer[Membership]):
    institution = InstitutionSerializer(read_only=True)
    cohort = CohortNameSerializer(read_only=True, allow_null=True)
    role = serializers.ChoiceField(choices=Role.choices, read_only=True)

    class Meta:
        model = Membership
        fields = ("institution", "cohort", "role")
        read_only_fields = fields


class MeSerializer(serializers.ModelSerializer[User]):
    roles = serializers.ListField(
        child=serializers.ChoiceField(choices=Role.choices), read_only=True
    )
    memberships = MembershipSerializer(many=True, read_only=True)
    reading_begun = serializers.UUIDField(
        read_only=True, allow_null=True, help_text="The case that was left unfinished."
    )

    class Meta:
        model = User
        fields = (
            "id",
            "email",
            "name",
            "roles",
            "memberships",
            "tutorial_done",
            "language",
            "reading_begun",
        )
        read_only_fields = ("id", "email", "name", "roles", "memberships")


class MeUpdateSerializer(serializers.Serializer):
    tutorial_done = serializers.BooleanField(required=False)
    language = serializers.ChoiceField(choices=Language.choices, required=False)


class PersonSerializer(serializers.ModelSerializer[User]):
    """A person as their managers see them; `role` and `cohort` are those of the first
    membership, which for nearly everybody is the only one."""

    memberships = MembershipSerializer(many=True, read_only=True)
    role = serializers.SerializerMethodField()
    cohort = serializers.SerializerMethodField()
    may_reset_password = serializers.BooleanField(read_only=True)

    class Meta:
        model = User
        fields = (
            "id",
            "email",
            "name",
            "is_active",
            "last_login",
            "role",
            "cohort",
            "memberships",
            "may_reset_password",
        )
        read_only_fields = fields

    @extend_schema_field(serializers.ChoiceField(choices=Role.choices))
    def get_role(self, person: User) -> str:
        return person.memberships.all()[0].role

    @extend_schema_field(CohortNameSerializer(allow_null=True))
    def get_cohort(self, person: User) -> dict[str, object] | None:
        cohort = person.memberships.all()[0].cohort
        return dict(CohortNameSerializer(cohort).data) if cohort else None


class InviteSerializer(serializers.Serializer):
    email = serializers.EmailField()
    role = serializers.ChoiceField(choices=Role.choices)
    cohort = OptionalIdField()
    name = serializers.CharField(required=False, max_length=150, default="", allow_blank=True)
    institution = OptionalIdField()


class LinkSerializer(serializers.Serializer):
    """A secret link, shown this once; the site keeps no copy."""

    url = serializers.CharField()
    expires_at = serializers.DateTimeField()


class PeopleFileSerializer(serializers.Serializer):
    file = serializers.FileField(help_text="CSV in UTF-8, first line: email,name,role,cohort")
    institution = OptionalIdField(help_text="For people who manage several institutions.")


class ImportedPersonSerializer(serializers.Serializer):
    email = serializers.EmailField()
    name = serializers.CharField()
    role = serializers.CharField()
    cohort = serializers.CharField(allow_blank=True)
    url = serializers.CharField(help_text="The link by which this person comes in, shown once.")


class PeopleImportSerializer(serializers.Serializer):
    """Everybody in the file, or nobody and what is wrong with each line."""

    created = ImportedPersonSerializer(many=True)
    errors = serializers.DictField(  # type: ignore[assignment]
        child=serializers.ListField(child=serializers.CharField())
    )
