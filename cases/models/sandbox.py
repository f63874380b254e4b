import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from cases.models.case import Case
from generation.vocabulary import SIDES


class SandboxCase(models.Model):
    """A normal case in which a person places a finding of their own, as it stands now.

    The owner knows that the case is normal, and is never given it to read.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sandbox_cases"
    )
    base = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="sandbox_cases")
    side = models.CharField(max_length=5, default="left", help_text="The breast on screen.")
    lesion = models.JSONField(
        null=True, blank=True, help_text="A LesionSpec; empty: the case as it is."
    )
    revision = models.PositiveIntegerField(default=0, help_text="Guards against stale writers.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(
        null=True, blank=True, help_text="Put away by its owner; what was made of it stays."
    )

    class Meta:
        ordering = ("-updated_at", "id")
        constraints = [
            models.CheckConstraint(condition=models.Q(side__in=SIDES), name="sandbox_side_is_known")
        ]

    def __str__(self) -> str:
        return f"sandbox {str(self.pk)[:8]}"
