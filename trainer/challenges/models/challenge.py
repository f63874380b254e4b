import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


class Answer(models.TextChoices):
    OPEN = "open", "Open"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Challenge(models.Model):
    """A case that one person had made in the sandbox, sent to one colleague to be read.

    It reaches the colleague when the case is made.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    challenger = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="challenges_sent"
    )
    colleague = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="challenges_received"
    )
    institution = models.ForeignKey(
        "accounts.Institution", on_delete=models.CASCADE, related_name="challenges"
    )
    request = models.ForeignKey(
        "cases.CaseRequest", on_delete=models.PROTECT, related_name="challenges"
    )
    answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.OPEN)
    answered_at = models.DateTimeField(null=True, blank=True)
    assignment = models.OneToOneField(
        "reading.Assignment",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="challenge",
        help_text="Where the colleague reads it, once accepted.",
    )
    sent_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("-sent_at", "id")
        constraints = [
            models.UniqueConstraint(fields=["request", "colleague"], name="one_challenge_each"),
            models.CheckConstraint(
                condition=models.Q(answer__in=Answer.values), name="challenge_answer_is_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(challenger=models.F("colleague")),
                name="nobody_challenges_themselves",
            ),
        ]
        indexes = [models.Index(fields=("colleague", "answer"), name="challenges_to_answer")]

    def __str__(self) -> str:
        return f"challenge {str(self.pk)[:8]} ({self.answer})"
