"""Who may do what with people. Each predicate stands beside the Q that filters the same thing.

A membership without a cohort covers the whole institution; with one, only that cohort.
"""

import rules
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q

from trainer.accounts.models import Cohort, Institution, Membership, Role, User

MANAGERS = (Role.DIRECTOR, Role.OPERATOR)
TEACHERS = (Role.EDUCATOR, Role.DIRECTOR, Role.OPERATOR)
# A director cannot make an operator, nor take over an operator's account.
GRANTS: dict[str, frozenset[str]] = {
    Role.DIRECTOR: frozenset({Role.RESIDENT, Role.EDUCATOR, Role.DIRECTOR}),
    Role.OPERATOR: frozenset(Role.values),
}


def roles_of(user: User | AnonymousUser, institution: Institution | None = None) -> set[str]:
    """The roles a person has in an institution, or in any."""
    if not user.is_authenticated or not user.is_active:
        return set()
    memberships = Membership.objects.filter(user=user)
    if institution is not None:
        memberships = memberships.filter(institution=institution)
    return set(memberships.values_list("role", flat=True))


def grantable_roles(user: User | AnonymousUser, institution: Institution) -> frozenset[str]:
    """The roles a person may give to others in an institution."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    managing = Membership.objects.filter(
        user=user, institution=institution, cohort=None, role__in=MANAGERS
    ).values_list("role", flat=True)
    return frozenset().union(*(GRANTS[role] for role in managing))


@rules.predicate
def manages_people(user: User | AnonymousUser, institution: Institution) -> bool:
    return bool(grantable_roles(user, institution))


def managed_institutions_q(user: User | AnonymousUser) -> Q:
    """Institutions whose people the person manages."""
    if not user.is_authenticated or not user.is_active:
        return Q(pk__in=[])
    return Q(
        pk__in=Membership.objects.filter(user=user, role__in=MANAGERS, cohort=None).values(
            "institution"
        )
    )


@rules.predicate
def sees_cohort(user: User | AnonymousUser, cohort: Cohort) -> bool:
    if not user.is_authenticated or not user.is_active:
        return False
    return (
        Membership.objects.filter(user=user, institution=cohort.institution_id, role__in=TEACHERS)
        .filter(Q(cohort=None) | Q(cohort=cohort))
        .exists()
    )


def seen_cohorts_q(user: User | AnonymousUser) -> Q:
    """Cohorts whose residents' results the person sees."""
    if not user.is_authenticated or not user.is_active:
        return Q(pk__in=[])
    teaching = Membership.objects.filter(user=user, role__in=TEACHERS)
    return Q(institution__in=teaching.filter(cohort=None).values("institution")) | Q(
        pk__in=teaching.exclude(cohort=None).values("cohort")
    )


@rules.predicate
def resets_password(user: User | AnonymousUser, person: User) -> bool:
    """Only over people who are nobody elsewhere: the link opens their whole account."""
    memberships = list(person.memberships.select_related("institution"))
    if person.is_staff or person.is_superuser or not person.is_active or not memberships:
        return False
    return all(
        membership.role in grantable_roles(user, membership.institution)
        for membership in memberships
    )


def resettable_people_q(user: User | AnonymousUser) -> Q:
    """People to whom the person may give a password link."""
    if not user.is_authenticated or not user.is_active:
        return Q(pk__in=[])
    managing = Membership.objects.filter(user=user, cohort=None, role__in=MANAGERS)
    within_reach = Q(pk__in=[])
    for institution, role in managing.values_list("institution", "role"):
        within_reach |= Q(institution=institution, role__in=GRANTS[role])
    theirs = Membership.objects.filter(user=OuterRef("pk"))
    return (
        Q(is_staff=False, is_superuser=False, is_active=True)
        & Q(Exists(theirs))
        & ~Q(Exists(theirs.exclude(within_reach)))
    )


rules.add_perm("accounts.manage_people", manages_people)
rules.add_perm("accounts.see_cohort", sees_cohort)
rules.add_perm("accounts.reset_password", resets_password)
