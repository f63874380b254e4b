import numpy as np
from django.conf import settings
from django.db import models
from django.utils import timezone

from trainer.append_only import AppendOnlyModel
from trainer.measure.ability import Ability


class AbilityEstimate(AppendOnlyModel):
    """What was known of a reader after one source of answers, such as a reading.

    `run` counts re-estimations of everything, 0 being what was learnt as the answers came in;
    the highest run counts, earlier ones stay on record.
    """

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="ability_estimates"
    )
    case = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, related_name="ability_estimates"
    )
    run = models.PositiveIntegerField(default=0)
    source = models.UUIDField(help_text="What the answers came from: the reading's id.")
    session = models.UUIDField(help_text="Abilities may drift from one session to the next.")
    model_version = models.PositiveIntegerField()
    competencies = models.JSONField(help_text="Names, in the order of mean and covariance.")
    mean = models.JSONField(help_text="Of each competency, then of the criterion.")
    covariance = models.JSONField()
    counts = models.JSONField(help_text="Items answered so far, by competency.")
    answered_at = models.DateTimeField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["run", "source"], name="one_estimate_per_source"),
        ]
        indexes = [
            models.Index(fields=["reader", "run", "id"], name="estimates_of_reader"),
            models.Index(fields=["case", "reader"], name="readers_of_case"),
        ]

    def __str__(self) -> str:
        return f"reader {self.reader_id} after {self.source}, run {self.run}"

    @property
    def ability(self) -> Ability:
        return Ability(
            tuple(self.competencies), np.array(self.mean), np.array(self.covariance, dtype=float)
        )
