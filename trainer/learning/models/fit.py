from django.db import models
from django.utils import timezone

from trainer.append_only import AppendOnlyModel
from trainer.measure.answered import DifficultyModel


class DifficultyFit(AppendOnlyModel):
    """A version of the difficulty model, fitted to all answers; the newest applied one counts."""

    at = models.DateTimeField(default=timezone.now, editable=False)
    level = models.JSONField(help_text="c by competency.")
    gamma = models.JSONField(help_text="Slope by competency.")
    phi = models.JSONField(help_text="Weights of further features.")
    residual_sd = models.FloatField()
    answers = models.PositiveIntegerField()
    readers = models.PositiveIntegerField()
    gain = models.FloatField(help_text="Better predicted than from the start, nats an answer.")
    applied = models.BooleanField(help_text="False where there were too few answers to rely on.")
    flagged = models.PositiveIntegerField(help_text="Cases whose answers contradict their truth.")

    class Meta:
        ordering = ("-id",)
        verbose_name = "fit of difficulties"
        verbose_name_plural = "fits of difficulties"

    def __str__(self) -> str:
        return f"fit {self.pk} to {self.answers} answers"

    @property
    def model(self) -> DifficultyModel:
        return DifficultyModel(self.level, self.gamma, self.phi, self.residual_sd)
