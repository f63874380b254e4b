import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from cases.domain import claim_request, store_case
from cases.domain.variants import LADDERS_A_DAY
from cases.generators import default_generator
from cases.models import Case, CaseRequest
from generation.spec import CaseSpec
from tests.factories import cases as made_cases
from tests.factories.accounts import MembershipFactory
from tests.factories.practice import assign_case, make_answers, make_case, make_log, read_case
from tests.trainer.api.conftest import SignIn
from trainer.accounts.models import Institution, User
from trainer.reading.domain.readings import submit_reading

pytestmark = pytest.mark.django_db


def address(case: Case) -> str:
    return f"/api/cases/{case.pk}/ladder/"


def store(request: CaseRequest) -> Case:
    claim = claim_request(request_id=request.pk, worker="generation@here")
    assert claim is not None
    made = made_cases.make_case(CaseSpec.from_json(claim.spec))
    return store_case(claim=claim, made=made, generator_name="shipped")


@pytest.fixture
def case() -> Case:
    made = store(made_cases.make_request(made_cases.draw_spec(density="B")))
    Case.objects.filter(pk=made.pk).update(weights_hash=default_generator().sha256)
    made.refresh_from_db()
    return made


def read(reader: User, case: Case) -> None:
    answers = make_answers(marks=[])
    submit_reading(
        assignment=assign_case(reader, case), key=uuid.uuid4(), answers=answers, log=make_log()
    )


def test_only_who_has_read_the_case_and_teachers_come_near(
    api: SignIn, resident: User, educator: User, case: Case, institution: Institution
) -> None:
    colleague = MembershipFactory.create(institution=institution).user
    assign_case(resident, case)
    assert api(resident).get(address(case)).status_code == 404
    assert api(resident).post(address(case)).status_code == 404
    assert api(educator).get(address(case)).status_code == 200
    assert api(colleague).get(address(case)).status_code == 404


def test_a_reader_asks_waits_and_steps_through(api: SignIn, resident: User, case: Case) -> None:
    read(resident, case)
    client = api(resident)
    assert [s["state"] for s in client.get(address(case)).json()["steps"]].count("absent") == 3
    asked = client.post(address(case))
    assert asked.status_code == 200
    assert [step["state"] for step in asked.json()["steps"]] == [
        "queued",
        "own",
        "queued",
        "queued",
    ]
    made = store(CaseRequest.objects.get(variant="density-D"))
    step = client.get(address(case)).json()["steps"][3]
    assert (step["density"], step["state"]) == ("D", "done")
    assert len(step["views"]) == 4
    assert set(step["base_frames"]) == {"left_cc", "left_mlo"}
    assert [finding["id"] for finding in step["findings"]] == ["f1"]
    for frame in (step["views"][0]["frame"], step["base_frames"]["left_cc"]):
        assert client.get(frame["url"]).status_code == 200
    assert client.get(step["views"][0]["preview_url"]).status_code == 200
    assert str(made.pk) in step["views"][0]["frame"]["url"]


def test_one_person_asks_for_so_many_a_day_and_is_told(
    api: SignIn, resident: User, educator: User, case: Case
) -> None:
    read(resident, case)
    client = api(resident)
    CaseRequest.objects.bulk_create(
        CaseRequest(
            id=uuid.uuid4(),
            spec={},
            requested_by=resident,
            variant_of=make_case(lesion=False),
            variant="density-A",
        )
        for _ in range(LADDERS_A_DAY)
    )
    refused = client.post(address(case))
    assert (refused.status_code, refused.json().get("code")) == (429, "too_many"), refused.json()
    assert "tomorrow" in refused.json()["detail"]
    assert not CaseRequest.objects.filter(variant_of=case).exists()
    assert api(educator).post(address(case)).status_code == 200, "the limit is each person's own"
    assert client.post(address(case)).status_code == 200, "what is there costs nothing"
    CaseRequest.objects.filter(variant_of=case).delete()
    yesterday = timezone.now() - timedelta(days=1, minutes=1)
    CaseRequest.objects.filter(requested_by=resident).update(created_at=yesterday)
    assert client.post(address(case)).status_code == 200


def test_the_steps_images_are_closed_to_who_has_not_read_the_case(
    api: SignIn, resident: User, case: Case, institution: Institution
) -> None:
    read(resident, case)
    api(resident).post(address(case))
    store(CaseRequest.objects.get(variant="density-A"))
    step = api(resident).get(address(case)).json()["steps"][0]
    colleague = MembershipFactory.create(institution=institution).user
    assign_case(colleague, case)
    assert api(colleague).get(step["views"][0]["frame"]["url"]).status_code == 404
    assert api(colleague).get(step["base_frames"]["left_cc"]["url"]).status_code == 404


def test_steps_are_kept_out_of_practice_and_of_the_list_of_orders(
    api: SignIn, resident: User, educator: User, case: Case
) -> None:
    read(resident, case)
    api(resident).post(address(case))
    store(CaseRequest.objects.get(variant="density-A"))
    session = api(resident).post("/api/sessions/", {"mode": "practice"}).json()["id"]
    refused = api(resident).post(f"/api/sessions/{session}/next/")
    assert (refused.status_code, refused.json()["code"]) == (409, "no_case_ready")
    # The first order made the case itself, the second was made when none was left to read.
    listed = api(educator).get("/api/case-requests/").json()["results"]
    assert not CaseRequest.objects.filter(
        pk__in=[each["id"] for each in listed], variant_of__isnull=False
    )


def test_a_case_that_cannot_be_made_otherwise_says_why(api: SignIn, resident: User) -> None:
    case = make_case()
    read_case(resident, case)
    refused = api(resident).post(address(case))
    assert refused.status_code == 409
    assert "other densities" in refused.json()["detail"]
