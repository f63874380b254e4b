"""Whatever is sent to the API: no 5xx, and only answers that the schema names."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.factories.curricula import make_curriculum
from tests.factories.practice import assign_case, make_case, read_case
from trainer.accounts.models import Cohort, Institution, Membership, Role, User

# Of each operation, once with what the schema allows and once with what it does not.
EXAMPLES = 8
CSRF_TOKEN = "a" * 32
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


def list_operations() -> list[tuple[str, str]]:
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    return [(method, path) for path, methods in paths.items() for method in methods]


@pytest.fixture
def jack_of_all_trades(institution: Institution, resident: User) -> User:
    """Somebody who may do everything, so that little stops at the permission."""
    for role in (Role.EDUCATOR, Role.DIRECTOR, Role.OPERATOR):
        Membership.objects.create(user=resident, institution=institution, role=role)
    return resident


@pytest.fixture
def known_ids(
    jack_of_all_trades: User, institution: Institution, cohort: Cohort
) -> dict[str, object]:
    """Rows that are there, for paths that would otherwise all end in a 404."""
    assignment = assign_case(jack_of_all_trades, make_case(institution=institution))
    reading = read_case(jack_of_all_trades, make_case())
    view = assignment.case.views.all()[0]
    return {
        "assignment": str(assignment.pk),
        "session": str(assignment.session_id),
        "reading": str(reading.pk),
        "cohort": cohort.pk,
        "curriculum": make_curriculum(institution, jack_of_all_trades).pk,
        "person": jack_of_all_trades.pk,
        "case": str(assignment.case_id),
        "sha256": view.frame_sha256,
        "key": "left_cc",
    }


@pytest.fixture
def connection_kept(db: None) -> Iterator[None]:
    """A request through plain WSGI would close the connection, and the test's rows with it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def api_schema(connection_kept: None, jack_of_all_trades: User) -> schemathesis.BaseSchema:
    client = Client()
    client.force_login(jack_of_all_trades)
    session = client.cookies["sessionid"].value
    site = get_wsgi_application()

    def signed_in(environ: dict[str, Any], start_response: Any) -> Any:
        # Set here, because the fuzzer's client keeps a cookie jar of its own.
        environ["HTTP_COOKIE"] = f"sessionid={session}; csrftoken={CSRF_TOKEN}"
        environ["HTTP_X_CSRFTOKEN"] = CSRF_TOKEN
        return site(environ, start_response)

    return schemathesis.openapi.from_wsgi("/api/schema/?format=json", signed_in)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize(("method", "path"), list_operations())
def test_anything_sent_is_answered_as_the_schema_says(
    api_schema: schemathesis.BaseSchema,
    known_ids: dict[str, object],
    method: str,
    path: str,
    mode: GenerationMode,
) -> None:
    operation = api_schema[path][method]

    @given(case=operation.as_strategy(mode))
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    def send(case: Case) -> None:
        if mode == GenerationMode.POSITIVE:
            aim_at_known_rows(case, known_ids)
        case.call_and_validate(checks=CHECKS)

    send()


def aim_at_known_rows(case: Case, known_ids: dict[str, object]) -> None:
    for place in (case.path_parameters, case.query, case.body):
        if isinstance(place, dict):
            for name in set(place) & set(known_ids):
                place[name] = known_ids[name]
