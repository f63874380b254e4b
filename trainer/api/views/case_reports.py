"""What readers report about cases, and what teachers do about it."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from cases.domain import report_case, resolve_case_report
from cases.models import Case, CaseReport
from trainer.accounts.queries.people import home_institution
from trainer.accounts.rules import TEACHERS, roles_of
from trainer.api.rules import answered_reports_q
from trainer.api.serializers.cases import (
    CaseReportCreateSerializer,
    CaseReportSerializer,
    OwnReportsQuerySerializer,
)
from trainer.api.views.base import ListingView, SiteView, find_or_404, read_body
from trainer.reading.rules import seen_cases_q


class AnsweringView(SiteView):
    """For those who teach somewhere."""

    def reports(self) -> QuerySet[CaseReport]:
        if not roles_of(self.person).intersection(TEACHERS):
            raise PermissionDenied()
        found = CaseReport.objects.filter(answered_reports_q(self.person))
        return found.select_related("reporter").order_by("state", "-created_at", "pk")


class CaseReportsView(AnsweringView, ListingView):
    @extend_schema(operation_id="listCaseReports", responses=CaseReportSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Reports that the caller is to answer, open ones first."""
        return self.list_pages(self.reports(), CaseReportSerializer)

    @extend_schema(
        operation_id="reportCase",
        request=CaseReportCreateSerializer,
        responses={201: CaseReportSerializer},
    )
    def post(self, request: Request) -> Response:
        """Tell the educators that something about a case is wrong."""
        body = read_body(CaseReportCreateSerializer, request)
        case = find_or_404(Case.objects.filter(seen_cases_q(self.person)), pk=body["case"])
        report = report_case(
            case=case,
            reporter=self.person,
            text=body["text"],
            # A shared case has no teachers of its own: those of the reporter answer.
            institution=case.institution or home_institution(self.person),
        )
        return Response(CaseReportSerializer(report).data, status=status.HTTP_201_CREATED)


class OwnCaseReportsView(ListingView):
    @extend_schema(
        operation_id="listOwnCaseReports",
        parameters=[OwnReportsQuerySerializer],
        responses=CaseReportSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """What the caller reported, newest first, and whether it was dealt with."""
        asked = OwnReportsQuerySerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        own = CaseReport.objects.filter(reporter=self.person).select_related("reporter")
        if "case" in asked.validated_data:
            own = own.filter(case=asked.validated_data["case"])
        return self.list_pages(own.order_by("-created_at", "-pk"), CaseReportSerializer)


class CaseReportResolveView(AnsweringView):
    @extend_schema(operation_id="resolveCaseReport", request=None, responses=CaseReportSerializer)
    def post(self, request: Request, report: int) -> Response:
        """Close a report; closing it again changes nothing."""
        found = find_or_404(self.reports(), pk=report)
        resolved = resolve_case_report(report=found, resolved_by=self.person)
        return Response(CaseReportSerializer(resolved).data)
