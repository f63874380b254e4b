"""Challenges: sent, taken back, accepted or declined. Reading one is reading like any other."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.domain import request_placed
from cases.models import SandboxCase
from trainer.accounts.models import Membership, User
from trainer.challenges.errors import (
    ChallengeClosedError,
    NotAColleagueError,
    TooManyChallengesError,
)
from trainer.challenges.models import Answer, Challenge
from trainer.challenges.queries.challenges import find_knowing, is_closed
from trainer.challenges.rules import colleagues_q
from trainer.reading.models import Assignment, Session

CHALLENGES_PER_DAY: Final = 20
DAY: Final = timedelta(days=1)


def send_challenges(
    *, sandbox: SandboxCase, colleagues: Sequence[int], density: str | None = None
) -> list[Challenge]:
    """Have the case made as it stands now and send it to colleagues, untouched or not.

    In another density where one is named.

    Sending it to the same colleague again changes nothing.

    Raises:
        NotAColleagueError: if somebody is not of a cohort of the owner's, or has met the woman.
        TooManyChallengesError: if the owner has sent as many today as a day allows.
        CasesError, SpecError: if the case cannot be made; see `request_placed`.
    """
    owner = sandbox.owner
    people = list(User.objects.filter(colleagues_q(owner), pk__in=colleagues).order_by("pk"))
    with transaction.atomic():
        get_user_model().objects.select_for_update(no_key=True).get(pk=owner.pk)
        request = request_placed(sandbox=sandbox, density=density)
        known = list(request.challenges.filter(colleague__in=people))
        fresh = [one for one in people if one.pk not in {each.colleague_id for each in known}]
        _check_people(sandbox, people, fresh, colleagues)
        today = Challenge.objects.filter(challenger=owner, sent_at__gte=timezone.now() - DAY)
        if today.count() + len(fresh) > CHALLENGES_PER_DAY:
            raise TooManyChallengesError(CHALLENGES_PER_DAY)
        sent = [
            Challenge.objects.create(
                challenger=owner,
                colleague=one,
                institution_id=_find_common_institution(owner, one),
                request=request,
            )
            for one in fresh
        ]
    return [*known, *sent]


def withdraw_challenge(*, challenge: Challenge) -> Challenge:
    """Take a challenge back that was not accepted; taking it back again changes nothing.

    Raises:
        ChallengeClosedError: if it was answered.
    """
    return _answer(challenge, Answer.WITHDRAWN)


def decline_challenge(*, challenge: Challenge) -> Challenge:
    """Leave a challenge unread; declining it again changes nothing.

    Raises:
        ChallengeClosedError: if it was answered otherwise or taken back.
    """
    return _answer(challenge, Answer.DECLINED)


def accept_challenge(*, challenge: Challenge) -> Assignment:
    """Give the case to the colleague to read, in a session of its own; again gives the same.

    The session is one of this case alone and over from the start: nothing more is given in it, it
    counts in no figure and moves no ability.

    Raises:
        ChallengeClosedError: if it was declined or taken back, or can no longer be read.
    """
    with transaction.atomic():
        row = _lock(challenge)
        if row.assignment is not None:
            return row.assignment
        case = row.request.case
        if row.answer != Answer.OPEN or case is None or is_closed(row):
            raise ChallengeClosedError()
        now = timezone.now()
        session = Session.objects.create(
            reader=row.colleague,
            institution=row.institution,
            mode=Session.Mode.CHALLENGE,
            ended_at=now,
        )
        row.assignment = Assignment.objects.create(
            session=session, case=case, position=1, why={"challenger": str(row.challenger)}
        )
        row.answer, row.answered_at = Answer.ACCEPTED, now
        row.save(update_fields=["assignment", "answer", "answered_at"])
        return row.assignment


def _answer(challenge: Challenge, answer: Answer) -> Challenge:
    with transaction.atomic():
        row = _lock(challenge)
        if row.answer == answer:
            return row
        if row.answer != Answer.OPEN:
            raise ChallengeClosedError()
        row.answer, row.answered_at = answer, timezone.now()
        row.save(update_fields=["answer", "answered_at"])
    return row


def _lock(challenge: Challenge) -> Challenge:
    return Challenge.objects.select_for_update(of=("self",)).get(pk=challenge.pk)


def _check_people(
    sandbox: SandboxCase, people: list[User], fresh: list[User], asked: Sequence[int]
) -> None:
    if len(people) < len(set(asked)) or not people:
        raise NotAColleagueError(
            {"colleagues": [_("You can challenge residents of your own cohort.")]}
        )
    knowing = set(find_knowing(sandbox.base, fresh))
    names = ", ".join(str(one) for one in fresh if one.pk in knowing)
    if names:
        said = _("%(names)s: has met this woman before. Choose another woman or colleague.")
        raise NotAColleagueError({"colleagues": [said % {"names": names}]})


def _find_common_institution(owner: Any, colleague: User) -> int:
    own = Membership.objects.filter(user=owner, cohort__isnull=False)
    common = Membership.objects.filter(user=colleague, cohort__in=own.values("cohort"))
    return common.order_by("created_at", "pk").values_list("institution", flat=True)[0]
