from typing import Any

from django.contrib import admin

from cases.admin import ReadOnly
from trainer.learning.models import DifficultyFit, StockState


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
