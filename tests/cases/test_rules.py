"""Every predicate agrees with the Q that filters the same thing, for everybody and everything."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q

from cases import rules
from cases.domain import request_placed
from cases.models import Case, SandboxCase
from tests.factories.accounts import UserFactory
from tests.factories.sandbox import make_normal, make_placed, make_sandbox

pytestmark = pytest.mark.django_db

PAIRS: list[tuple[Callable[..., bool], Callable[[Any], Q], type[Model]]] = [
    (rules.owns_sandbox, rules.own_sandboxes_q, SandboxCase),
    (rules.works_on_case, rules.worked_on_cases_q, Case),
]


@pytest.mark.parametrize(("predicate", "condition", "model"), PAIRS)
def test_predicate_and_filter_agree(
    predicate: Callable[..., bool], condition: Callable[[Any], Q], model: type[Model]
) -> None:
    owner, other, left = (UserFactory.create() for _ in range(3))
    for person in (owner, left):
        sandbox = make_sandbox(person)
        make_placed(request_placed(sandbox=sandbox))
        request_placed(sandbox=sandbox, density="D")
    left.is_active = False
    left.save(update_fields=["is_active"])
    make_normal()
    rows = list(model._default_manager.all())
    allowed = 0
    for person in (owner, other, left, AnonymousUser()):
        filtered = set(model._default_manager.filter(condition(person)))
        assert filtered == {row for row in rows if predicate(person, row)}, person
        allowed += len(filtered)
    assert 0 < allowed < len(rows)
