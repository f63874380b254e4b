import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class Session(models.Model):
    """A run of readings by one reader."""

    class Mode(models.TextChoices):
        PRACTICE = "practice", "Practice"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reading_sessions"
    )
    institution = models.ForeignKey(
        "accounts.Institution", on_delete=models.PROTECT, related_name="reading_sessions"
    )
    mode = models.CharField(max_length=16, choices=Mode.choices, default=Mode.PRACTICE)
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["reader", "institution", "mode"],
                condition=Q(ended_at__isnull=True),
                name="one_open_session_per_reader_and_mode",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_mode_display()} {self.id}"

    @property
    def is_open(self) -> bool:
        return self.ended_at is None
