"""What readers find wrong with cases."""

from typing import Any

from django.utils import timezone

from cases.models import Case, CaseReport
from cases.models.report import ReportState


def report_case(*, case: Case, reporter: Any, text: str, institution: Any = None) -> CaseReport:
    """Tell the educators of an institution that something about a case is wrong.

    Saying the same of the same case again while it is open gives the report that is there.
    """
    said = {"case": case, "reporter": reporter, "text": text.strip(), "state": ReportState.OPEN}
    # No get_or_create: of two requests at once both may write, and that must not fail the third.
    there = CaseReport.objects.filter(**said).order_by("pk").first()
    return there or CaseReport.objects.create(**said, institution=institution or case.institution)


def resolve_case_report(*, report: CaseReport, resolved_by: Any) -> CaseReport:
    """Close a report; one that is closed stays as it is."""
    CaseReport.objects.filter(pk=report.pk, state=ReportState.OPEN).update(
        state=ReportState.RESOLVED, resolved_by=resolved_by, resolved_at=timezone.now()
    )
    report.refresh_from_db()
    return report
