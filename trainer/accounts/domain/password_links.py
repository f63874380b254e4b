"""A new password without mail: somebody in charge makes a link and hands it over."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from trainer.accounts.domain.people import set_password
from trainer.accounts.errors import LinkError
from trainer.accounts.models import PasswordLink, User
from trainer.accounts.tokens import hash_token, make_token

PASSWORD_LINK_LIFETIME = timedelta(days=3)


@transaction.atomic
def create_password_link(
    *, user: User, created_by: User | None, lifetime: timedelta = PASSWORD_LINK_LIFETIME
) -> tuple[PasswordLink, str]:
    """A link and its token, which is shown once; the person's earlier links end."""
    now = timezone.now()
    close_password_links(user=user)
    token = make_token()
    link = PasswordLink.objects.create(
        user=user,
        created_by=created_by,
        token_hash=hash_token(token),
        expires_at=now + lifetime,
    )
    return link, token


@transaction.atomic
def use_password_link(*, token: str, password: str) -> User:
    """Set the password; a refused password leaves the link open.

    Raises:
        LinkError: when the link cannot be used.
        AccountsError: with what is wrong with the password.
    """
    link = PasswordLink.objects.select_for_update().filter(token_hash=hash_token(token)).first()
    if link is None or not link.is_open(timezone.now()) or not link.user.is_active:
        raise LinkError
    set_password(user=link.user, password=password)
    link.used_at = timezone.now()
    link.save(update_fields=["used_at"])
    close_password_links(user=link.user)
    return link.user


def close_password_links(*, user: User) -> None:
    now = timezone.now()
    user.password_links.filter(used_at=None, expires_at__gt=now).update(expires_at=now)
