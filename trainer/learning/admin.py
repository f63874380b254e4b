from typing import Any

from django.contrib import admin

from cases.admin import ReadOnly
from trainer.learning.models import Curriculum, DifficultyFit, StockState


@admin.register(StockState)
class StockStateAdmin(ReadOnly, admin.ModelAdmin[Any]):
    list_display = (
        "at",
        "readers",
        "wanted",
        "ready",
        "waiting",
        "ordered",
        "used_gib",
        "budget_gib",
        "said",
    )


@admin.register(DifficultyFit)
class DifficultyFitAdmin(ReadOnly, admin.ModelAdmin[Any]):
    list_display = ("at", "answers", "readers", "gain", "residual_sd", "applied", "flagged")


@admin.register(Curriculum)
class CurriculumAdmin(ReadOnly, admin.ModelAdmin[Any]):
    list_display = ("name", "institution", "version", "updated_by", "updated_at", "archived_at")
