"""A reader's own progress, and a cohort's for those who teach it."""

import csv
import io

from django.http import HttpResponse
from django.utils.text import slugify
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from trainer.accounts.models import Cohort
from trainer.accounts.queries.people import seen_cohorts
from trainer.api.serializers.accounts import CohortSerializer
from trainer.api.serializers.reports import (
    CohortReportSerializer,
    ProgressQuerySerializer,
    ProgressSerializer,
)
from trainer.api.views.base import SiteView, find_or_404
from trainer.reports.queries import list_cohort_rows, report_cohort, report_progress


class ProgressView(SiteView):
    @extend_schema(
        operation_id="getProgress",
        parameters=[ProgressQuerySerializer],
        responses=ProgressSerializer,
    )
    def get(self, request: Request) -> Response:
        """The caller's own figures with intervals, and how the abilities went."""
        asked = ProgressQuerySerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        progress = report_progress(self.person, mode=asked.validated_data["mode"])
        return Response(ProgressSerializer(progress).data)


class CohortsView(SiteView):
    @extend_schema(operation_id="listCohorts", responses=CohortSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Cohorts whose residents' results the caller may see; for a resident, none."""
        return Response(CohortSerializer(seen_cohorts(self.person), many=True).data)


class CohortReportView(SiteView):
    @extend_schema(operation_id="getCohortReport", responses=CohortReportSerializer)
    def get(self, request: Request, cohort: int) -> Response:
        """Each resident's readings, figures and abilities with intervals."""
        found: Cohort = find_or_404(seen_cohorts(self.person), pk=cohort)
        return Response(CohortReportSerializer(report_cohort(found)).data)


class CohortReportFileView(SiteView):
    @extend_schema(
        operation_id="getCohortReportFile", responses={(200, "text/csv"): OpenApiTypes.STR}
    )
    def get(self, request: Request, cohort: int) -> HttpResponse:
        """The same report as a table for a spreadsheet."""
        found: Cohort = find_or_404(seen_cohorts(self.person), pk=cohort)
        table = io.StringIO()
        csv.writer(table).writerows(list_cohort_rows(report_cohort(found)))
        # The byte order mark is what makes Excel read UTF-8.
        response = HttpResponse("\ufeff" + table.getvalue(), content_type="text/csv; charset=utf-8")
        name = slugify(f"{found.institution.name} {found.name}") or "cohort"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return response
