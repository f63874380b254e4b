"""Readings are evidence: the admin shows them and changes nothing."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from trainer.reading.models import Assignment, Reading, Score, Session


class ReadOnlyAdmin(admin.ModelAdmin[Any]):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Session)
class SessionAdmin(ReadOnlyAdmin):
    list_display = ("id", "reader", "institution", "mode", "started_at", "ended_at")
    list_filter = ("institution", "mode")
    list_select_related = ("reader", "institution")


@admin.register(Assignment)
class AssignmentAdmin(ReadOnlyAdmin):
    list_display = ("id", "session", "case", "position", "assigned_at")
    list_select_related = ("session", "case")


@admin.register(Reading)
class ReadingAdmin(ReadOnlyAdmin):
    list_display = ("id", "reader", "submitted_at")
    list_select_related = ("assignment__session__reader",)

    @admin.display(ordering="assignment__session__reader")
    def reader(self, reading: Reading) -> str:
        return str(reading.assignment.session.reader)


@admin.register(Score)
class ScoreAdmin(ReadOnlyAdmin):
    list_display = ("reading", "method_version", "created_at")
    list_filter = ("method_version",)
