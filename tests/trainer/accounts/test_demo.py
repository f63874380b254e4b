import stat
from pathlib import Path

from django.test import Client

from trainer.accounts.domain.demo import PEOPLE, ensure_demo
from trainer.accounts.models import Cohort, Institution, Membership, User


def sign_in(email: str, password: str) -> int:
    return Client().post("/accounts/login/", {"login": email, "password": password}).status_code


def test_everybody_can_sign_in_and_is_made_once(db: None, tmp_path: Path) -> None:
    file = tmp_path / "demo-credentials.txt"
    people = ensure_demo(credentials=file)
    assert [person for person, _ in people] == list(PEOPLE)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert sign_in(*(people[0][0].email, people[0][1])) == 302
    assert sign_in(people[0][0].email, "wrong") == 200
    hashes = dict(User.objects.values_list("email", "password"))
    assert ensure_demo(credentials=file) == people
    assert dict(User.objects.values_list("email", "password")) == hashes
    counts = [model.objects.count() for model in (Institution, Cohort, User, Membership)]
    assert counts == [1, 1, 6, 6]
    assert not Membership.objects.filter(role="resident", cohort=None).exists()


def test_a_lost_file_gets_new_passwords(db: None, tmp_path: Path) -> None:
    file = tmp_path / "demo-credentials.txt"
    before = dict(ensure_demo(credentials=file))
    file.unlink()
    after = dict(ensure_demo(credentials=file))
    assert all(before[person] != after[person] for person in PEOPLE)
    user = User.objects.get(email=PEOPLE[0].email)
    assert user.check_password(after[PEOPLE[0]])


def test_a_file_left_by_another_database_keeps_its_passwords_out(db: None, tmp_path: Path) -> None:
    file = tmp_path / "demo-credentials.txt"
    ensure_demo(credentials=file)
    User.objects.all().delete()
    for person, password in ensure_demo(credentials=file):
        assert User.objects.get(email=person.email).check_password(password)
