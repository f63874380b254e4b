"""Who may challenge whom, and see what. Each predicate stands beside the Q of the same."""

import rules
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from trainer.accounts.models import Membership, Role, User
from trainer.challenges.models import Challenge

Person = User | AnonymousUser


def _cohorts(user: Person) -> QuerySet[Membership]:
    """Memberships of a person in cohorts, whatever the role."""
    if not isinstance(user, User) or not user.is_active:
        return Membership.objects.none()
    return Membership.objects.filter(user=user, cohort__isnull=False)


@rules.predicate
def is_colleague(user: Person, other: User) -> bool:
    """Residents of a cohort that the person is in, but for the person."""
    if other.pk == user.pk or not other.is_active:
        return False
    theirs = Membership.objects.filter(user=other, role=Role.RESIDENT)
    return theirs.filter(cohort__in=_cohorts(user).values("cohort")).exists()


def colleagues_q(user: Person, institution_id: int | None = None) -> Q:
    """The same as a filter; of the cohorts of one institution alone where one is named."""
    own = _cohorts(user)
    if institution_id is not None:
        own = own.filter(institution=institution_id)
    theirs = Membership.objects.filter(role=Role.RESIDENT, cohort__in=own.values("cohort"))
    return Q(is_active=True, pk__in=theirs.values("user")) & ~Q(pk=user.pk)


@rules.predicate
def sent_challenge(user: Person, challenge: Challenge) -> bool:
    return isinstance(user, User) and user.is_active and challenge.challenger_id == user.pk


def sent_challenges_q(user: Person) -> Q:
    known = isinstance(user, User) and user.is_active
    return Q(challenger_id=user.pk) if known else Q(pk__in=[])


@rules.predicate
def received_challenge(user: Person, challenge: Challenge) -> bool:
    """It reaches the colleague once its case is made."""
    known = isinstance(user, User) and user.is_active
    return known and challenge.colleague_id == user.pk and challenge.request.case_id is not None


def received_challenges_q(user: Person) -> Q:
    known = isinstance(user, User) and user.is_active
    return Q(colleague_id=user.pk, request__case__isnull=False) if known else Q(pk__in=[])


rules.add_perm("challenges.challenge", is_colleague)
rules.add_perm("challenges.see_sent", sent_challenge)
rules.add_perm("challenges.see_received", received_challenge)
