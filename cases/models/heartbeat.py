from typing import Final

from django.db import models

# Where requests of cases wait for a worker.
GENERATION_QUEUE: Final = "generation"


class WorkerHeartbeat(models.Model):
    """When a worker last gave a sign of life; what /healthz tells is read from here."""

    name = models.CharField(primary_key=True, max_length=200)
    queue = models.CharField(max_length=100)
    last_seen = models.DateTimeField()

    class Meta:
        ordering = ("queue", "-last_seen")

    def __str__(self) -> str:
        return f"{self.name} ({self.queue})"
