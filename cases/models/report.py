from django.conf import settings
from django.db import models
from django.utils import timezone

from cases.models.case import Case


class ReportState(models.TextChoices):
    OPEN = "open", "Open"
    RESOLVED = "resolved", "Resolved"


class CaseReport(models.Model):
    """What a reader found wrong with a case; it goes to the educators."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="case_reports",
        help_text="Empty where the site itself found something.",
    )
    # Whose educators answer it: a shared case has no institution of its own.
    institution = models.ForeignKey(
        "accounts.Institution",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="case_reports",
    )
    text = models.TextField()
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.OPEN)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("state", "-created_at")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=ReportState.values), name="report_state_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"report {self.pk} on {self.case_id}"
