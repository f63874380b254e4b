import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from cases.models import CaseRequest
from generation.spec import CaseSpec
from tests.factories.accounts import InstitutionFactory, MembershipFactory
from tests.factories.generators import install_generator
from tests.factories.stored_cases import make_case
from trainer.accounts.models import Institution, Role, User

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]


def order(**wishes: Any) -> dict[str, Any]:
    return {"id": str(uuid.uuid4()), "wishes": wishes}


@pytest.fixture
def browser(api: SignIn, educator: User) -> APIClient:
    return api(educator)


def fail(request_id: str) -> None:
    CaseRequest.objects.filter(pk=request_id).update(state="failed", reason="weights are truncated")


def test_a_case_made_to_order_is_queued_and_can_be_watched(browser: APIClient) -> None:
    sent = order(density="C", findings="mass")
    response = browser.post("/api/case-requests/", sent)
    assert response.status_code == 201
    made = response.json()
    assert (made["id"], made["state"], made["case"]) == (sent["id"], "queued", None)
    assert (made["density"], made["findings"]) == ("C", ["mass"])
    assert browser.get(f"/api/case-requests/{sent['id']}/").json()["id"] == sent["id"]
    assert browser.get("/api/case-requests/").json()["count"] == 1


@pytest.mark.parametrize(
    ("wishes", "told"),
    [
        (
            {"findings": "cyst", "tier": 3, "prior": False},
            {"findings": ["cyst"], "tier": 3, "prior": False},
        ),
        ({"findings": "none", "prior": True}, {"findings": [], "tier": None, "prior": True}),
        ({"findings": "asymmetry", "descriptors": {"type": "developing"}}, {"prior": True}),
        ({"findings": "motion_blur"}, {"findings": ["motion_blur"]}),
        ({"findings": "mass", "dose": 0.5}, {"findings": ["mass"]}),
    ],
)
def test_any_kind_a_tier_a_prior_and_a_dose_may_be_wished(
    browser: APIClient, wishes: dict[str, Any], told: dict[str, Any]
) -> None:
    response = browser.post("/api/case-requests/", order(**wishes))
    assert response.status_code == 201, response.json()
    assert {name: response.json()[name] for name in told} == told
    spec = CaseRequest.objects.get().spec
    assert spec["dose"] == wishes.get("dose", 1.0)


def test_asking_twice_is_asking_once(browser: APIClient) -> None:
    sent = order(findings="none")
    first = browser.post("/api/case-requests/", sent).json()
    again = browser.post("/api/case-requests/", sent)
    assert again.status_code == 201
    assert again.json() == first
    assert CaseRequest.objects.count() == 1


def test_one_id_for_two_cases_conflicts(browser: APIClient) -> None:
    sent = order(findings="none")
    browser.post("/api/case-requests/", sent)
    response = browser.post("/api/case-requests/", {**sent, "wishes": {"findings": "mass"}})
    assert response.status_code == 409
    assert response.json()["detail"]


def test_a_case_is_ordered_for_the_institution_that_is_named(
    browser: APIClient, educator: User, institution: Institution
) -> None:
    second = MembershipFactory.create(user=educator, role=Role.EDUCATOR).institution
    not_ordering = MembershipFactory.create(user=educator, role=Role.RESIDENT).institution
    for where, status in ((not_ordering.pk, 403), (999_999, 403), ("second", 400)):
        sent = {**order(), "institution": where}
        assert browser.post("/api/case-requests/", sent).status_code == status
    assert not CaseRequest.objects.exists()
    sent = {**order(), "institution": second.pk}
    assert browser.post("/api/case-requests/", sent).status_code == 201
    assert CaseRequest.objects.get(pk=sent["id"]).institution == second
    unnamed = order()
    assert browser.post("/api/case-requests/", unnamed).status_code == 201
    assert CaseRequest.objects.get(pk=unnamed["id"]).institution == institution


def test_a_generator_is_chosen_by_name_or_hash_and_told(
    browser: APIClient, settings: Settings, tmp_path: Path
) -> None:
    settings.GENERATORS_DIR = tmp_path
    sha256 = install_generator(tmp_path, "ours")
    for wanted in ("ours", sha256):
        response = browser.post("/api/case-requests/", {**order(), "generator": wanted})
        assert response.status_code == 201
        assert response.json()["generator"] == {"name": "ours", "sha256": sha256}
    unnamed: tuple[dict[str, Any], ...] = ({}, {"generator": None})
    for left_open in unnamed:
        response = browser.post("/api/case-requests/", {**order(), **left_open})
        assert response.status_code == 201
        assert response.json()["generator"] is None


def test_a_request_that_is_done_tells_which_generator_drew_it(
    browser: APIClient, institution: Institution
) -> None:
    case = make_case(
        kind="mass", institution=institution, generator_name="ours", weights_hash="ab" * 32
    )
    older = make_case(kind="mass", institution=institution)
    for each in (case, older):
        CaseRequest.objects.create(
            pk=uuid.uuid4(), spec={}, institution=institution, state="done", case=each
        )
    listed = browser.get("/api/case-requests/").json()["results"]
    told = {row["case"]: row["generator"] for row in listed}
    assert told == {str(case.pk): {"name": "ours", "sha256": "ab" * 32}, str(older.pk): None}


