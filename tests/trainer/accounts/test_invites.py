from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories.accounts import (
    PASSWORD,
    CohortFactory,
    InstitutionFactory,
    MembershipFactory,
    UserFactory,
)
from trainer.accounts.domain.invites import accept_invite, invite_person, join_by_invite
from trainer.accounts.errors import AccountsError, LinkError
from trainer.accounts.models import Cohort, Institution, Invite, Membership, Role, User


def invite(institution: Institution, email: str = "new@example.org", **more: object) -> str:
    wanted = {"role": Role.RESIDENT, **more}
    return invite_person(institution=institution, email=email, **wanted)[1]  # type: ignore[arg-type]


def test_an_accepted_invite_makes_the_person_with_the_role(cohort: Cohort) -> None:
    token = invite(cohort.institution, "New@Example.org", cohort=cohort)
    user = accept_invite(token=token, name="Noa New", password=PASSWORD)
    membership = Membership.objects.get(user=user)
    assert (user.email, user.name) == ("new@example.org", "Noa New")
    assert (membership.institution, membership.cohort, membership.role) == (
        cohort.institution,
        cohort,
        "resident",
    )
    with pytest.raises(LinkError):
        accept_invite(token=token, name="Again", password=PASSWORD)


def test_the_token_is_not_in_the_database(institution: Institution) -> None:
    token = invite(institution)
    assert token not in str(list(Invite.objects.values()))


def test_a_weak_password_leaves_nothing_behind_and_the_link_open(institution: Institution) -> None:
    token = invite(institution)
    with pytest.raises(AccountsError) as refused:
        accept_invite(token=token, name="Noa", password="12345678")
    assert set(refused.value.errors) == {"password"}
    assert not User.objects.filter(email="new@example.org").exists()
    assert accept_invite(token=token, name="Noa", password=PASSWORD)


def test_an_old_invite_and_a_replaced_one_are_closed(institution: Institution) -> None:
    first = invite(institution)
    second = invite(institution)
    with pytest.raises(LinkError):
        accept_invite(token=first, name="Noa", password=PASSWORD)
    Invite.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(LinkError):
        accept_invite(token=second, name="Noa", password=PASSWORD)


def test_an_invite_does_not_open_an_account_that_exists(institution: Institution) -> None:
    owner = UserFactory.create(email="owner@example.org")
    token = invite(institution, owner.email)
    with pytest.raises(AccountsError):
        accept_invite(token=token, name="Thief", password="another good password")
    with pytest.raises(LinkError):
        join_by_invite(token=token, user=UserFactory.create())
    owner.refresh_from_db()
    assert owner.check_password(PASSWORD)
    join_by_invite(token=token, user=owner)
    assert Membership.objects.filter(user=owner, institution=institution).exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"email": "no address"}, "email"),
        ({"role": "chief"}, "role"),
        ({"cohort": "elsewhere"}, "cohort"),
        ({"name": "x" * 151}, "name"),
    ],
)
def test_wrong_values_are_named_by_field(
    institution: Institution, change: dict[str, object], field: str
) -> None:
    if "cohort" in change:
        change = {"cohort": CohortFactory.create()}
    with pytest.raises(AccountsError) as refused:
        invite(institution, **change)  # type: ignore[arg-type]
    assert set(refused.value.errors) == {field}
    assert not Invite.objects.exists()


def test_roles_above_ones_own_cannot_be_given(
    institution: Institution, director: User, resident: User
) -> None:
    for inviting, role in [(director, "operator"), (resident, "resident")]:
        with pytest.raises(AccountsError) as refused:
            invite(institution, role=role, invited_by=inviting)
        assert set(refused.value.errors) == {"role"}
    assert invite(institution, role="educator", invited_by=director)
    with pytest.raises(AccountsError):
        invite(InstitutionFactory.create(), invited_by=director)


def test_the_page_lets_a_new_person_in(client: Client, institution: Institution) -> None:
    address = f"/invite/{invite(institution, name='Noa')}/"
    page = client.get(address)
    assert page.status_code == 200
    assert institution.name in page.text
    assert page["Referrer-Policy"] == "strict-origin"
    assert "no-store" in page["Cache-Control"]
    wrong = {"name": "Noa", "password": PASSWORD, "password_again": "other"}
    assert client.post(address, wrong).status_code == 400
    right = {**wrong, "password_again": PASSWORD}
    assert client.post(address, right).headers["Location"] == "/"
    assert client.session["_auth_user_id"] == str(User.objects.get(email="new@example.org").pk)
    assert client.get(address).status_code == 410


def test_the_page_asks_the_owner_of_an_account_to_sign_in(
    client: Client, institution: Institution
) -> None:
    owner = MembershipFactory.create().user
    address = f"/invite/{invite(institution, owner.email)}/"
    assert "Sign in with it to join." in client.get(address).text
    client.post(address, {"name": "x", "password": PASSWORD, "password_again": PASSWORD})
    assert not owner.memberships.filter(institution=institution).exists()
    client.force_login(owner)
    assert client.post(address).headers["Location"] == "/"
    assert owner.memberships.filter(institution=institution).exists()


def test_links_cannot_be_tried_without_end(client: Client, institution: Institution) -> None:
    address = f"/invite/{invite(institution)}/"
    assert {client.get(address).status_code for _ in range(40)} == {200}
    assert {client.get(f"/invite/guess-{n}/").status_code for n in range(30)} == {410}
    assert client.get(address).status_code == 429


def test_the_log_keeps_no_link(
    client: Client, institution: Institution, caplog: pytest.LogCaptureFixture
) -> None:
    token = invite(institution)
    assert client.post(f"/invite/{token}/", {"name": ""}).status_code == 400
    assert token not in caplog.text
