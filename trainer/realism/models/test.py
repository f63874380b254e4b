import uuid

from django.db import models
from django.db.models import Q

from cases.models.case import VIEWS
from generation.vocabulary import SIDES


class RealismTest(models.Model):
    """Images that all readers are shown, and what was settled before the first answer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    seed = models.BigIntegerField()
    margin = models.FloatField(help_text="Of equivalence: how far from 0.5 the area may lie.")
    weights_hash = models.CharField(max_length=64, db_index=True)
    generator_name = models.CharField(max_length=255)
    licences = models.JSONField(default=list, help_text="Licence and source of the real images.")
    cues = models.JSONField(
        default=dict, help_text="How well size, grey and file tell the images apart: ROC areas."
    )
    drawn_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True, help_text="No reader begins it now.")
    removed_at = models.DateTimeField(null=True, blank=True, help_text="Its images are gone.")

    class Meta:
        ordering = ("-drawn_at", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(margin__gt=0, margin__lt=0.5), name="realism_margin_within_half"
            ),
            # One open test of a generator: readers who read other images cannot be compared.
            models.UniqueConstraint(
                fields=["weights_hash"],
                condition=Q(closed_at__isnull=True),
                name="one_open_realism_test_per_generator",
            ),
        ]

    def __str__(self) -> str:
        return f"test of {self.generator_name}, {self.drawn_at:%Y-%m-%d}"


class RealismImage(models.Model):
    """One image of a test as it is shown; whether it is real is told when all are answered."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    test = models.ForeignKey(RealismTest, on_delete=models.CASCADE, related_name="images")
    real = models.BooleanField()
    case = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    side = models.CharField(max_length=5)
    view = models.CharField(max_length=3)
    density = models.CharField(max_length=1, blank=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    pixel_mm = models.FloatField()
    window_center = models.FloatField()
    window_width = models.FloatField()
    folder = models.CharField(max_length=100, blank=True, help_text="Empty once it is removed.")
    frame = models.FileField(max_length=200, blank=True)
    frame_bytes = models.PositiveIntegerField()
    frame_sha256 = models.CharField(max_length=64)
    preview = models.FileField(max_length=200, blank=True)

    class Meta:
        ordering = ("test", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(side__in=SIDES, view__in=VIEWS), name="realism_view_is_known"
            ),
            models.CheckConstraint(
                condition=Q(real=True, case=None) | Q(real=False, case__isnull=False),
                name="drawn_images_have_a_case",
            ),
        ]

    def __str__(self) -> str:
        return f"image {str(self.pk)[:8]}"

    @property
    def key(self) -> str:
        return f"{self.side}_{self.view}"
