"""People of an institution: by invite, by file, and a password link instead of a mail."""

from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from trainer.accounts.domain.imports import import_people
from trainer.accounts.domain.invites import invite_person
from trainer.accounts.domain.password_links import create_password_link
from trainer.accounts.models import Cohort, Institution, User
from trainer.accounts.queries.people import managed_institutions, managed_people
from trainer.accounts.rules import grantable_roles
from trainer.api.parsers import BoundedMultiPartParser
from trainer.api.serializers.accounts import (
    InviteSerializer,
    LinkSerializer,
    PeopleFileSerializer,
    PeopleImportSerializer,
    PersonSerializer,
)
from trainer.api.views.base import ListingView, SiteView, find_or_404, read_body


class ManagingView(SiteView):
    """For those who manage the people of at least one institution."""

    def institution(self, wanted: int | None = None) -> Institution:
        """The wanted institution, or the first one managed; 403 for those who manage none."""
        managed = managed_institutions(self.person).order_by("pk")
        if wanted is not None:
            managed = managed.filter(pk=wanted)
        institution = managed.first()
        if institution is None:
            raise PermissionDenied()
        return institution

    def link_to(self, name: str, token: str) -> str:
        return self.request.build_absolute_uri(reverse(name, args=[token]))


class PeopleView(ManagingView, ListingView):
    @extend_schema(operation_id="listPeople", responses=PersonSerializer(many=True))
    def get(self, request: Request) -> Response:
        """People of the institutions that the caller manages."""
        self.institution()
        people = managed_people(self.person).order_by("name", "email", "pk")
        return self.list_pages(people, PersonSerializer)


class InvitesView(ManagingView):
    @extend_schema(
        operation_id="createInvite", request=InviteSerializer, responses={201: LinkSerializer}
    )
    def post(self, request: Request) -> Response:
        """A link by which one person joins; it is shown this once."""
        body = read_body(InviteSerializer, request)
        institution = self.institution(body["institution"])
        if body["role"] not in grantable_roles(self.person, institution):
            raise ValidationError({"role": [_("You cannot give this role.")]})
        invite, token = invite_person(
            institution=institution,
            email=body["email"],
            role=body["role"],
            cohort=_find_cohort(institution, body["cohort"]),
            name=body["name"],
            invited_by=self.person,
        )
        link = {"url": self.link_to("invite", token), "expires_at": invite.expires_at}
        return Response(LinkSerializer(link).data, status=status.HTTP_201_CREATED)


class PeopleImportView(ManagingView):
    parser_classes = (BoundedMultiPartParser,)

    @extend_schema(
        operation_id="importPeople",
        request={"multipart/form-data": PeopleFileSerializer},
        responses={201: PeopleImportSerializer},
    )
    def post(self, request: Request) -> Response:
        """Everybody in a CSV file, or nobody: then a 400 with `errors` by line of the file."""
        self.institution()
        body = read_body(PeopleFileSerializer, request)
        institution = self.institution(body["institution"])
        text = _read_text(body["file"])
        result = import_people(institution=institution, imported_by=self.person, text=text)
        created = [
            {
                "email": person.email,
                "name": person.name,
                "role": person.role,
                "cohort": person.cohort,
                "url": self.link_to(
                    "invite" if person.kind == "invite" else "password_link", person.token
                ),
            }
            for person in result.created
        ]
        told = {"created": created, "errors": {str(n): e for n, e in result.errors.items()}}
        refused = bool(result.errors)
        return Response(
            PeopleImportSerializer(told).data,
            status=status.HTTP_400_BAD_REQUEST if refused else status.HTTP_201_CREATED,
        )


class PasswordLinkView(ManagingView):
    @extend_schema(operation_id="createPasswordLink", request=None, responses={201: LinkSerializer})
    def post(self, request: Request, person: int) -> Response:
        """A link by which a person chooses a new password; it is shown this once."""
        self.institution()
        user: User = find_or_404(managed_people(self.person), pk=person)
        self.require("accounts.reset_password", user)
        link, token = create_password_link(user=user, created_by=self.person)
        body = {"url": self.link_to("password_link", token), "expires_at": link.expires_at}
        return Response(LinkSerializer(body).data, status=status.HTTP_201_CREATED)


def _find_cohort(institution: Institution, wanted: int | None) -> Cohort | None:
    if wanted is None:
        return None
    cohort = Cohort.objects.filter(institution=institution, pk=wanted).first()
    if cohort is None:
        raise ValidationError({"cohort": [_("This institution has no such cohort.")]})
    return cohort


def _read_text(file: UploadedFile) -> str:
    try:
        return bytes(file.read()).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError({"file": [_("The file is not text in UTF-8.")]}) from error
