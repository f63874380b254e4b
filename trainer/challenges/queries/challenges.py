from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from cases.models import Case, SandboxCase
from trainer.accounts.models import User
from trainer.challenges.models import Answer, Challenge
from trainer.challenges.rules import colleagues_q, received_challenges_q, sent_challenges_q
from trainer.reading.models import Assignment
from trainer.reading.queries.scores import newest_scores

# What a challenge is to the two who see it.
MAKING, FAILED, OPEN, ACCEPTED, DECLINED, WITHDRAWN, READ, CLOSED = STATES = (
    "making", "failed", "open", "accepted", "declined", "withdrawn", "read", "closed",
)  # fmt: skip

LARGE = ("spec", "truth", "provenance", "competency_difficulty")


@dataclass(frozen=True)
class Colleague:
    """Somebody to challenge; `knows_woman` where they have met her and would know."""

    person: User
    knows_woman: bool


def list_colleagues(person: Any, base: Case) -> list[Colleague]:
    """Those whom a person may send a case of an institution, and whether each has met the woman."""
    wanted = colleagues_q(person, base.institution_id)
    people = list(User.objects.filter(wanted).order_by("name", "pk"))
    knowing = set(find_knowing(base, people))
    return [Colleague(one, one.pk in knowing) for one in people]


def find_knowing(base: Case, people: list[User]) -> list[int]:
    """Which of some people have met the woman of a case, or will in a challenge that is open."""
    asked = Challenge.objects.filter(
        request__variant_of=base, colleague__in=people, answer=Answer.OPEN
    )
    return [*find_met(base, people), *asked.values_list("colleague", flat=True)]


def find_met(base: Case, people: list[User]) -> list[int]:
    """Which of some people were given a case or one made of it, or work on it."""
    given = Assignment.objects.filter(
        Q(case=base) | Q(case__variant_of=base), session__reader__in=people
    )
    working = SandboxCase.objects.filter(base=base, owner__in=people)
    return [
        *given.values_list("session__reader", flat=True),
        *working.values_list("owner", flat=True),
    ]


def received_challenges(person: Any) -> QuerySet[Challenge]:
    """What colleagues have sent, the latest first; withdrawn ones are not seen."""
    return _with_all(
        Challenge.objects.filter(received_challenges_q(person)).exclude(answer=Answer.WITHDRAWN)
    )


def sent_challenges(person: Any) -> QuerySet[Challenge]:
    return _with_all(Challenge.objects.filter(sent_challenges_q(person)))


def _with_all(challenges: QuerySet[Challenge]) -> QuerySet[Challenge]:
    cases = ("request__case", "request__variant_of")
    return (
        challenges.select_related("challenger", "colleague", *cases, "assignment__reading")
        # Of the cases only whether they are there and in use is told in a list.
        .defer(*(f"{case}__{name}" for case in cases for name in LARGE))
        .prefetch_related(Prefetch("assignment__reading__scores", newest_scores()))
        .order_by("-sent_at", "pk")
    )


def find_state(challenge: Challenge) -> str:
    """How a challenge stands."""
    assignment = challenge.assignment
    if assignment is not None and hasattr(assignment, "reading"):
        return READ
    if challenge.answer in (Answer.DECLINED, Answer.WITHDRAWN):
        return str(challenge.answer)
    if is_closed(challenge):
        return CLOSED
    if challenge.request.case is None:
        return FAILED if challenge.request.state in ("failed", "cancelled") else MAKING
    return ACCEPTED if challenge.answer == Answer.ACCEPTED else OPEN


def is_closed(challenge: Challenge) -> bool:
    """Whether it can no longer be read: a case was withdrawn, or one of the two has left."""
    cases = [challenge.request.case, challenge.request.variant_of]
    withdrawn = any(case is not None and case.withdrawn_at is not None for case in cases)
    return withdrawn or not (challenge.challenger.is_active and challenge.colleague.is_active)
