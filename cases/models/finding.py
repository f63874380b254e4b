from django.db import models

from cases.models.case import Case
from cases.models.files import place_image
from generation.lesions import REGISTRY
from generation.vocabulary import FINDING_KINDS, term_keys


class Finding(models.Model):
    """One thing that was put into a case: the truth, in the breast frame of contracts.md."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="findings")
    finding_id = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    reads_as = models.CharField(
        max_length=40,
        blank=True,
        default="",
        help_text="What a reader would call it; empty where there is nothing to call.",
    )
    actionable = models.BooleanField()
    side = models.CharField(max_length=5)
    descriptors = models.JSONField(default=dict)
    assessment = models.CharField(max_length=2)
    pathology = models.CharField(max_length=20)
    malignancy = models.FloatField(
        null=True, blank=True, help_text="Share of such findings (0-1) whose biopsy shows cancer."
    )
    centre_mm = models.JSONField(default=list, help_text="Depth, lateral, superior.")
    extent_mm = models.JSONField(default=list, help_text="Along the same axes.")
    clock = models.PositiveSmallIntegerField()
    distance_from_nipple_mm = models.FloatField()
    teaching = models.TextField(blank=True)

    class Meta:
        ordering = ("case", "finding_id")
        constraints = [
            models.UniqueConstraint(fields=["case", "finding_id"], name="finding_id_is_unique"),
            models.CheckConstraint(
                condition=models.Q(clock__gte=1, clock__lte=12), name="clock_is_1_to_12"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.finding_id} of {self.case_id}"

    @property
    def label(self) -> str:
        """What people call this kind, also where it is no longer made."""
        known = REGISTRY.get(self.kind)
        return known.label if known else self.kind.replace("_", " ").capitalize()

    @property
    def placed(self) -> bool:
        """Whether its position says something: a hair or a fault of technique has none."""
        known = REGISTRY.get(self.kind)
        return known is None or (
            known.region_of(self.descriptors) != "breast" and known.group != "technique"
        )

    @property
    def reader_words(self) -> dict[str, str]:
        """Those of its descriptors that a reader could give: name and value are both theirs."""
        kind = FINDING_KINDS.get(self.reads_as)
        words = {part.key: term_keys(part.values) for part in kind.descriptors} if kind else {}
        return {
            name: value for name, value in self.descriptors.items() if value in words.get(name, ())
        }

    @property
    def group(self) -> str | None:
        """The chapter that it belongs to; None for a kind that is no longer made."""
        known = REGISTRY.get(self.kind)
        return known.group if known else None


class FindingView(models.Model):
    """One finding as one view shows it; positions in pixels of that view."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="views")
    key = models.CharField(max_length=10, help_text="Such as left_cc.")
    mask = models.FileField(upload_to=place_image, max_length=200, blank=True)
    outlines = models.JSONField(default=list, help_text="Polygons of [x, y].")
    centre_x = models.FloatField()
    centre_y = models.FloatField()
    long_axis_mm = models.FloatField()
    visible = models.BooleanField()
    dprime = models.FloatField(null=True, blank=True, help_text="Empty where not measured.")

    class Meta:
        ordering = ("finding", "key")
        constraints = [
            models.UniqueConstraint(fields=["finding", "key"], name="one_truth_per_view")
        ]

    def __str__(self) -> str:
        return f"{self.finding_id} in {self.key}"
