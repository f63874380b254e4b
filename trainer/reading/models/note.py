from django.conf import settings
from django.db import models


class CaseNote(models.Model):
    """What a reader keeps of a case, for nobody else: a bookmark, a few words, or both."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="case_notes"
    )
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="notes")
    bookmarked = models.BooleanField(default=False)
    text = models.TextField(blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ["-updated_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["reader", "case"], name="one_note_per_reader_and_case")
        ]

    def __str__(self) -> str:
        return f"note on {self.case_id}"
