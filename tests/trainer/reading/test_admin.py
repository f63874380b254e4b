import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.practice import make_case, read_case
from trainer.accounts.models import User
from trainer.reading.models import Assignment, Reading, Score, Session

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [Session, Assignment, Reading, Score])
def test_records_are_shown_and_not_changed_by_form(
    client: Client,
    operator: User,
    resident: User,
    model: type[Session] | type[Assignment] | type[Reading] | type[Score],
) -> None:
    read_case(resident, make_case())
    operator.is_staff = operator.is_superuser = True
    operator.save()
    client.force_login(operator)
    name = model._meta.model_name
    row = model._default_manager.get()
    assert client.get(reverse(f"admin:reading_{name}_changelist")).status_code == 200
    assert client.get(reverse(f"admin:reading_{name}_add")).status_code == 403
    url = reverse(f"admin:reading_{name}_change", args=[row.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {}).status_code == 403
    url = reverse(f"admin:reading_{name}_delete", args=[row.pk])
    assert client.post(url, {"post": "yes"}).status_code == 403
    assert model._default_manager.get() == row
