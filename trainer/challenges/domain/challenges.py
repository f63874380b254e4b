"""Challenges: sent, taken back, accepted or declined. Reading one is reading like any other."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.domain import request_placed
from cases.models import CaseRequest, SandboxCase
from trainer.accounts.models import Membership, User
from trainer.challenges.errors import (
    ChallengeClosedError,
    ChallengeDeclinedError,
    NotAColleagueError,
    TooManyChallengesError,
)
from trainer.challenges.models import Answer, Challenge
from trainer.challenges.queries.challenges import find_knowing, find_met, is_closed
from trainer.challenges.rules import colleagues_q
from trainer.reading.models import Assignment, Session

CHALLENGES_PER_DAY: Final = 20
DAY: Final = timedelta(days=1)


def send_challenges(
    *, sandbox: SandboxCase, colleagues: Sequence[int], density: str | None = None
) -> list[Challenge]:
    """Have the case made as it stands now and send it to colleagues, untouched or not.

    In another density where one is named.

    Sending it to the same colleague again changes nothing; what was taken back is sent anew.

    Raises:
        NotAColleagueError: if somebody is not of a cohort of the owner's in which the case may be
            read, or has met the woman or may yet meet her in a challenge that is open.
        ChallengeDeclinedError: if somebody has declined this very case.
        TooManyChallengesError: if the owner has sent as many today as a day allows.
        CasesError, SpecError: if the case cannot be made; see `request_placed`.
    """
    owner = sandbox.owner
    allowed = colleagues_q(owner, sandbox.base.institution_id)
    people = list(User.objects.filter(allowed, pk__in=colleagues).order_by("pk"))
    with transaction.atomic():
        _lock_people(owner, *people)
        request = request_placed(sandbox=sandbox, density=density)
        known = {
            each.colleague_id: each for each in request.challenges.filter(colleague__in=people)
        }
        _check_declined(known.values())
        back = [each for each in known.values() if each.answer == Answer.WITHDRAWN]
        taken_back = {each.colleague_id for each in back}
        fresh = [one for one in people if one.pk not in known.keys() - taken_back]
        _check_people(sandbox, people, fresh, colleagues)
        _check_today(owner, len(fresh))
        for one in fresh:
            known[one.pk] = _send(sandbox, request, one, known.get(one.pk))
    return [known[one.pk] for one in people]


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
        ChallengeClosedError: if it was declined or taken back, or can no longer be read, as where
            the colleague has met the woman since.
    """
    with transaction.atomic():
        _lock_people(challenge.colleague)
        row = _lock(challenge)
        if row.assignment is not None:
            return row.assignment
        case = row.request.case
        if row.answer != Answer.OPEN or case is None or is_closed(row) or _has_met(row):
            raise ChallengeClosedError()
        now = timezone.now()
        session = Session.objects.create(
            reader=row.colleague,
            institution=row.institution,
            mode=Session.Mode.CHALLENGE,
            ended_at=now,
        )
        row.assignment = Assignment.objects.create(session=session, case=case, position=1)
        row.answer, row.answered_at = Answer.ACCEPTED, now
        row.save(update_fields=["assignment", "answer", "answered_at"])
        return row.assignment


def _send(
    sandbox: SandboxCase, request: CaseRequest, colleague: User, back: Challenge | None
) -> Challenge:
    """Send a case to one colleague: for the first time, or anew what was taken back."""
    if back is None:
        return Challenge.objects.create(
            challenger=sandbox.owner,
            colleague=colleague,
            institution_id=_find_institution(sandbox, colleague),
            request=request,
        )
    back.answer, back.answered_at, back.sent_at = Answer.OPEN, None, timezone.now()
    back.save(update_fields=["answer", "answered_at", "sent_at"])
    return back


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


def _lock_people(*people: Any) -> None:
    """What is sent to and taken by a person happens one after another, for all in one order."""
    wanted = [one.pk for one in people]
    list(User.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk"))


def _has_met(challenge: Challenge) -> bool:
    base = challenge.request.variant_of
    return base is not None and bool(find_met(base, [challenge.colleague]))


def _check_declined(known: Iterable[Challenge]) -> None:
    names = [str(each.colleague) for each in known if each.answer == Answer.DECLINED]
    if names:
        raise ChallengeDeclinedError(", ".join(names))


def _check_today(owner: User, more: int) -> None:
    today = Challenge.objects.filter(challenger=owner, sent_at__gte=timezone.now() - DAY)
    if today.count() + more > CHALLENGES_PER_DAY:
        raise TooManyChallengesError(CHALLENGES_PER_DAY)


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


def _find_institution(sandbox: SandboxCase, colleague: User) -> int:
    """Where it is read: in the institution of the case, otherwise of a common cohort."""
    if sandbox.base.institution_id is not None:
        return sandbox.base.institution_id
    own = Membership.objects.filter(user=sandbox.owner, cohort__isnull=False)
    common = Membership.objects.filter(user=colleague, cohort__in=own.values("cohort"))
    return common.order_by("created_at", "pk").values_list("institution", flat=True)[0]
