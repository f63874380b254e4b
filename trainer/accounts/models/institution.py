from django.conf import settings
from django.db import models
from django.utils import timezone


class Role(models.TextChoices):
    RESIDENT = "resident", "Resident"
    EDUCATOR = "educator", "Educator"
    DIRECTOR = "director", "Program director"
    OPERATOR = "operator", "Operator"


class Institution(models.Model):
    name = models.CharField(max_length=200, unique=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Cohort(models.Model):
    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="cohorts")
    name = models.CharField(max_length=200)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("institution", "name")
        constraints = [
            models.UniqueConstraint(fields=["institution", "name"], name="cohort_name_is_unique")
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """What a person is in an institution; a role without a cohort covers all of its cohorts."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    institution = models.ForeignKey(
        Institution, on_delete=models.CASCADE, related_name="memberships"
    )
    cohort = models.ForeignKey(
        Cohort, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    role = models.CharField(max_length=20, choices=Role.choices)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("institution", "role", "user")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "institution", "role"], name="one_membership_per_role"
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="membership_role_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.institution}"
