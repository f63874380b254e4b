from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories.accounts import PASSWORD
from trainer.accounts.domain.password_links import create_password_link, use_password_link
from trainer.accounts.errors import AccountsError, LinkError
from trainer.accounts.models import PasswordLink, User

NEW = "a whole new passphrase"


def test_a_link_sets_the_password_once(resident: User, director: User) -> None:
    _, token = create_password_link(user=resident, created_by=director)
    assert token not in str(list(PasswordLink.objects.values()))
    with pytest.raises(AccountsError):
        use_password_link(token=token, password="short")
    assert use_password_link(token=token, password=NEW).check_password(NEW)
    with pytest.raises(LinkError):
        use_password_link(token=token, password=PASSWORD)


def test_a_newer_link_and_time_close_a_link(resident: User, director: User) -> None:
    _, first = create_password_link(user=resident, created_by=director)
    _, second = create_password_link(user=resident, created_by=director)
    with pytest.raises(LinkError):
        use_password_link(token=first, password=NEW)
    PasswordLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(LinkError):
        use_password_link(token=second, password=NEW)
    resident.refresh_from_db()
    assert resident.check_password(PASSWORD)


def test_someone_who_left_is_not_let_back_in(resident: User) -> None:
    _, token = create_password_link(user=resident, created_by=None)
    User.objects.filter(pk=resident.pk).update(is_active=False)
    with pytest.raises(LinkError):
        use_password_link(token=token, password=NEW)


def test_a_new_password_ends_open_sessions(client: Client, resident: User) -> None:
    elsewhere = Client()
    elsewhere.force_login(resident)
    address = f"/password/{create_password_link(user=resident, created_by=None)[1]}/"
    assert resident.email in client.get(address).text
    assert client.post(address, {"password": NEW, "password_again": NEW}).status_code == 302
    assert client.session["_auth_user_id"] == str(resident.pk)
    assert (
        elsewhere.get("/accounts/password/change/")
        .headers["Location"]
        .startswith("/accounts/login/")
    )
    assert client.get(address).status_code == 410
