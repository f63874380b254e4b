from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from tests.factories.generators import install_generator
from trainer.accounts.models import User

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]
PATH = "/api/generators/"


@pytest.fixture(autouse=True)
def site(settings: Settings, tmp_path: Path) -> Path:
    settings.GENERATORS_DIR = tmp_path / "generators"
    return tmp_path / "generators"


def test_the_shipped_generator_is_the_default(api: SignIn, educator: User) -> None:
    (listed,) = api(educator).get(PATH).json()
    assert (listed["name"], listed["is_default"], listed["has_card"]) == ("parenchyma", True, True)
    assert len(listed["sha256"]) == 64
    assert "CDD-CESM" in listed["trained_on"]
    assert listed["version"]


def test_the_sites_own_are_listed_without_a_restart(
    api: SignIn, educator: User, site: Path
) -> None:
    sha256 = install_generator(site, "ours")
    first, second = api(educator).get(PATH).json()
    assert first["is_default"]
    assert second == {
        "name": "ours",
        "sha256": sha256,
        "is_default": False,
        "trained_on": "images of ours",
        "version": "9.9.9",
        "has_card": False,
    }


def test_the_settings_name_another_default_and_it_comes_first(
    api: SignIn, educator: User, site: Path, settings: Settings
) -> None:
    install_generator(site, "ours")
    settings.GENERATION_WEIGHTS = "ours"
    listed = api(educator).get(PATH).json()
    assert [(each["name"], each["is_default"]) for each in listed] == [
        ("ours", True),
        ("parenchyma", False),
    ]


def test_a_default_that_is_missing_leaves_the_others(
    api: SignIn, educator: User, settings: Settings
) -> None:
    settings.GENERATION_WEIGHTS = "gone"
    listed = api(educator).get(PATH).json()
    assert [(each["name"], each["is_default"]) for each in listed] == [("parenchyma", False)]


@pytest.mark.parametrize(
    ("role", "status"),
    [("resident", 403), ("educator", 200), ("director", 200), ("operator", 200), (None, 403)],
)
def test_generators_are_for_those_who_teach(
    api: SignIn, request: pytest.FixtureRequest, role: str | None, status: int
) -> None:
    person = request.getfixturevalue(role) if role else None
    assert api(person).get(PATH).status_code == status