@pytest.mark.parametrize("wanted", ["theirs", "", 5, ["ours"], {"a": 1}, "x" * 300, "a\x00b"])
def test_an_unknown_generator_is_refused_by_its_field(browser: APIClient, wanted: Any) -> None:
    response = browser.post("/api/case-requests/", {**order(), "generator": wanted})
    assert response.status_code == 400
    assert list(response.json()) == ["generator"]
    if wanted == "theirs":
        assert response.json()["generator"] == [
            "There is no generator “theirs” here; installed: parenchyma."
        ]
    assert not CaseRequest.objects.exists()


def test_the_same_order_with_another_generator_conflicts(browser: APIClient) -> None:
    sent = order(findings="none")
    browser.post("/api/case-requests/", sent)
    response = browser.post("/api/case-requests/", {**sent, "generator": "parenchyma"})
    assert response.status_code == 409


def test_a_whole_spec_may_be_sent(browser: APIClient) -> None:
    spec = CaseSpec.draw(np.random.default_rng(5), density="D").to_json()
    response = browser.post("/api/case-requests/", {"id": str(uuid.uuid4()), "spec": spec})
    assert response.status_code == 201
    assert response.json()["density"] == "D"


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"wishes": {"density": "E"}}, "density"),
        ({"wishes": {"density": ["A"]}}, "density"),
        ({"wishes": {"findings": "unicorn"}}, "findings"),
        ({"wishes": {"colour": "red"}}, "colour"),
        ({"wishes": {"rng": 1}}, "rng"),
        ({"wishes": {"tier": 9}}, "tier"),
        ({"wishes": {"tier": "hard"}}, "tier"),
        ({"wishes": {"prior": "yes"}}, "prior"),
        ({"wishes": {"dose": 7}}, "dose"),
        ({"wishes": {"findings": "cyst", "actionable": True}}, "actionable"),
        ({"wishes": {"findings": "none", "contrast": 1.0}}, "contrast"),
        ({"wishes": {"findings": "mass", "descriptors": {"margin": "fuzzy"}}}, "margin"),
        ({"wishes": {"size_mm": 9000, "findings": "mass"}}, "size_mm"),
        ({"wishes": {"size_mm": "big", "findings": "mass"}}, "size_mm"),
        ({"wishes": {"size_mm": 10**400, "findings": "mass"}}, "size_mm"),
        ({"wishes": {"seed": 10**400}}, "seed"),
        ({"wishes": []}, "wishes"),
        ({}, "wishes"),
        ({"wishes": {}, "spec": {}}, "wishes"),
        ({"spec": {"density": "A"}}, "seed"),
        ({"spec": "A"}, "spec"),
        ({"id": "first", "wishes": {}}, "id"),
    ],
)
def test_a_case_that_cannot_be_made_names_its_fields(
    browser: APIClient, fields: dict[str, Any], name: str
) -> None:
    response = browser.post("/api/case-requests/", {"id": str(uuid.uuid4()), **fields})
    assert response.status_code == 400
    assert any(name in field.split(".") for field in response.json()), response.json()
    assert not CaseRequest.objects.exists()


@pytest.mark.parametrize("thickness_mm", [900, 10**400])
def test_a_spec_out_of_range_names_the_field(browser: APIClient, thickness_mm: int) -> None:
    spec = CaseSpec.draw(np.random.default_rng(5), density="D").to_json()
    sent = {"id": str(uuid.uuid4()), "spec": {**spec, "thickness_mm": thickness_mm}}
    response = browser.post("/api/case-requests/", sent)
    assert response.status_code == 400
    assert "thickness_mm" in response.json()


def test_a_failed_request_tells_why_and_can_be_retried(browser: APIClient) -> None:
    sent = order(findings="none")
    browser.post("/api/case-requests/", sent)
    fail(sent["id"])
    row = browser.get("/api/case-requests/").json()["results"][0]
    assert (row["state"], row["reason"]) == ("failed", "weights are truncated")
    again = browser.post(f"/api/case-requests/{sent['id']}/retry/")
    assert again.status_code == 200
    assert again.json()["state"] == "queued"


def test_only_a_failed_request_can_be_retried(browser: APIClient) -> None:
    sent = order(findings="none")
    browser.post("/api/case-requests/", sent)
    assert browser.post(f"/api/case-requests/{sent['id']}/retry/").status_code == 409


@pytest.mark.parametrize("role", ["resident", "director"])
def test_requests_tell_the_truth_so_they_are_for_educators_and_operators(
    api: SignIn, request: pytest.FixtureRequest, browser: APIClient, role: str
) -> None:
    sent = order(findings="mass")
    browser.post("/api/case-requests/", sent)
    fail(sent["id"])
    other = api(request.getfixturevalue(role))
    for response in (
        other.get("/api/case-requests/"),
        other.get(f"/api/case-requests/{sent['id']}/"),
        other.post(f"/api/case-requests/{sent['id']}/retry/"),
        other.post("/api/case-requests/", order()),
    ):
        assert response.status_code == 403
        assert "mass" not in response.content.decode()


def test_requests_of_other_institutions_are_not_there(browser: APIClient) -> None:
    foreign = CaseRequest.objects.create(
        pk=uuid.uuid4(), spec={}, institution=InstitutionFactory.create(), state="failed"
    )
    shared = CaseRequest.objects.create(pk=uuid.uuid4(), spec={"density": "A"})
    listed = browser.get("/api/case-requests/").json()["results"]
    assert [row["id"] for row in listed] == [str(shared.pk)]
    assert browser.get(f"/api/case-requests/{foreign.pk}/").status_code == 404
    assert browser.post(f"/api/case-requests/{foreign.pk}/retry/").status_code == 404
