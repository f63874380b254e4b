from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trainer.accounts.domain.people import add_membership, clean_person, set_password
from trainer.accounts.errors import AccountsError, LinkError
from trainer.accounts.models import Cohort, Institution, Invite, Membership, User
from trainer.accounts.rules import grantable_roles
from trainer.accounts.tokens import hash_token, make_token

INVITE_LIFETIME = timedelta(days=14)


@transaction.atomic
def invite_person(
    *,
    institution: Institution,
    email: str,
    role: str,
    cohort: Cohort | None = None,
    name: str = "",
    invited_by: User | None = None,
) -> tuple[Invite, str]:
    """An invite and the token of its link, which is shown once; earlier invites end.

    Without `invited_by` the institution itself invites: the command that founds it does so.

    Raises:
        AccountsError: with every field that is wrong.
    """
    email = clean_person(institution=institution, email=email, name=name, role=role, cohort=cohort)
    if invited_by is not None and role not in grantable_roles(invited_by, institution):
        raise AccountsError({"role": [_("You cannot give this role.")]})
    if Membership.objects.filter(user__email=email, institution=institution, role=role).exists():
        raise AccountsError({"email": [_("This person already has this role here.")]})
    now = timezone.now()
    Invite.objects.filter(
        institution=institution, email=email, role=role, accepted_at=None, expires_at__gt=now
    ).update(expires_at=now)
    token = make_token()
    invite = Invite.objects.create(
        institution=institution,
        cohort=cohort,
        email=email,
        name=name.strip(),
        role=role,
        token_hash=hash_token(token),
        invited_by=invited_by,
        expires_at=now + INVITE_LIFETIME,
    )
    return invite, token


@transaction.atomic
def accept_invite(*, token: str, name: str, password: str) -> User:
    """Make the invited person's account, with the invited role.

    Raises:
        LinkError: when the link cannot be used.
        AccountsError: when the password is too weak, or the account exists: then its owner has
            to sign in and join, or whoever holds the link could take the account over.
    """
    invite = take_open_invite(token)
    if User.objects.filter(email=invite.email).exists():
        raise AccountsError({"email": [_("This person has an account: sign in to accept.")]})
    user = User.objects.create_user(email=invite.email, name=name.strip() or invite.name)
    set_password(user=user, password=password)
    close_invite(invite=invite, user=user)
    return user


@transaction.atomic
def join_by_invite(*, token: str, user: User) -> None:
    """Add the invited role to an account whose owner is signed in.

    Raises:
        LinkError: when the link cannot be used, or is meant for somebody else.
    """
    invite = take_open_invite(token)
    if invite.email != user.email:
        raise LinkError
    close_invite(invite=invite, user=user)


def take_open_invite(token: str) -> Invite:
    """The invite, locked, so that two clicks do not both accept it."""
    invite = Invite.objects.select_for_update().filter(token_hash=hash_token(token)).first()
    if invite is None or not invite.is_open(timezone.now()):
        raise LinkError
    return invite


def close_invite(*, invite: Invite, user: User) -> None:
    add_membership(
        user=user, institution=invite.institution, role=invite.role, cohort=invite.cohort
    )
    invite.accepted_at, invite.accepted_by = timezone.now(), user
    invite.save(update_fields=["accepted_at", "accepted_by"])
