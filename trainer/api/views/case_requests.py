"""Cases made to order: asked for, watched, and asked for again when making one failed."""

import uuid
from typing import Any

import numpy as np
from cases.domain.requests import request_case, retry_request
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from cases.models import CaseRequest
from generation.spec import CaseSpec
from trainer.api.serializers.cases import CaseRequestCreateSerializer, CaseRequestSerializer
from trainer.api.views.base import ListingView, SiteView, find_or_404, read_body


class CaseRequestsView(ListingView):
    @extend_schema(operation_id="listCaseRequests", responses=CaseRequestSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Requests for cases of the caller's institutions, newest first."""
        return self.list_pages(CaseRequest.objects.none(), CaseRequestSerializer)

    @extend_schema(
        operation_id="requestCase",
        request=CaseRequestCreateSerializer,
        responses={201: CaseRequestSerializer},
    )
    def post(self, request: Request) -> Response:
        """Ask for a case; the same id again gives the same request."""
        body = read_body(CaseRequestCreateSerializer, request)
        made = request_case(request_id=body["id"], spec=draw_spec(body), requested_by=self.person)
        return Response(CaseRequestSerializer(made).data, status=status.HTTP_201_CREATED)


def draw_spec(body: dict[str, Any]) -> CaseSpec:
    """The whole spec as given, or one drawn to the wishes; the same id draws the same."""
    if "spec" in body:
        return CaseSpec.from_json(body["spec"])
    request_id: uuid.UUID = body["id"]
    return CaseSpec.draw(np.random.default_rng(request_id.int), **body["wishes"])


class CaseRequestView(SiteView):
    @extend_schema(operation_id="getCaseRequest", responses=CaseRequestSerializer)
    def get(self, request: Request, request_id: uuid.UUID) -> Response:
        """How one request stands."""
        found = find_or_404(CaseRequest.objects.all(), pk=request_id)
        return Response(CaseRequestSerializer(found).data)


class CaseRequestRetryView(SiteView):
    @extend_schema(operation_id="retryCaseRequest", request=None, responses=CaseRequestSerializer)
    def post(self, request: Request, request_id: uuid.UUID) -> Response:
        """Try a failed request again."""
        found = find_or_404(CaseRequest.objects.all(), pk=request_id)
        return Response(CaseRequestSerializer(retry_request(request=found)).data)
