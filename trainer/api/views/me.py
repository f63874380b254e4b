from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from trainer.accounts.domain.people import choose_language, finish_tutorial
from trainer.accounts.models import User
from trainer.accounts.queries.people import memberships_of
from trainer.api.serializers.accounts import MeSerializer, MeUpdateSerializer
from trainer.api.views.base import SiteView, read_body
from trainer.reading.queries.assignments import find_begun_reading


class MeView(SiteView):
    @extend_schema(operation_id="getMe", responses=MeSerializer)
    def get(self, request: Request) -> Response:
        """Who is signed in, and what they are where."""
        return Response(describe_person(self.person))

    @extend_schema(operation_id="updateMe", request=MeUpdateSerializer, responses=MeSerializer)
    def patch(self, request: Request) -> Response:
        """Remember that the tutorial was done, or the language that was chosen."""
        body = read_body(MeUpdateSerializer, request)
        if "tutorial_done" in body:
            finish_tutorial(user=self.person, done=body["tutorial_done"])
        if "language" in body:
            choose_language(user=self.person, language=body["language"])
        return Response(describe_person(self.person))


def describe_person(person: User) -> dict[str, object]:
    memberships = list(memberships_of(person))
    fields: Any = {
        "id": person.pk,
        "email": person.email,
        "name": person.name,
        "roles": sorted({membership.role for membership in memberships}),
        "memberships": memberships,
        "tutorial_done": person.tutorial_done,
        "language": person.language,
        "reading_begun": find_begun_reading(person),
    }
    return dict(MeSerializer(fields).data)
