import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.storage import default_storage

from cases.domain import (
    cancel_request,
    fail_request,
    renew_lease,
    request_case,
    retry_request,
)
from cases.domain.files import write_file
from cases.domain.queue import NO_BROKER
from cases.errors import RequestConflictError, WrongStateError
from cases.generators import installed_generators
from cases.models import CaseRequest
from generation.spec import SpecError
from tests.cases.broker import count_messages
from tests.factories.cases import draw_spec, make_claim, make_request
from trainer.accounts.models import Institution, User

pytestmark = pytest.mark.django_db
Commit = Callable[..., Any]


def test_asking_twice_is_asking_once(institution: Institution, educator: User) -> None:
    request_id, spec = uuid.uuid4(), draw_spec()
    wanted: dict[str, Any] = {"spec": spec, "institution": institution, "requested_by": educator}
    first = request_case(request_id=request_id, **wanted)
    again = request_case(request_id=request_id, **wanted)
    assert first == again
    assert CaseRequest.objects.get() == first
    assert (again.state, again.attempt, again.requested_by) == ("queued", 0, educator)
    assert again.findings == ["mass"]
    assert again.density == spec.density


@pytest.mark.parametrize("state", ["running", "failed", "done"])
def test_asking_again_changes_nothing_whatever_became_of_it(state: str) -> None:
    request = make_request(draw_spec(3))
    CaseRequest.objects.update(state=state)
    again = request_case(request_id=request.pk, spec=draw_spec(3))
    assert again.state == state


def test_an_id_used_for_another_case_is_refused(institution: Institution) -> None:
    request = make_request(draw_spec(1))
    with pytest.raises(RequestConflictError):
        request_case(request_id=request.pk, spec=draw_spec(2))
    with pytest.raises(RequestConflictError):
        request_case(request_id=request.pk, spec=draw_spec(1), institution=institution)
    assert CaseRequest.objects.get().spec == draw_spec(1).to_json()


def test_an_order_keeps_the_weights_that_were_chosen() -> None:
    (shipped,) = installed_generators()
    request = make_request(draw_spec(1), generator=shipped)
    assert (request.generator_sha256, request.generator_name) == (shipped.sha256, "parenchyma")
    assert request.generator == {"name": "parenchyma", "sha256": shipped.sha256}
    again = request_case(request_id=request.pk, spec=draw_spec(1), generator=shipped)
    assert again == request
    with pytest.raises(RequestConflictError):
        request_case(request_id=request.pk, spec=draw_spec(1))
    assert make_request(draw_spec(1)).generator is None


def test_a_spec_that_cannot_be_made_names_its_fields_and_leaves_nothing() -> None:
    spec = replace(draw_spec(), density="E", thickness_mm=-3.0)
    with pytest.raises(SpecError) as refused:
        request_case(request_id=uuid.uuid4(), spec=spec)
    assert {"density", "thickness_mm"} <= set(refused.value.errors)
    assert not CaseRequest.objects.exists()


def test_message_is_sent_once_the_row_is_there(
    broker: str, django_capture_on_commit_callbacks: Commit
) -> None:
    with django_capture_on_commit_callbacks(execute=False) as waiting:
        request = make_request()
    assert count_messages(broker) == 0
    for send in waiting:
        send()
    request.refresh_from_db()
    assert count_messages(broker) == 1
    assert request.enqueued_at is not None
    with django_capture_on_commit_callbacks(execute=True):
        request_case(request_id=request.pk, spec=draw_spec())
    assert count_messages(broker) == 1


def test_a_missing_broker_is_told_and_not_thrown(
    no_broker: None, django_capture_on_commit_callbacks: Commit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        request = make_request()
    request.refresh_from_db()
    assert (request.state, request.reason, request.enqueued_at) == ("queued", NO_BROKER, None)


def test_retry_gives_new_attempts_that_old_ones_cannot_pass_for() -> None:
    request = make_request()
    claim = make_claim(request)
    fail_request(claim=claim, reason="The weights are damaged.")
    request.refresh_from_db()
    assert (request.state, request.reason) == ("failed", "The weights are damaged.")
    again = retry_request(request=request)
    assert (again.state, again.reason, again.finished_at) == ("queued", "", None)
    new = make_claim(request)
    assert (new.attempt, again.last_attempt) == (2, 4)
    assert not renew_lease(claim=claim)
    assert renew_lease(claim=new)


@pytest.mark.parametrize("state", ["queued", "running", "done"])
def test_only_what_has_failed_is_tried_again(state: str) -> None:
    request = make_request()
    CaseRequest.objects.update(state=state)
    with pytest.raises(WrongStateError, match="Only a failed request"):
        retry_request(request=request)


def test_cancelling_takes_the_request_from_its_worker() -> None:
    request = make_request()
    claim = make_claim(request)
    assert cancel_request(request=request).state == "cancelled"
    assert not renew_lease(claim=claim)
    with pytest.raises(WrongStateError):
        cancel_request(request=request)
    assert retry_request(request=request).state == "queued"


def test_trying_again_leaves_nothing_of_the_attempt_before(
    django_capture_on_commit_callbacks: Commit,
) -> None:
    request = make_request()
    dead = make_claim(request)
    name = write_file(dead.folder, "left_cc.dcm", b"half a file")
    cancel_request(request=request)
    with django_capture_on_commit_callbacks(execute=True):
        again = retry_request(request=request)
    assert again.folder == ""
    assert not default_storage.exists(name)
