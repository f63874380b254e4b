"""Cases made to order: asked for, watched, and asked for again when making one failed."""

import uuid
from typing import Any

import numpy as np
from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from cases.domain import request_case, retry_request
from cases.models import CaseRequest
from generation.population.cases import draw_case
from generation.spec import CaseSpec
from trainer.accounts.models import Institution, User
from trainer.api.rules import ordering_institutions_q, seen_requests_q
from trainer.api.serializers.cases import CaseRequestCreateSerializer, CaseRequestSerializer
from trainer.api.serializers.problems import ProblemSerializer
from trainer.api.views.base import ListingView, SiteView, find_or_404, read_body
from trainer.learning.queries.forms import for_form_q

CONFLICT = OpenApiResponse(ProblemSerializer, "Not as things stand; `detail` says why.")


class OrderingView(SiteView):
    """For those who may order cases somewhere."""

    def institution(self, wanted: int | None = None) -> Institution:
        """The wanted institution, or the first one to order for; 403 for those who may not."""
        found = Institution.objects.filter(ordering_institutions_q(self.person)).order_by("pk")
        if wanted is not None:
            found = found.filter(pk=wanted)
        institution = found.first()
        if institution is None:
            raise PermissionDenied()
        return institution

    def requests(self) -> QuerySet[CaseRequest]:
        self.institution()
        return seen_requests(self.person)


def seen_requests(person: User) -> QuerySet[CaseRequest]:
    # Those of a test set would tell what it holds; the page of test sets shows how they stand.
    seen = CaseRequest.objects.filter(seen_requests_q(person), ~for_form_q(), variant_of=None)
    # Of a case, only which generator drew it is told.
    return seen.select_related("requested_by", "case").defer(
        "case__spec", "case__truth", "case__provenance", "case__competency_difficulty"
    )


class CaseRequestsView(OrderingView, ListingView):
    @extend_schema(operation_id="listCaseRequests", responses=CaseRequestSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Requests for cases of the caller's institutions and shared ones, newest first."""
        return self.list_pages(self.requests().order_by("-created_at", "pk"), CaseRequestSerializer)

    @extend_schema(
        operation_id="requestCase",
        request=CaseRequestCreateSerializer,
        responses={201: CaseRequestSerializer, 409: CONFLICT},
    )
    def post(self, request: Request) -> Response:
        """Ask for a case; the same id again gives the same request."""
        self.institution()
        body = read_body(CaseRequestCreateSerializer, request)
        made = request_case(
            request_id=body["id"],
            institution=self.institution(body["institution"]),
            spec=draw_spec(body),
            requested_by=self.person,
            generator=body.get("generator"),
        )
        return Response(CaseRequestSerializer(made).data, status=status.HTTP_201_CREATED)


class CaseRequestView(OrderingView):
    @extend_schema(operation_id="getCaseRequest", responses=CaseRequestSerializer)
    def get(self, request: Request, request_id: uuid.UUID) -> Response:
        """How one request stands."""
        return Response(CaseRequestSerializer(find_or_404(self.requests(), pk=request_id)).data)


class CaseRequestRetryView(OrderingView):
    @extend_schema(
        operation_id="retryCaseRequest",
        request=None,
        responses={200: CaseRequestSerializer, 409: CONFLICT},
    )
    def post(self, request: Request, request_id: uuid.UUID) -> Response:
        """Try a failed request again."""
        found = find_or_404(self.requests(), pk=request_id)
        return Response(CaseRequestSerializer(retry_request(request=found)).data)


def draw_spec(body: dict[str, Any]) -> CaseSpec:
    """The whole spec as given, or one drawn to the wishes; the same id draws the same."""
    if "spec" in body:
        return CaseSpec.from_json(body["spec"])
    request_id: uuid.UUID = body["id"]
    return draw_case(np.random.default_rng(request_id.int), body["wishes"])
