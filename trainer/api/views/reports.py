"""A reader's own progress, and a cohort's for those who teach it."""

import csv
import io
from collections.abc import Iterable

from django.http import HttpResponse
from django.utils.text import slugify
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from trainer.accounts.models import Cohort
from trainer.accounts.queries.people import seen_cohorts
from trainer.api.serializers.accounts import CohortSerializer
from trainer.api.serializers.cohort_tests import CohortTestsSerializer
from trainer.api.serializers.reports import (
    CohortReportSerializer,
    ModeQuerySerializer,
    ProgressQuerySerializer,
    ProgressSerializer,
)
from trainer.api.views.base import SiteView, find_or_404
from trainer.reports.queries import (
    list_cohort_rows,
    list_test_rows,
    report_cohort,
    report_progress,
    report_tests,
)

TABLE = {(200, "text/csv"): OpenApiTypes.STR}


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


class CohortView(SiteView):
    """What is told of a cohort that the caller may see."""

    def find_cohort(self, cohort: int) -> Cohort:
        found: Cohort = find_or_404(seen_cohorts(self.person), pk=cohort)
        return found

    @staticmethod
    def read_mode(request: Request) -> str:
        asked = ModeQuerySerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        return str(asked.validated_data["mode"])


class CohortReportView(CohortView):
    @extend_schema(
        operation_id="getCohortReport",
        parameters=[ModeQuerySerializer],
        responses=CohortReportSerializer,
    )
    def get(self, request: Request, cohort: int) -> Response:
        """Each resident's readings in one mode, figures and abilities with intervals."""
        report = report_cohort(self.find_cohort(cohort), mode=self.read_mode(request))
        return Response(CohortReportSerializer(report).data)


class CohortReportFileView(CohortView):
    @extend_schema(
        operation_id="getCohortReportFile", parameters=[ModeQuerySerializer], responses=TABLE
    )
    def get(self, request: Request, cohort: int) -> HttpResponse:
        """The same report as a table for a spreadsheet."""
        found, mode = self.find_cohort(cohort), self.read_mode(request)
        return _send_table(found, mode, list_cohort_rows(report_cohort(found, mode=mode)))


class CohortTestsView(CohortView):
    @extend_schema(operation_id="getCohortTests", responses=CohortTestsSerializer)
    def get(self, request: Request, cohort: int) -> Response:
        """Each form of the test set as the cohort read it, and what changed in between."""
        return Response(CohortTestsSerializer(report_tests(self.find_cohort(cohort))).data)


class CohortTestsFileView(CohortView):
    @extend_schema(operation_id="getCohortTestsFile", responses=TABLE)
    def get(self, request: Request, cohort: int) -> HttpResponse:
        """The same report as a table for a spreadsheet."""
        found = self.find_cohort(cohort)
        return _send_table(found, "tests", list_test_rows(report_tests(found)))


def _send_table(cohort: Cohort, kind: str, rows: Iterable[list[str]]) -> HttpResponse:
    table = io.StringIO()
    csv.writer(table).writerows(rows)
    # The byte order mark is what makes Excel read UTF-8.
    response = HttpResponse("\ufeff" + table.getvalue(), content_type="text/csv; charset=utf-8")
    name = slugify(f"{cohort.institution.name} {cohort.name} {kind}") or "cohort"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
