"""Readings are evidence: the admin shows them and changes nothing."""

from typing import Any

from django.contrib import admin

from cases.admin import ReadOnly
from trainer.reading.models import Assignment, Reading, Score, Session


@admin.register(Session)
class SessionAdmin(ReadOnly, admin.ModelAdmin[Any]):
    list_display = ("id", "reader", "institution", "mode", "started_at", "ended_at")
    list_filter = ("institution", "mode")
    list_select_related = ("reader", "institution")


@admin.register(Assignment)
class AssignmentAdmin(ReadOnly, admin.ModelAdmin[Any]):
    list_display = ("id", "session", "case", "position", "assigned_at")
    list_select_related = ("session", "case")


@admin.register(Reading)
class ReadingAdmin(ReadOnly, admin.ModelAdmin[Any]):
    list_display = ("id", "reader", "submitted_at")
    list_select_related = ("assignment__session__reader",)

    @admin.display(ordering="assignment__session__reader")
    def reader(self, reading: Reading) -> str:
        return str(reading.assignment.session.reader)


@admin.register(Score)
class ScoreAdmin(ReadOnly, admin.ModelAdmin[Any]):
    list_display = ("reading", "method_version", "created_at")
    list_filter = ("method_version",)
