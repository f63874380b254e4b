"""Test sets: which there are, taking one, its result, its reliability, having it made."""

import uuid

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from trainer.accounts.models import Institution, User
from trainer.api.forms import (
    describe_reliability,
    describe_result,
    describe_sessions,
    describe_tests,
    own_tests,
)
from trainer.api.rules import ordering_institutions_q
from trainer.api.serializers.forms import (
    TestReliabilitySerializer,
    TestResultSerializer,
    TestSessionSerializer,
    TestsSerializer,
    TestStartSerializer,
)
from trainer.api.serializers.problems import ProblemSerializer
from trainer.api.views.base import SiteView, find_or_404, read_body
from trainer.api.views.reading import find_institution
from trainer.learning.domain.forms import order_reference_form
from trainer.learning.recipes import load_form
from trainer.reading.domain.forms import check_session_told, end_overdue_tests, start_form
from trainer.reading.models import Session
from trainer.reading.queries.sessions import own_sessions
from trainer.reports.queries.forms import report_form
from trainer.reports.queries.reliability import report_reliability


class TestsView(SiteView):
    @extend_schema(operation_id="listTests", responses=TestsSerializer)
    def get(self, request: Request) -> Response:
        """The test sets, and how they stand for the caller."""
        return Response(tell_tests(self.person))

    @extend_schema(
        operation_id="startTest",
        request=TestStartSerializer,
        responses={
            200: TestSessionSerializer,
            409: OpenApiResponse(
                ProblemSerializer, "form_not_ready, form_order or other_test_open"
            ),
        },
    )
    def post(self, request: Request) -> Response:
        """Begin a form, or go on with it where it is open."""
        body = read_body(TestStartSerializer, request)
        if body["form"] not in load_form().forms:
            raise ValidationError({"form": [_("There is no such form.")]})
        institution = find_institution(self.person, body["institution"])
        session = start_form(reader=self.person, institution=institution, form=body["form"])
        return Response(TestSessionSerializer(describe_sessions([session])[0]).data)


class TestsMakingView(SiteView):
    @extend_schema(operation_id="makeTests", request=None, responses=TestsSerializer)
    def post(self, request: Request) -> Response:
        """Have the cases of the forms made; those that failed are tried again."""
        if not Institution.objects.filter(ordering_institutions_q(self.person)).exists():
            raise PermissionDenied()
        order_reference_form(requested_by=self.person, retry=True)
        return Response(tell_tests(self.person))


class TestResultView(SiteView):
    @extend_schema(
        operation_id="getTestResult",
        responses={
            200: TestResultSerializer,
            409: OpenApiResponse(
                ProblemSerializer, "told_later: a test set with these cases is open"
            ),
        },
    )
    def get(self, request: Request, session: uuid.UUID) -> Response:
        """What one of the caller's own test sets came to, once it has ended."""
        end_overdue_tests(reader=self.person)
        tests = own_sessions(self.person).filter(mode=Session.Mode.TEST)
        found = find_or_404(tests, pk=session)
        check_session_told(found)
        return Response(TestResultSerializer(describe_result(report_form(found))).data)


class TestReliabilityView(SiteView):
    @extend_schema(operation_id="getTestReliability", responses=TestReliabilitySerializer)
    def get(self, request: Request) -> Response:
        """How reliable the forms are, by the model and by all who read them."""
        told = describe_reliability(report_reliability())
        return Response(TestReliabilitySerializer(told).data)


def tell_tests(person: User) -> object:
    end_overdue_tests(reader=person)
    tests = own_tests(own_sessions(person))
    return TestsSerializer(describe_tests(person, tests)).data
