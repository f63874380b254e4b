from django.db import models


class StockState(models.Model):
    """How the stock stood when it was last looked after; one row, kept up to date by beat."""

    at = models.DateTimeField()
    readers = models.PositiveIntegerField(help_text="Who practised lately.")
    wanted = models.PositiveIntegerField(help_text="Cases for all of them.")
    ready = models.PositiveIntegerField(help_text="Cases that may still be given to somebody.")
    waiting = models.PositiveIntegerField(help_text="Requests not yet done.")
    ordered = models.PositiveIntegerField(help_text="Of these, ordered this time.")
    used_gib = models.FloatField(help_text="Disk that images take up, estimated from their sizes.")
    budget_gib = models.FloatField()
    said = models.CharField(max_length=200, help_text="Why nothing, or no more, was ordered.")
    cells = models.JSONField(
        default=list, help_text="Competency, difficulty from, to, wanted, there."
    )

    class Meta:
        verbose_name = "state of the stock"
        verbose_name_plural = "state of the stock"

    def __str__(self) -> str:
        return f"{self.ready} of {self.wanted} wanted, {self.waiting} on order"
