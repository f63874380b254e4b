from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.response import Response
from rest_framework.test import APIClient

from tests.factories.accounts import InstitutionFactory, MembershipFactory
from trainer.accounts.models import Cohort, Institution, Invite, Role, User

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]


def send_file(browser: APIClient, text: str | bytes, **fields: object) -> Response:
    content = text.encode() if isinstance(text, str) else text
    file = SimpleUploadedFile("people.csv", content, content_type="text/csv")
    return browser.post("/api/people/import/", {"file": file, **fields}, format="multipart")


def test_me_tells_roles_and_memberships(api: SignIn, resident: User, cohort: Cohort) -> None:
    me = api(resident).get("/api/me/").json()
    assert me == {
        "id": resident.pk,
        "email": resident.email,
        "name": resident.name,
        "roles": ["resident"],
        "memberships": [
            {
                "institution": {
                    "id": cohort.institution_id,
                    "name": cohort.institution.name,
                },
                "cohort": {"id": cohort.pk, "name": cohort.name},
                "role": "resident",
            }
        ],
        "tutorial_done": False,
        "language": "en",
        "reading_begun": None,
    }


def test_tutorial_is_remembered_and_nothing_else_changes(api: SignIn, resident: User) -> None:
    sent = {"tutorial_done": True, "email": "root@example.org", "roles": ["operator"]}
    me = api(resident).patch("/api/me/", sent).json()
    assert me["tutorial_done"] is True
    resident.refresh_from_db()
    assert resident.tutorial_done
    assert resident.email != "root@example.org"
    assert me["roles"] == ["resident"]


@pytest.mark.parametrize("role", ["resident", "educator"])
def test_people_are_for_directors_and_operators(
    api: SignIn, request: pytest.FixtureRequest, role: str, director: User
) -> None:
    browser = api(request.getfixturevalue(role))
    for response in (
        browser.get("/api/people/"),
        browser.post("/api/invites/", {"email": "new@example.org", "role": "resident"}),
        send_file(browser, "email,name,role,cohort\nnew@example.org,New,resident,\n"),
        browser.post(f"/api/people/{director.pk}/password-link/"),
    ):
        assert response.status_code == 403
    assert not Invite.objects.exists()
    assert not User.objects.filter(email="new@example.org").exists()


def test_director_lists_the_people_of_the_institution(
    api: SignIn, director: User, resident: User, cohort: Cohort
) -> None:
    MembershipFactory.create(institution=InstitutionFactory.create())
    people = api(director).get("/api/people/").json()
    rows = {person["email"]: person for person in people["results"]}
    assert set(rows) == {director.email, resident.email}
    assert rows[resident.email]["role"] == "resident"
    assert rows[resident.email]["cohort"] == {"id": cohort.pk, "name": cohort.name}
    assert rows[resident.email]["may_reset_password"] is True


def test_invite_gives_a_link_that_works(
    api: SignIn, director: User, cohort: Cohort, client: APIClient
) -> None:
    sent = {"email": "new@example.org", "role": "resident", "cohort": cohort.pk}
    response = api(director).post("/api/invites/", sent)
    assert response.status_code == 201
    link = response.json()
    assert link["expires_at"]
    assert client.get(link["url"]).status_code == 200


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"email": "nobody"}, "email"),
        ({"email": ""}, "email"),
        ({"role": "king"}, "role"),
        ({"role": "operator"}, "role"),
        ({"cohort": 999_999}, "cohort"),
        ({"cohort": "first"}, "cohort"),
        ({"name": "x" * 151}, "name"),
    ],
)
def test_wrong_invites_name_their_field(
    api: SignIn, director: User, fields: dict[str, object], name: str
) -> None:
    sent = {"email": "new@example.org", "role": "resident", **fields}
    response = api(director).post("/api/invites/", sent)
    assert response.status_code == 400
    assert name in response.json()
    assert not Invite.objects.exists()


def test_cohort_of_another_institution_is_refused(api: SignIn, director: User) -> None:
    foreign = Cohort.objects.create(institution=InstitutionFactory.create(), name="Theirs")
    sent = {"email": "new@example.org", "role": "resident", "cohort": foreign.pk}
    assert api(director).post("/api/invites/", sent).status_code == 400
    elsewhere = {
        "email": "n@example.org",
        "role": "resident",
        "institution": foreign.institution_id,
    }
    assert api(director).post("/api/invites/", elsewhere).status_code == 403


def test_import_takes_everybody(api: SignIn, director: User, institution: Institution) -> None:
    text = "email,name,role,cohort\na@example.org,A,resident,First\nb@example.org,B,educator,\n"
    response = send_file(api(director), text)
    assert response.status_code == 201
    body = response.json()
    assert [person["email"] for person in body["created"]] == ["a@example.org", "b@example.org"]
    assert all("/password/" in person["url"] for person in body["created"])
    assert body["errors"] == {}
    assert institution.memberships.filter(role=Role.RESIDENT).count() == 1


def test_import_goes_to_the_institution_that_is_named(
    api: SignIn, director: User, institution: Institution
) -> None:
    second = MembershipFactory.create(user=director, role=Role.DIRECTOR).institution
    foreign = InstitutionFactory.create()
    browser = api(director)
    text = "email,name,role,cohort\na@example.org,A,resident,First\n"
    assert send_file(browser, text, institution=foreign.pk).status_code == 403
    assert send_file(browser, text, institution="second").status_code == 400
    assert not User.objects.filter(email="a@example.org").exists()
    assert send_file(browser, text, institution=second.pk).status_code == 201
    joined = User.objects.get(email="a@example.org").memberships.get()
    assert (joined.institution, joined.cohort.institution) == (second, second)


def test_import_takes_nobody_when_a_row_is_wrong(api: SignIn, director: User) -> None:
    before = User.objects.count()
    text = "email,name,role,cohort\na@example.org,A,resident,\nnobody,B,king,\n"
    response = send_file(api(director), text)
    assert response.status_code == 400
    assert response.json()["created"] == []
    assert set(response.json()["errors"]) == {"3"}
    assert User.objects.count() == before


@pytest.mark.parametrize(
    "content",
    [
        "",
        "email,name\n",
        b"\xff\xfe\x00",
        "email,name,role,cohort\n",
        "\x00" * 50,
        "email,name,role,cohort\nnew@a.example,A\x00B,resident,\n",
    ],
)
def test_files_that_are_no_list_are_refused(
    api: SignIn, director: User, content: str | bytes
) -> None:
    response = send_file(api(director), content)
    assert response.status_code == 400
    assert "file" in response.json()


def test_a_file_that_is_too_large_is_refused(api: SignIn, director: User) -> None:
    assert send_file(api(director), "x" * 2_000_000).status_code == 413


def test_import_needs_a_file(api: SignIn, director: User) -> None:
    response = api(director).post("/api/people/import/", {"file": "text"}, format="multipart")
    assert response.status_code == 400
    assert api(director).post("/api/people/import/", {}).status_code == 415


def test_password_link_for_ones_own_people_only(
    api: SignIn, director: User, operator: User, resident: User, client: APIClient
) -> None:
    link = api(director).post(f"/api/people/{resident.pk}/password-link/")
    assert link.status_code == 201
    assert client.get(link.json()["url"]).status_code == 200
    stranger = MembershipFactory.create(institution=InstitutionFactory.create()).user
    browser = api(director)
    assert browser.post(f"/api/people/{stranger.pk}/password-link/").status_code == 404
    assert browser.post(f"/api/people/{operator.pk}/password-link/").status_code == 403
    assert browser.post("/api/people/99999999999999999999/password-link/").status_code == 404
