import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from cases.models.files import place_image
from generation.vocabulary import DENSITIES, SIDES, term_keys

VIEWS = ("cc", "mlo")


class Exam(models.TextChoices):
    CURRENT = "current", "Current"
    PRIOR = "prior", "Prior"


class Case(models.Model):
    """One made study with its truth. Cases without an institution are shared by all."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    institution = models.ForeignKey(
        "accounts.Institution",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
    )
    spec = models.JSONField()
    truth = models.JSONField()
    provenance = models.JSONField(default=dict)
    density = models.CharField(max_length=1, help_text="Of the denser breast.")
    tier = models.PositiveSmallIntegerField()
    positive = models.BooleanField(help_text="Holds an actionable finding.")
    age_band = models.CharField(max_length=10)
    indication = models.CharField(max_length=40)
    prior_years = models.FloatField(
        null=True, blank=True, help_text="Years since the exam before; empty where there is none."
    )
    competency_difficulty = models.JSONField(
        default=dict, help_text="Kind, actionable and d' (in all and by view) of each finding."
    )
    weights_hash = models.CharField(max_length=64, blank=True)
    generator_name = models.CharField(
        max_length=255, blank=True, help_text="What the site called these weights then."
    )
    folder = models.CharField(max_length=100, blank=True, help_text="In the image storage.")
    variant_of = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="variants",
        help_text="The case that this one shows otherwise; such a case is never given to read.",
    )
    variant = models.CharField(max_length=20, blank=True, help_text="Such as density-D.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("created_at", "id")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(density__in=term_keys(DENSITIES)), name="case_density_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(tier__gte=1, tier__lte=5), name="case_tier_is_1_to_5"
            ),
            models.UniqueConstraint(
                fields=["variant_of", "variant"],
                condition=models.Q(variant_of__isnull=False),
                name="each_variant_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=("institution", "positive"),
                condition=models.Q(withdrawn_at=None, variant_of=None),
                name="ready_cases",
            ),
            models.Index(fields=("created_at",), name="cases_by_age"),
        ]

    def __str__(self) -> str:
        return f"case {str(self.pk)[:8]}"

    @property
    def current_views(self) -> list["CaseView"]:
        """The four images that are read."""
        return [view for view in self.views.all() if view.exam == Exam.CURRENT]

    @property
    def prior_views(self) -> list["CaseView"]:
        """The images of the exam before; empty where there is none."""
        return [view for view in self.views.all() if view.exam == Exam.PRIOR]


class CaseView(models.Model):
    """One image of a case: the DICOM master, and what a browser gets that is derived from it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="views")
    exam = models.CharField(max_length=7, choices=Exam.choices, default=Exam.CURRENT)
    side = models.CharField(max_length=5)
    view = models.CharField(max_length=3)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    pixel_mm = models.FloatField()
    window_center = models.FloatField()
    window_width = models.FloatField()
    master = models.FileField(upload_to=place_image, max_length=200)
    frame = models.FileField(upload_to=place_image, max_length=200)
    frame_bytes = models.PositiveIntegerField()
    frame_sha256 = models.CharField(max_length=64, db_index=True)
    preview = models.FileField(upload_to=place_image, max_length=200)
    # The image without its findings; empty where the view holds none.
    base_frame = models.FileField(upload_to=place_image, max_length=200, blank=True)
    base_frame_bytes = models.PositiveIntegerField(null=True, blank=True)
    base_frame_sha256 = models.CharField(max_length=64, blank=True, db_index=True)

    class Meta:
        ordering = ("case", "exam", "view", "side")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "exam", "side", "view"], name="one_image_per_view"
            ),
            models.CheckConstraint(
                condition=models.Q(exam__in=Exam.values, side__in=SIDES, view__in=VIEWS),
                name="case_view_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exam} {self.key} of {self.case_id}"

    @property
    def key(self) -> str:
        return f"{self.side}_{self.view}"
