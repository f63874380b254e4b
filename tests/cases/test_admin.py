import pytest
from django.test import Client
from django.urls import reverse

from cases.domain import report_case
from cases.models import Case, CaseRequest
from tests.factories import practice
from tests.factories.cases import make_request
from tests.factories.stored_cases import make_case
from trainer.accounts.models import User

pytestmark = pytest.mark.django_db
MODELS = ("case", "caserequest", "casereport", "workerheartbeat")


@pytest.fixture
def admin(client: Client, operator: User) -> Client:
    operator.is_staff = operator.is_superuser = True
    operator.save()
    client.force_login(operator)
    return client


def act(admin: Client, model: str, action: str, *rows: object) -> str:
    response = admin.post(
        reverse(f"admin:cases_{model}_changelist"),
        {"action": action, "_selected_action": [str(row) for row in rows]},
        follow=True,
    )
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.mark.parametrize("model", MODELS)
def test_every_list_opens_and_nothing_is_added_by_form(admin: Client, model: str) -> None:
    case = make_case(kind="mass")
    make_request()
    report_case(case=case, reporter=User.objects.get(), text="A seam.")
    assert admin.get(reverse(f"admin:cases_{model}_changelist")).status_code == 200
    assert admin.get(reverse(f"admin:cases_{model}_add")).status_code == 403


def test_a_case_can_be_looked_at_and_not_edited(admin: Client) -> None:
    case = make_case(kind="mass")
    url = reverse("admin:cases_case_change", args=[case.pk])
    assert admin.get(url).status_code == 200
    assert admin.post(url, {"density": "D"}).status_code == 403


def test_cases_are_withdrawn_and_brought_back(admin: Client, operator: User) -> None:
    case = make_case(kind="mass")
    act(admin, "case", "withdraw", case.pk)
    assert Case.objects.get().withdrawn_by == operator
    act(admin, "case", "restore", case.pk)
    assert Case.objects.get().withdrawn_at is None


def test_deleting_spares_what_was_read_and_says_so(admin: Client, resident: User) -> None:
    read, unread = practice.make_case(), make_case(kind=None)
    practice.read_case(resident, read)
    page = act(admin, "case", "delete_unused", read.pk, unread.pk)
    assert "can only be withdrawn" in page
    assert list(Case.objects.all()) == [read]


def test_requests_are_called_off_and_tried_again(admin: Client) -> None:
    request = make_request()
    act(admin, "caserequest", "cancel", request.pk)
    assert CaseRequest.objects.get().state == "cancelled"
    act(admin, "caserequest", "retry", request.pk)
    assert CaseRequest.objects.get().state == "queued"
    assert "Only a failed request" in act(admin, "caserequest", "retry", request.pk)


def test_residents_have_no_admin(client: Client, resident: User) -> None:
    client.force_login(resident)
    for model in MODELS:
        assert client.get(reverse(f"admin:cases_{model}_changelist")).status_code in (302, 403)
