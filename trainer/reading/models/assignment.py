import uuid

from django.db import models


class Assignment(models.Model):
    """One case given to a reader in a session, and why it was chosen."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(
        "reading.Session", on_delete=models.PROTECT, related_name="assignments"
    )
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="assignments")
    position = models.PositiveIntegerField()
    why = models.JSONField(default=dict)
    assigned_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["session", "position"]
        constraints = [
            models.UniqueConstraint(fields=["session", "case"], name="case_once_per_session"),
            models.UniqueConstraint(
                fields=["session", "position"], name="position_once_per_session"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} #{self.position}"


class Draft(models.Model):
    """The unfinished answers of one assignment; `revision` guards against stale writers."""

    assignment = models.OneToOneField(
        Assignment, on_delete=models.CASCADE, related_name="draft", primary_key=True
    )
    answers = models.JSONField()
    revision = models.PositiveIntegerField()
    updated_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"draft {self.assignment_id} r{self.revision}"
