from django.db import models


class FormPlace(models.Model):
    """One place of a test set: which request makes, or made, the case that is read there."""

    edition = models.CharField(
        max_length=12, help_text="Which recipes: changed recipes are another edition."
    )
    form = models.CharField(max_length=4)
    number = models.PositiveSmallIntegerField(help_text="From 1, in the order of reading.")
    request = models.ForeignKey(
        "cases.CaseRequest", on_delete=models.PROTECT, related_name="form_places"
    )

    class Meta:
        ordering = ("edition", "form", "number")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "form", "number"], name="one_case_per_place_of_a_form"
            )
        ]

    def __str__(self) -> str:
        return f"form {self.form}, case {self.number}"
