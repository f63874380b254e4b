import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from trainer.append_only import AppendOnlyModel
from trainer.measure.realism import UNDECIDED
from trainer.realism.models.test import RealismImage, RealismTest


class RealismReading(models.Model):
    """One reader's way through a test, in an order of their own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    test = models.ForeignKey(RealismTest, on_delete=models.PROTECT, related_name="readings")
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="realism_readings"
    )
    seed = models.BigIntegerField(help_text="Of the order in which the images come.")
    started_at = models.DateTimeField(auto_now_add=True)
    completed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-started_at", "id")
        constraints = [
            models.UniqueConstraint(fields=["test", "reader"], name="each_realism_test_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class RealismAnswer(AppendOnlyModel):
    """How sure a reader was that an image is real: 0 surely synthetic, 100 surely real."""

    reading = models.ForeignKey(RealismReading, on_delete=models.PROTECT, related_name="answers")
    image = models.ForeignKey(RealismImage, on_delete=models.PROTECT, related_name="answers")
    key = models.UUIDField(unique=True, help_text="The client's key: makes answering idempotent.")
    rating = models.PositiveSmallIntegerField(validators=[MaxValueValidator(100)])
    seconds = models.FloatField(help_text="That the image was looked at.")
    answered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("answered_at", "id")
        constraints = [
            models.UniqueConstraint(fields=["reading", "image"], name="each_realism_image_once"),
            models.CheckConstraint(
                condition=Q(rating__lte=100) & ~Q(rating=UNDECIDED) & Q(seconds__gte=0),
                name="realism_answer_takes_a_side",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rating} of {self.image_id}"
