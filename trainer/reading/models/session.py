import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from trainer.learning.plans import ADAPTIVE, ASSESSMENT, FINDING, TIER, WEAKNESS, Plan


class Session(models.Model):
    """A run of readings by one reader."""

    class Mode(models.TextChoices):
        PRACTICE = "practice", "Practice"
        ASSESSMENT = "assessment", "Assessment"
        TEST = "test", "Test set"
        CHALLENGE = "challenge", "Challenge"

    class Focus(models.TextChoices):
        ADAPTIVE = ADAPTIVE, "Adaptive"
        WEAKNESS = WEAKNESS, "Weak points"
        FINDING = FINDING, "One finding"
        TIER = TIER, "One tier"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reading_sessions"
    )
    institution = models.ForeignKey(
        "accounts.Institution", on_delete=models.PROTECT, related_name="reading_sessions"
    )
    mode = models.CharField(max_length=16, choices=Mode.choices, default=Mode.PRACTICE)
    focus = models.CharField(
        max_length=16,
        choices=Focus.choices,
        default=Focus.ADAPTIVE,
        help_text="Of practice: what the next case is drawn by.",
    )
    finding = models.CharField(max_length=20, blank=True, help_text="Of practice by finding.")
    tier = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Of practice by tier: 1 to 5."
    )
    form = models.CharField(max_length=4, blank=True, help_text="Of a test set: which is read.")
    ends_at = models.DateTimeField(
        null=True, blank=True, help_text="Of a test set: when time is up."
    )
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
    def plan(self) -> Plan:
        """How the next case of practice or of an assessment is drawn."""
        if self.mode == self.Mode.ASSESSMENT:
            return Plan(ASSESSMENT)
        return Plan(self.focus, self.finding, self.tier)

    @property
    def moves_abilities(self) -> bool:
        """Whether answers teach what the reader can: not of a challenge, where one looks for
        something because somebody has sent it."""
        return self.mode != self.Mode.CHALLENGE

    @property
    def is_open(self) -> bool:
        return self.ended_at is None
