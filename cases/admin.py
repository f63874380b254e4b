"""The library for operators. Cases are made by requests and changed by verbs, never by a form."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from cases.domain import (
    cancel_request,
    delete_case,
    resolve_case_report,
    restore_case,
    retry_request,
    withdraw_case,
)
from cases.errors import CasesError
from cases.models import Case, CaseReport, CaseRequest, CaseView, Finding, WorkerHeartbeat


class ReadOnly:
    """No adding, changing or deleting by form, whatever the permissions."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyAdmin(ReadOnly, admin.ModelAdmin[Any]):
    # Actions need a permission that their buttons can ask for.
    def has_operate_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_staff) and request.user.has_perm(
            f"cases.change_{self.opts.model_name}"
        )

    def apply(self, request: HttpRequest, rows: QuerySet[Any], verb: Any, done: str) -> None:
        """Run a verb on each row; what one refuses does not stop the others."""
        changed = 0
        for row in rows:
            try:
                verb(row)
                changed += 1
            except CasesError as refused:
                self.message_user(request, f"{row}: {refused}", messages.ERROR)
        self.message_user(request, f"{changed} {done}.")


class ViewInline(ReadOnly, admin.TabularInline[CaseView, Case]):
    model = CaseView
    fields = ("exam", "side", "view", "width", "height", "frame_bytes", "base_frame_bytes")
    extra = 0


class FindingInline(ReadOnly, admin.TabularInline[Finding, Case]):
    model = Finding
    fields = ("finding_id", "kind", "reads_as", "side", "assessment", "pathology", "descriptors")
    extra = 0


@admin.register(Case)
class CaseAdmin(ReadOnlyAdmin):
    list_display = (
        "id",
        "density",
        "tier",
        "positive",
        "generator_name",
        "institution",
        "created_at",
        "withdrawn_at",
    )
    list_filter = (
        "density",
        "tier",
        "positive",
        "generator_name",
        "withdrawn_at",
        "institution",
    )
    search_fields = ("id",)
    inlines = (ViewInline, FindingInline)
    actions = ("withdraw", "restore", "delete_unused")

    @admin.action(description="Withdraw: give to no more readers", permissions=["operate"])
    def withdraw(self, request: HttpRequest, rows: QuerySet[Case]) -> None:
        self.apply(
            request,
            rows,
            lambda case: withdraw_case(case=case, withdrawn_by=request.user),
            "withdrawn",
        )

    @admin.action(description="Undo the withdrawal", permissions=["operate"])
    def restore(self, request: HttpRequest, rows: QuerySet[Case]) -> None:
        self.apply(request, rows, lambda case: restore_case(case=case), "in use again")

    @admin.action(description="Delete with images, where never given", permissions=["operate"])
    def delete_unused(self, request: HttpRequest, rows: QuerySet[Case]) -> None:
        self.apply(request, rows, lambda case: delete_case(case=case), "deleted")


@admin.register(CaseRequest)
class CaseRequestAdmin(ReadOnlyAdmin):
    list_display = (
        "id",
        "state",
        "progress",
        "stage",
        "attempt",
        "generator_name",
        "reason",
        "created_at",
    )
    list_filter = ("state", "institution")
    search_fields = ("id", "reason")
    actions = ("retry", "cancel")

    @admin.action(description="Try again", permissions=["operate"])
    def retry(self, request: HttpRequest, rows: QuerySet[CaseRequest]) -> None:
        self.apply(request, rows, lambda row: retry_request(request=row), "queued again")

    @admin.action(description="Call off", permissions=["operate"])
    def cancel(self, request: HttpRequest, rows: QuerySet[CaseRequest]) -> None:
        self.apply(request, rows, lambda row: cancel_request(request=row), "called off")


@admin.register(CaseReport)
class CaseReportAdmin(ReadOnlyAdmin):
    list_display = ("case", "text", "reporter", "state", "created_at")
    list_filter = ("state", "institution")
    actions = ("resolve",)

    @admin.action(description="Mark as resolved", permissions=["operate"])
    def resolve(self, request: HttpRequest, rows: QuerySet[CaseReport]) -> None:
        self.apply(
            request,
            rows,
            lambda report: resolve_case_report(report=report, resolved_by=request.user),
            "resolved",
        )


@admin.register(WorkerHeartbeat)
class WorkerHeartbeatAdmin(ReadOnlyAdmin):
    list_display = ("name", "queue", "last_seen")
