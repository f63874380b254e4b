import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from generation.packages.registry import SHIPPED_WEIGHTS
from tests.factories.generators import install_generator
from tests.factories.practice import make_case, read_case
from tests.generation.cards.files import TEXT, make_pictures, make_report
from trainer.accounts.models import User

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]
DEFAULT = "/api/generators/default/card/"


@pytest.fixture(autouse=True)
def site(settings: Settings, tmp_path: Path) -> Path:
    settings.GENERATORS_DIR = tmp_path / "generators"
    return tmp_path / "generators"


def shipped_hash() -> str:
    return str(json.loads(SHIPPED_WEIGHTS.with_suffix(".json").read_text())["sha256"])


def describe(folder: Path, **fields: object) -> None:
    path = folder / "generator.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **fields}))


def test_the_card_of_the_default_generator(api: SignIn, educator: User) -> None:
    browser = api(educator)
    card = browser.get(DEFAULT).json()
    assert (card["name"], card["sha256"]) == ("parenchyma", shipped_hash())
    assert all(card["verdict"].values())
    assert {"Images", "Steps"} <= {row["label"] for row in card["training"]["facts"]}
    assert browser.get(f"/api/generators/{shipped_hash()}/card/").json() == card


def test_its_pictures_are_static_files(api: SignIn, educator: User) -> None:
    failures = api(educator).get(DEFAULT).json()["failures"]
    urls = [failure["picture"]["url"] for failure in failures]
    assert urls
    for url in urls:
        assert finders.find(url.removeprefix("/static/")), url


def test_the_card_of_an_installed_generator(api: SignIn, educator: User, site: Path) -> None:
    sha256 = install_generator(site, "ours")
    (folder,) = site.iterdir()
    curve = [{"step": 10, "coarse": 0.02}]
    describe(folder, training={"data": "images of ours", "curve": curve})
    (folder / "generator.card.md").write_text(TEXT)
    (folder / "generator.evaluation.json").write_text(json.dumps(make_report(sha256)))
    (folder / "generator.audit.json").write_text(json.dumps(make_report("cd" * 32)))
    (folder / "pictures").mkdir()
    (folder / "pictures" / "pictures.json").write_text(json.dumps(make_pictures(sha256)))
    card = api(educator).get(f"/api/generators/{sha256}/card/").json()
    assert (card["name"], card["version"]) == ("ours", "9.9.9")
    assert card["training"]["series"][0]["points"] == [{"step": 10, "value": 0.02}]
    assert card["evaluation"]["standing"]["state"] == "measured"
    assert card["evaluation"]["strips"][0]["marks"][0]["outcome"] == "met"
    assert card["audit"]["standing"]["state"] == "foreign"
    assert card["audit"]["tables"] == []
    # Only the shipped generator's pictures are files of the site.
    assert card["failures"][0]["picture"]["url"] is None


@pytest.mark.parametrize("wanted", ["ef" * 32, "gone", "DEFAULT", "%00", "..%2f..%2fsecret"])
def test_a_generator_that_is_not_there(api: SignIn, educator: User, wanted: str) -> None:
    response = api(educator).get(f"/api/generators/{wanted}/card/")
    assert response.status_code == 404
    assert response.json()["code"] == "not_found"


def test_a_default_that_is_missing_is_not_there(
    api: SignIn, educator: User, settings: Settings
) -> None:
    settings.GENERATION_WEIGHTS = "gone"
    response = api(educator).get(DEFAULT)
    assert response.status_code == 404
    assert "gone" in response.json()["detail"]


@pytest.mark.parametrize(
    ("role", "status"),
    [("resident", 200), ("educator", 200), ("director", 200), ("operator", 200), (None, 403)],
)
def test_cards_are_for_all_members(
    api: SignIn, request: pytest.FixtureRequest, role: str | None, status: int
) -> None:
    person = request.getfixturevalue(role) if role else None
    assert api(person).get(DEFAULT).status_code == status


def test_cards_are_not_for_people_without_a_role(api: SignIn) -> None:
    nobody = User.objects.create(email="nobody@example.org")
    assert api(nobody).get(DEFAULT).status_code == 403


def test_more_generators_cost_no_more_queries(api: SignIn, educator: User, site: Path) -> None:
    browser = api(educator)
    counts = []
    for names in ((), ("one", "two", "three")):
        for name in names:
            install_generator(site, name)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(DEFAULT).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 4


def test_feedback_names_the_weights_that_drew_the_case(api: SignIn, resident: User) -> None:
    case = make_case(weights_hash="ab" * 32, generator_name="ours")
    reading = read_case(resident, case)
    feedback = api(resident).get(f"/api/readings/{reading.pk}/feedback/").json()
    assert feedback["generator"] == {"sha256": "ab" * 32, "name": "ours"}
