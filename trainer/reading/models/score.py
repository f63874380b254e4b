from django.db import models

from trainer.append_only import AppendOnlyModel


class Score(AppendOnlyModel):
    """What one version of the scoring method made of a reading; the newest row counts."""

    reading = models.ForeignKey("reading.Reading", on_delete=models.PROTECT, related_name="scores")
    method_version = models.PositiveIntegerField()
    result = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["reading", "-created_at"])]

    def __str__(self) -> str:
        return f"v{self.method_version} of {self.reading_id}"
