from django.db import models

from trainer.measure.ability import Difficulty


class StockItem(models.Model):
    """One item that a case can be chosen for, with all that choosing asks of the case.

    Repeats what the case and its answers say, so that a choice is one range of one index
    however many cases there are.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="stock_items")
    institution = models.ForeignKey(
        "accounts.Institution",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="stock_items",
    )
    key = models.CharField(max_length=80)
    competency = models.CharField(max_length=20)
    sign = models.SmallIntegerField()
    mean = models.FloatField()
    variance = models.FloatField()
    positive = models.BooleanField()
    tier = models.PositiveSmallIntegerField()
    kind = models.CharField(
        max_length=40, blank=True, help_text="Of the finding that the item asks for, if any."
    )
    seed = models.BigIntegerField(null=True)
    readers = models.PositiveIntegerField(default=0, help_text="Who were given the case.")

    class Meta:
        ordering = ("case", "key")
        constraints = [
            models.UniqueConstraint(fields=["case", "key"], name="one_stock_item_per_key"),
        ]
        indexes = [
            models.Index(
                fields=["institution", "competency", "positive", "mean"],
                name="stock_by_difficulty",
            ),
            models.Index(
                fields=["institution", "competency", "positive", "tier", "mean"],
                name="stock_by_tier",
            ),
            models.Index(
                fields=["institution", "kind", "competency", "mean"],
                condition=~models.Q(kind=""),
                name="stock_by_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} of {self.case_id}: {self.mean:.2f}"

    @property
    def difficulty(self) -> Difficulty:
        return Difficulty(self.mean, self.variance)
