import pytest
from django.db import IntegrityError

from tests.factories.accounts import PASSWORD, UserFactory
from trainer.accounts.models import User


def test_email_is_kept_in_lower_case(db: None) -> None:
    user = User.objects.create_user(email=" Ada@Example.ORG ", name="Ada", password=PASSWORD)
    assert user.email == "ada@example.org"
    assert User.objects.get_by_natural_key("ADA@example.org") == user


def test_the_database_refuses_a_second_spelling_of_an_email(db: None) -> None:
    with pytest.raises(IntegrityError):
        UserFactory.create(email="Ada@example.org")


def test_a_person_without_a_password_cannot_sign_in(db: None) -> None:
    assert not User.objects.create_user(email="ada@example.org").has_usable_password()
