from django.db import models

from trainer.measure.ability import Difficulty


class ItemDifficulty(models.Model):
    """What the answers so far say of how hard one item of a case is."""

    case = models.ForeignKey(
        "cases.Case", on_delete=models.CASCADE, related_name="item_difficulties"
    )
    run = models.PositiveIntegerField(default=0)
    key = models.CharField(max_length=80)
    mean = models.FloatField()
    variance = models.FloatField()
    answers = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("case", "key")
        verbose_name_plural = "item difficulties"
        constraints = [
            models.UniqueConstraint(fields=["run", "case", "key"], name="one_difficulty_per_item"),
            models.CheckConstraint(
                condition=models.Q(variance__gte=0), name="difficulty_variance_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} of {self.case_id}: {self.mean:.2f}"

    @property
    def difficulty(self) -> Difficulty:
        return Difficulty(self.mean, self.variance)
