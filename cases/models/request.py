from typing import Final

from django.conf import settings
from django.db import models
from django.utils import timezone

from cases.models.case import Case

MAX_ATTEMPTS = 3


class RequestState(models.TextChoices):
    QUEUED = "queued", "Queued"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


OPEN_STATES: Final = (RequestState.QUEUED, RequestState.RUNNING)
# What `variant` begins with: a case in another density, and what somebody has placed in theirs.
DENSITY: Final = "density-"
PLACED: Final = "placed-"


class CaseRequest(models.Model):
    """A case that was asked for. This row is the truth; a message only says: look at the row.

    The caller chooses the id, so that asking twice is asking once. `attempt` only ever grows:
    an attempt that was given up is told by it from the one that goes on.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    institution = models.ForeignKey(
        "accounts.Institution",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="case_requests",
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    spec = models.JSONField()
    generator_sha256 = models.CharField(
        max_length=64,
        blank=True,
        help_text="Weights that were chosen; empty: the site's default when the case is made.",
    )
    generator_name = models.CharField(max_length=255, blank=True)
    variant_of = models.ForeignKey(
        Case,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="variant_requests",
        help_text="Asks for this case shown otherwise; empty for a case of its own.",
    )
    variant = models.CharField(max_length=20, blank=True)
    state = models.CharField(
        max_length=10, choices=RequestState.choices, default=RequestState.QUEUED
    )
    reason = models.TextField(blank=True, help_text="Why it waits or failed, for people.")
    attempt = models.PositiveIntegerField(default=0)
    last_attempt = models.PositiveIntegerField(
        default=MAX_ATTEMPTS, help_text="The attempt after which no other follows by itself."
    )
    lease_until = models.DateTimeField(null=True, blank=True)
    worker = models.CharField(max_length=200, blank=True)
    folder = models.CharField(
        max_length=100, blank=True, help_text="Where the running attempt writes its images."
    )
    enqueued_at = models.DateTimeField(
        null=True, blank=True, help_text="When its last message was sent; empty if none was."
    )
    progress = models.FloatField(default=0.0)
    stage = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    finished_at = models.DateTimeField(null=True, blank=True)
    case = models.OneToOneField(
        Case, on_delete=models.SET_NULL, null=True, blank=True, related_name="request"
    )

    class Meta:
        ordering = ("-created_at", "id")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=RequestState.values), name="request_state_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(progress__gte=0, progress__lte=1), name="progress_is_a_share"
            ),
        ]
        indexes = [models.Index(fields=("state", "lease_until"), name="requests_to_sweep")]

    def __str__(self) -> str:
        return f"request {str(self.pk)[:8]} ({self.state})"

    @property
    def density(self) -> str:
        return str(self.spec.get("density", ""))

    @property
    def tier(self) -> int | None:
        """The difficulty asked for, if any was."""
        return self.spec.get("tier")

    @property
    def prior(self) -> bool:
        """Whether an exam before was asked for."""
        return self.spec.get("prior") is not None

    @property
    def generator(self) -> dict[str, str] | None:
        """Which generator drew the case, or is to; None where the default will."""
        if self.case is not None and self.case.weights_hash:
            return {"name": self.case.generator_name, "sha256": self.case.weights_hash}
        if self.generator_sha256:
            return {"name": self.generator_name, "sha256": self.generator_sha256}
        return None

    @property
    def findings(self) -> list[str]:
        """The kinds of finding asked for."""
        return [str(lesion.get("kind", "")) for lesion in self.spec.get("lesions", [])]
