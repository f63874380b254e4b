import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

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
        something because somebody has sent it, nor of a test set, which measures practice."""
        return self.mode not in (self.Mode.CHALLENGE, self.Mode.TEST)

    @property
    def label(self) -> str:
        """What the screen says is on."""
        if self.mode == self.Mode.TEST:
            return _("Test set, form %(form)s") % {"form": self.form}
        return self.plan.label

    @property
    def is_test(self) -> bool:
        return self.mode == self.Mode.TEST

    @property
    def seconds_left(self) -> float:
        """Of a test set: the time that is left, 0 once it is over."""
        if not self.is_open or self.ends_at is None:
            return 0.0
        return max((self.ends_at - timezone.now()).total_seconds(), 0.0)

    @property
    def is_open(self) -> bool:
        """Whether it may be gone on with; a test set is over when its time is, noted or not."""
        in_time = self.ends_at is None or timezone.now() < self.ends_at
        return self.ended_at is None and in_time
