from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from trainer.accounts.domain.people import finish_tutorial
from trainer.accounts.models import User
from trainer.accounts.queries.people import memberships_of
from trainer.api.serializers.accounts import MeSerializer, TutorialSerializer
from trainer.api.views.base import SiteView, read_body
from trainer.reading.queries.assignments import find_begun_reading


class MeView(SiteView):
    @extend_schema(operation_id="getMe", responses=MeSerializer)
    def get(self, request: Request) -> Response:
        """Who is signed in, and what they are where."""
        return Response(describe_person(self.person))

    @extend_schema(operation_id="updateMe", request=TutorialSerializer, responses=MeSerializer)
    def patch(self, request: Request) -> Response:
        """Remember that the tutorial was done, or show it again."""
        body = read_body(TutorialSerializer, request)
        if "tutorial_done" in body:
            finish_tutorial(user=self.person, done=body["tutorial_done"])
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
        "reading_begun": find_begun_reading(person),
    }
    return dict(MeSerializer(fields).data)
