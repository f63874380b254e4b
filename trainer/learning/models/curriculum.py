from django.conf import settings
from django.db import models
from django.utils import timezone

from trainer.learning.syllabus import Syllabus


class Curriculum(models.Model):
    """What an institution's educators have people practise; cohorts follow it.

    Whoever follows none practises by the default, which needs no row.
    """

    institution = models.ForeignKey(
        "accounts.Institution", on_delete=models.CASCADE, related_name="curricula"
    )
    name = models.CharField(max_length=120)
    content = models.JSONField(help_text="A syllabus: competencies and the rule of mastery.")
    version = models.PositiveIntegerField(default=1, help_text="Raised by every change.")
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    updated_at = models.DateTimeField(default=timezone.now)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name", "id")
        verbose_name_plural = "curricula"
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "name"],
                condition=models.Q(archived_at=None),
                name="curriculum_name_is_unique",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def syllabus(self) -> Syllabus:
        return Syllabus.from_json(self.content)


class CohortCurriculum(models.Model):
    """Which curriculum a cohort follows; one without a row follows none."""

    cohort = models.OneToOneField(
        "accounts.Cohort", on_delete=models.CASCADE, related_name="followed"
    )
    curriculum = models.ForeignKey(Curriculum, on_delete=models.CASCADE, related_name="followed_by")
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("cohort",)
        verbose_name = "curriculum of a cohort"
        verbose_name_plural = "curricula of cohorts"

    def __str__(self) -> str:
        return f"{self.cohort}: {self.curriculum}"
