"""A case in every density, for those who know what it holds."""

import uuid

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cases.domain import request_density_ladder
from cases.errors import NoVariantError
from cases.models import Case
from cases.queries import list_density_ladder
from trainer.api.ladders import describe_step
from trainer.api.serializers.ladders import LadderSerializer
from trainer.api.serializers.problems import ProblemSerializer
from trainer.api.views.base import SiteView, find_or_404
from trainer.learning.queries.forms import is_in_form
from trainer.reading.rules import uncovered_cases_q


class LadderView(SiteView):
    @extend_schema(operation_id="getLadder", responses=LadderSerializer)
    def get(self, request: Request, case: uuid.UUID) -> Response:
        """How a case's density ladder stands; only for who has read the case, and teachers."""
        return Response(_ladder_json(self._case(case)))

    @extend_schema(
        operation_id="requestLadder",
        request=None,
        responses={
            200: LadderSerializer,
            409: OpenApiResponse(ProblemSerializer, "It cannot be made; `detail` says why."),
            429: OpenApiResponse(ProblemSerializer, "Asked for too many within a day."),
        },
    )
    def post(self, request: Request, case: uuid.UUID) -> Response:
        """Ask for the steps that are not there; what failed is tried again."""
        found = self._case(case)
        if is_in_form(found):
            raise NoVariantError(_("Cases of a test set are not shown in other densities."))
        request_density_ladder(case=found, requested_by=self.person)
        return Response(_ladder_json(found))

    def _case(self, case: uuid.UUID) -> Case:
        known = Case.objects.filter(uncovered_cases_q(self.person))
        return find_or_404(known.prefetch_related("views", "findings__views"), pk=case)


def _ladder_json(case: Case) -> object:
    steps = [describe_step(step) for step in list_density_ladder(case)]
    return LadderSerializer({"steps": steps}).data
