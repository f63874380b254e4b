"""The test of real and synthetic images through the API."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from cases.generators import default_generator
from tests.factories.accounts import MembershipFactory
from tests.factories.realism import make_test
from trainer.accounts.models import Institution, Role, User
from trainer.realism.domain.importing import remove_real_images
from trainer.realism.domain.reading import answer_image, begin_reading
from trainer.realism.models import RealismAnswer, RealismReading, RealismTest

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]

STATE, READINGS = "/api/realism/", "/api/realism/readings/"


def begin(browser: APIClient) -> dict[str, Any]:
    answer = browser.post(READINGS)
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def answers_of(reading: dict[str, Any]) -> str:
    return f"{READINGS}{reading['id']}/answers/"


def make_answer(image: str, rating: int = 80, **fields: Any) -> dict[str, Any]:
    return {"key": str(uuid.uuid4()), "image": image, "rating": rating, "seconds": 4.5, **fields}


def read_all(reader: User, test: RealismTest, rate: Callable[[bool, int], int]) -> RealismReading:
    """A whole reading, rated by truth and number."""
    reading = begin_reading(reader=reader)
    for number, image in enumerate(test.images.all()):
        answer_image(
            reading=reading,
            image=image.pk,
            key=uuid.uuid4(),
            rating=rate(image.real, number),
            seconds=3.0,
        )
    reading.refresh_from_db()
    return reading


def test_without_images_the_site_says_so(api: SignIn, resident: User) -> None:
    browser = api(resident)
    state = browser.get(STATE).json()
    assert (state["offer"], state["real_images"], state["images"]) == ("no_images", 0, None)
    refused = browser.post(READINGS)
    assert (refused.status_code, refused.json()["code"]) == (409, "no_test")


def test_who_belongs_nowhere_takes_no_test(api: SignIn) -> None:
    make_test()
    stranger = User.objects.create(email="nobody@example.org")
    assert api(stranger).get(STATE).status_code == 403
    assert api(stranger).post(READINGS).status_code == 403
    assert api(None).get(STATE).status_code == 403


def test_a_reading_tells_nothing_until_its_end(api: SignIn, resident: User) -> None:
    test = make_test(real=12, synthetic=12)
    browser = api(resident)
    reading = begin(browser)
    truth = dict(test.images.values_list("pk", "real"))
    assert len(reading["images"]) == 24
    assert {each["truth"] for each in reading["images"]} == {None}
    assert reading["result"] is None and reading["cues"] is None
    assert "case" not in str(reading) and '"real":' not in str(reading)
    for number, image in enumerate(reading["images"], start=1):
        rating = 80 if truth[uuid.UUID(image["id"])] else 20
        # One real and one synthetic image are taken for the other.
        rating = 100 - rating if number <= 2 else rating
        answered = browser.post(answers_of(reading), make_answer(image["id"], rating))
        assert answered.json()["answered"] == number
        assert answered.json()["completed"] == (number == 24)
    done = browser.get(f"{READINGS}{reading['id']}/").json()
    assert [each["id"] for each in done["images"]] == [each["id"] for each in reading["images"]]
    assert sum(each["truth"]["rightly"] for each in done["images"]) == 22
    assert done["result"]["correct"]["value"] == pytest.approx(22 / 24)
    assert done["result"]["verdict"] == "told_apart"
    assert done["result"]["equivalence"]["margin"] == 0.1
    assert done["cues"]["file"] == 0.6
    assert browser.get(STATE).json()["reading"]["completed_at"] is not None


def test_going_on_keeps_the_order_and_others_have_their_own(
    api: SignIn, resident: User, educator: User
) -> None:
    make_test(real=6, synthetic=6)
    first = begin(api(resident))
    image = first["images"][0]["id"]
    api(resident).post(answers_of(first), make_answer(image))
    again = begin(api(resident))
    assert [each["id"] for each in again["images"]] == [each["id"] for each in first["images"]]
    assert [each["answered"] for each in again["images"]] == [True, *[False] * 11]
    other = begin(api(educator))
    assert {each["id"] for each in other["images"]} == {each["id"] for each in first["images"]}
    assert [each["id"] for each in other["images"]] != [each["id"] for each in first["images"]]


def test_answering_is_idempotent_by_key_and_for_good(api: SignIn, resident: User) -> None:
    make_test(real=2, synthetic=2)
    browser = api(resident)
    reading = begin(browser)
    one, other = (each["id"] for each in reading["images"][:2])
    answer = make_answer(one, 80)
    assert browser.post(answers_of(reading), answer).status_code == 200
    again = browser.post(answers_of(reading), {**answer, "rating": 20})
    assert (again.status_code, again.json()["rating"]) == (200, 80)
    second = browser.post(answers_of(reading), make_answer(one, 20))
    assert (second.status_code, second.json()["code"]) == (409, "already_answered")
    elsewhere = browser.post(answers_of(reading), {**answer, "image": other})
    assert (elsewhere.status_code, list(elsewhere.json())) == (400, ["key"])
    assert RealismAnswer.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"rating": 50}, "rating"),
        ({"rating": 101}, "rating"),
        ({"rating": "real"}, "rating"),
        ({"seconds": -1}, "seconds"),
        ({"key": "one"}, "key"),
        ({"image": str(uuid.uuid4())}, "image"),
    ],
)
def test_a_wrong_answer_is_named(
    api: SignIn, resident: User, wrong: dict[str, Any], field: str
) -> None:
    make_test(real=2, synthetic=2)
    browser = api(resident)
    reading = begin(browser)
    answer = {**make_answer(reading["images"][0]["id"]), **wrong}
    refused = browser.post(answers_of(reading), answer)
    assert (refused.status_code, list(refused.json())) == (400, [field])


def test_images_are_for_those_who_have_begun(
    api: SignIn, resident: User, educator: User, operator: User
) -> None:
    test = make_test(real=2, synthetic=2)
    image = test.images.first()
    assert image is not None
    paths = [f"/api/realism/images/{image.pk}/{kind}/" for kind in ("frame", "preview")]
    begin(api(resident))
    for path in paths:
        served = api(resident).get(path)
        assert served.status_code == 200
        assert "private" in served.headers["Cache-Control"]
        for person in (educator, operator):
            assert api(person).get(path).status_code == 404
        assert api(None).get(path).status_code == 403


def test_another_persons_reading_is_not_there(api: SignIn, resident: User, educator: User) -> None:
    make_test(real=2, synthetic=2)
    reading = begin(api(resident))
    assert api(educator).get(f"{READINGS}{reading['id']}/").status_code == 404
    answer = make_answer(reading["images"][0]["id"])
    assert api(educator).post(answers_of(reading), answer).status_code == 404


def test_after_removal_the_answers_stay_and_the_images_are_gone(
    api: SignIn, resident: User
) -> None:
    test = make_test(real=12, synthetic=12)
    done = read_all(resident, test, lambda real, number: 80 if real else 20)
    remove_real_images()
    browser = api(resident)
    assert browser.get(STATE).json()["offer"] == "no_images"
    kept = browser.get(f"{READINGS}{done.pk}/").json()
    assert kept["removed"] and kept["result"]["correct"]["value"] == 1
    assert {each["view"] for each in kept["images"]} == {None}
    assert [each["id"] for each in browser.get(STATE).json()["earlier"]] == [str(done.pk)]


def test_answering_after_removal_is_gone(api: SignIn, resident: User) -> None:
    make_test(real=2, synthetic=2)
    reading = begin(api(resident))
    remove_real_images()
    refused = api(resident).post(answers_of(reading), make_answer(reading["images"][0]["id"]))
    assert (refused.status_code, refused.json()["code"]) == (410, "images_removed")


def card_of(browser: APIClient) -> dict[str, Any]:
    return dict(browser.get("/api/generators/default/card/").json()["readers"])


def test_the_card_says_what_this_sites_readers_found(
    api: SignIn, resident: User, institution: Institution
) -> None:
    test = make_test(weights_hash=default_generator().sha256)
    assert card_of(api(resident))["standing"] == "not_measured"
    readers = [
        MembershipFactory.create(institution=institution, role=Role.RESIDENT).user for _ in range(3)
    ]
    for count, reader in enumerate(readers):
        # All but every fifth image is named rightly, another fifth by each reader.
        read_all(
            reader,
            test,
            lambda real, number, count=count: 80 if real != (number % 5 == count) else 20,
        )
        standing = card_of(api(resident))
        assert standing["standing"] == ("measured" if count == 2 else "not_enough")
        assert standing["found"]["readers"] == count + 1
        assert standing["found"]["least"] == {"readers": 3, "images": 10}
    found = card_of(api(resident))["found"]
    assert 0.5 < found["area"]["low"] < found["area"]["value"] < found["area"]["high"] <= 1
    assert found["verdict"] == "told_apart"
    assert (found["real"], found["synthetic"]) == (12, 12)
    # A new test does not wipe the figures out while few have read it.
    RealismTest.objects.update(closed_at=timezone.now())
    newer = make_test(weights_hash=test.weights_hash)
    for count, reader in enumerate(readers, start=1):
        read_all(reader, newer, lambda real, number: 80)
        assert card_of(api(resident))["test"] == str(newer.pk if count == 3 else test.pk)
    assert card_of(api(resident))["standing"] == "measured"


def test_what_gave_itself_away_is_for_teachers_who_have_read(
    api: SignIn, resident: User, educator: User, institution: Institution
) -> None:
    test = make_test(real=3, synthetic=3, weights_hash=default_generator().sha256)
    path = f"/api/realism/tests/{test.pk}/images/"
    told = test.images.filter(real=False).order_by("pk").last()
    assert told is not None

    def rate(real: bool, number: int) -> int:
        return 80

    for _ in range(2):
        other = MembershipFactory.create(institution=institution, role=Role.RESIDENT).user
        read_all(other, test, rate)
    assert api(educator).get(path).status_code == 404
    reading = begin_reading(reader=educator)
    for image in test.images.all():
        rating = 0 if image.pk == told.pk else 100
        answer_image(reading=reading, image=image.pk, key=uuid.uuid4(), rating=rating, seconds=1)
    listed = api(educator).get(path).json()
    assert len(listed) == 6
    synthetic = [each for each in listed if not each["real"]]
    assert synthetic[0]["id"] == str(told.pk)
    assert synthetic[0]["rightly"]["value"] == pytest.approx(1 / 3)
    assert synthetic[0]["case"] == str(told.case_id)
    assert api(resident).get(path).status_code == 404
    # A resident never sees it; a teacher who never began it, once it is closed.
    begun, late = (
        MembershipFactory.create(institution=institution, role=Role.EDUCATOR).user for _ in range(2)
    )
    reading = begin_reading(reader=begun)
    RealismTest.objects.update(closed_at=timezone.now())
    assert len(api(late).get(path).json()) == 6
    assert api(resident).get(path).status_code == 404
    # Who began it goes on with it: told only after the last answer.
    for image in test.images.all():
        assert api(begun).get(path).status_code == 404
        assert card_of(api(begun))["giveaways"] is False
        answer = make_answer(str(image.pk))
        assert api(begun).post(answers_of({"id": reading.pk}), answer).status_code == 200
    assert len(api(begun).get(path).json()) == 6
    assert card_of(api(begun))["giveaways"] is True


def test_queries_do_not_grow_with_the_images(api: SignIn, resident: User) -> None:
    def count(test: RealismTest) -> int:
        reading = read_all(resident, test, lambda real, number: 80)
        browser = api(resident)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(f"{READINGS}{reading.pk}/").status_code == 200
            assert browser.get(STATE).status_code == 200
            assert browser.get("/api/generators/default/card/").status_code == 200
        return len(queries)

    sha256 = default_generator().sha256
    few = count(make_test(real=2, synthetic=2, weights_hash=sha256))
    RealismTest.objects.update(closed_at=timezone.now())
    assert count(make_test(real=12, synthetic=12, weights_hash=sha256)) == few
    assert few <= 30
