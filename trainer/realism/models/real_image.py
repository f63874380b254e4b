import uuid

from django.db import models

from cases.models.case import VIEWS
from generation.vocabulary import DENSITIES, SIDES, term_keys


class RealImport(models.Model):
    """A folder of real images that the site may show, and by what right it may."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    licence = models.CharField(max_length=500)
    source = models.CharField(max_length=500)
    layout = models.CharField(max_length=30)
    acknowledged = models.BooleanField(
        help_text="The operator declared that the site may show these images to its readers."
    )
    images = models.PositiveIntegerField(help_text="How many were taken in.")
    imported_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("imported_at", "id")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(acknowledged=True), name="real_images_are_acknowledged"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.images} images of {self.source}"


class RealImage(models.Model):
    """A real view without findings. Of its file nothing is kept but greys, view, side, density."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    batch = models.ForeignKey(RealImport, on_delete=models.CASCADE, related_name="real_images")
    woman = models.PositiveIntegerField(help_text="Counted within the import; names nobody.")
    side = models.CharField(max_length=5)
    view = models.CharField(max_length=3)
    density = models.CharField(max_length=1, blank=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    # Left-oriented, as large as the file was, in the frame's code.
    grey = models.CharField(max_length=200)
    grey_sha256 = models.CharField(max_length=64, unique=True)
    storage = models.JSONField(help_text="How the file held it: drawn views are stored alike.")
    extent = models.JSONField()
    folder = models.CharField(max_length=100)

    class Meta:
        ordering = ("batch", "woman", "id")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    side__in=SIDES, view__in=VIEWS, density__in=["", *term_keys(DENSITIES)]
                ),
                name="real_view_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.view}, woman {self.woman}"
