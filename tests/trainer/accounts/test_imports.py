import pytest

from tests.factories.accounts import UserFactory
from trainer.accounts.domain.imports import ImportResult, import_people
from trainer.accounts.domain.invites import join_by_invite
from trainer.accounts.domain.password_links import use_password_link
from trainer.accounts.errors import AccountsError
from trainer.accounts.models import Cohort, Institution, Invite, PasswordLink, User

HEADER = "email,name,role,cohort\n"


def load(institution: Institution, by: User, rows: str, header: str = HEADER) -> ImportResult:
    return import_people(institution=institution, imported_by=by, text=header + rows)


def test_everybody_in_the_file_can_come_in(institution: Institution, director: User) -> None:
    known = UserFactory.create(email="known@example.org")
    result = load(
        institution,
        director,
        'Ada@Example.org,"Lovelace, Ada",Resident,Class of 2027\r\n'
        "known@example.org,,educator,\r\n",
    )
    assert not result.errors
    ada, invited = result.created
    assert (ada.email, ada.name, ada.kind) == ("ada@example.org", "Lovelace, Ada", "password")
    user = use_password_link(token=ada.token, password="a first good passphrase")
    membership = user.memberships.get()
    assert membership.cohort is not None
    assert (membership.role, membership.cohort.name) == ("resident", "Class of 2027")
    assert invited.kind == "invite"
    assert not known.memberships.exists()
    join_by_invite(token=invited.token, user=known)
    assert known.memberships.get().role == "educator"


def test_one_wrong_row_keeps_everybody_out(institution: Institution, director: User) -> None:
    people = User.objects.count()
    result = load(
        institution,
        director,
        "fine@example.org,Fine,resident,New cohort\n"
        "no address,X,resident,\n"
        "a@example.org,X,chief,\n"
        "b@example.org,X,operator,\n"
        "c@example.org,too,many,values,here\n"
        "d@example.org,few\n"
        "FINE@example.org,Twice,resident,\n"
        f"{director.email},Director,director,\n",
    )
    assert result.created == []
    assert sorted(result.errors) == [3, 4, 5, 6, 7, 8, 9]
    assert result.errors[3] == ["email: This is not an email address."]
    assert result.errors[5] == ["role: You cannot give the role “operator”."]
    assert User.objects.count() == people
    counts = [model.objects.count() for model in (Cohort, Invite, PasswordLink)]
    assert counts == [0, 0, 0]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "email,name,role\na@example.org,A,resident\n",
        HEADER,
        HEADER + "a,b,c,d\n" * 1001,
        HEADER + "a@example.org,A\0,resident,\n",
    ],
    ids=["empty", "column missing", "nobody", "too many", "no text"],
)
def test_a_file_that_cannot_be_used_is_refused(
    institution: Institution, director: User, text: str
) -> None:
    with pytest.raises(AccountsError) as refused:
        import_people(institution=institution, imported_by=director, text=text)
    assert set(refused.value.errors) == {"file"}


def test_a_resident_imports_nobody(institution: Institution, resident: User) -> None:
    result = load(institution, resident, "a@example.org,A,resident,\n")
    assert result.created == []
    assert list(result.errors) == [2]


def test_what_is_wrong_with_a_cohort_is_said_under_its_column(
    institution: Institution, director: User
) -> None:
    result = load(institution, director, f"a@example.org,Ada,resident,{'x' * 201}\n")
    assert result.errors == {2: ["cohort: A name has at most 200 characters."]}


def test_a_byte_order_mark_and_columns_in_another_order_are_read(
    institution: Institution, director: User
) -> None:
    result = load(
        institution, director, "resident,,a@example.org,Ada\n", "\ufeffRole,Cohort,Email,Name\n"
    )
    assert [person.email for person in result.created] == ["a@example.org"]
