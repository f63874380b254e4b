from django.conf import settings
from django.db import models

from trainer.append_only import AppendOnlyModel


class KindReview(AppendOnlyModel):
    """What one answer made of a reader's memory of a kind of finding; the newest row counts."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="kind_reviews"
    )
    kind = models.CharField(max_length=40)
    source = models.UUIDField(help_text="What the answer came from: the reading's id.")
    missed = models.BooleanField()
    card = models.JSONField(help_text="State of the FSRS card.")
    due = models.DateTimeField()
    reviewed_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["source", "kind"], name="one_review_per_kind_and_source"
            )
        ]
        indexes = [models.Index(fields=["reader", "kind", "id"], name="reviews_of_reader")]

    def __str__(self) -> str:
        return f"{self.kind} of reader {self.reader_id}, due {self.due:%Y-%m-%d}"
