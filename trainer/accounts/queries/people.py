from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from trainer.accounts.models import Cohort, Institution, Invite, Membership, PasswordLink, User
from trainer.accounts.rules import managed_institutions_q, resettable_people_q, seen_cohorts_q
from trainer.accounts.tokens import hash_token


def memberships_of(user: User) -> QuerySet[Membership]:
    return user.memberships.select_related("institution", "cohort")


def home_institution(user: User) -> Institution | None:
    """Where the person works; of several, the one they joined first."""
    membership = memberships_of(user).order_by("created_at", "pk").first()
    return membership.institution if membership else None


def managed_institutions(user: User | AnonymousUser) -> QuerySet[Institution]:
    return Institution.objects.filter(managed_institutions_q(user))


def managed_people(user: User | AnonymousUser) -> QuerySet[User]:
    """People of the institutions that the person manages, with what they are there.

    Memberships elsewhere are nobody's business here, so they are not loaded.
    """
    institutions = managed_institutions(user)
    here = Membership.objects.filter(institution__in=institutions).select_related(
        "institution", "cohort"
    )
    return (
        User.objects.filter(Exists(here.filter(user=OuterRef("pk"))))
        .annotate(
            may_reset_password=Exists(
                User.objects.filter(resettable_people_q(user), pk=OuterRef("pk"))
            )
        )
        .prefetch_related(Prefetch("memberships", queryset=here))
    )


def seen_cohorts(user: User | AnonymousUser) -> QuerySet[Cohort]:
    return Cohort.objects.filter(seen_cohorts_q(user)).select_related("institution")


def find_open_invite(token: str) -> Invite | None:
    invite = (
        Invite.objects.filter(token_hash=hash_token(token))
        .select_related("institution", "cohort", "invited_by")
        .first()
    )
    return invite if invite and invite.is_open(timezone.now()) else None


def find_open_password_link(token: str) -> PasswordLink | None:
    link = (
        PasswordLink.objects.filter(Q(token_hash=hash_token(token)) & Q(user__is_active=True))
        .select_related("user")
        .first()
    )
    return link if link and link.is_open(timezone.now()) else None
