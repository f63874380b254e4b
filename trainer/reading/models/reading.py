import uuid

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from trainer.append_only import AppendOnlyModel


class Reading(AppendOnlyModel):
    """One reader's submitted answers for one case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.OneToOneField(
        "reading.Assignment", on_delete=models.PROTECT, related_name="reading"
    )
    key = models.UUIDField(unique=True, help_text="The client's key: makes submitting idempotent.")
    answers = models.JSONField()
    log = models.JSONField(default=dict)
    submitted_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["-submitted_at", "id"]

    def __str__(self) -> str:
        return str(self.id)


class Mark(AppendOnlyModel):
    """A place the reader pointed at, in image pixels: x right, y down, pixel centres."""

    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="marks")
    mark_id = models.UUIDField()
    view = models.CharField(max_length=16)
    x = models.FloatField()
    y = models.FloatField()
    rating = models.PositiveSmallIntegerField(validators=[MaxValueValidator(100)])
    kind = models.CharField(max_length=32)
    descriptors = models.JSONField(default=dict)
    suspicious = models.BooleanField()
    link = models.UUIDField(
        null=True, blank=True, help_text="mark_id of the same finding in the other view"
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["reading", "mark_id"], name="mark_once_per_reading"),
            models.CheckConstraint(condition=Q(rating__lte=100), name="mark_rating_at_most_100"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} in {self.view} ({self.x:.0f}, {self.y:.0f})"
