import io

import pytest
from django.core.management import call_command
from django.test import Client
from drf_spectacular.generators import SchemaGenerator

from trainer.accounts.models import User


@pytest.fixture(scope="module")
def schema() -> dict:
    return SchemaGenerator().get_schema(request=None, public=True)


def operations(schema: dict) -> list[tuple[str, str, dict]]:
    return [
        (path, method, operation)
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]


def test_schema_has_no_warnings() -> None:
    call_command("spectacular", fail_on_warn=True, validate=True, stdout=io.StringIO())


def test_every_operation_says_what_it_answers(schema: dict) -> None:
    for path, method, operation in operations(schema):
        good = [code for code in operation["responses"] if code.startswith("2")]
        assert good, (path, method)
        for code in good:
            assert operation["responses"][code]["content"], (path, method)
        assert "403" in operation["responses"], (path, method)
        assert operation["description"], (path, method)


def test_operation_ids_are_short_names_for_functions(schema: dict) -> None:
    names = [operation["operationId"] for _, _, operation in operations(schema)]
    assert len(set(names)) == len(names)
    assert all(name.isalnum() and name[0].islower() for name in names)


def test_bodies_name_their_refusals(schema: dict) -> None:
    for path, method, operation in operations(schema):
        if "requestBody" in operation:
            assert {"400", "413", "415"} <= set(operation["responses"]), (path, method)


def test_schema_is_served_to_those_signed_in(client: Client, resident: User) -> None:
    client.force_login(resident)
    response = client.get("/api/schema/")
    assert response.status_code == 200
    assert b"submitReading" in response.content
