"""Predicates for orders and reports agree with the Q that filters the same thing."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q

from cases.models import CaseReport, CaseRequest
from tests.factories.accounts import InstitutionFactory, MembershipFactory
from tests.factories.practice import make_case
from trainer.accounts.models import Institution, Role, User
from trainer.api import rules as api_rules

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("predicate", "condition", "model"),
    [
        (api_rules.orders_cases, api_rules.ordering_institutions_q, Institution),
        (api_rules.sees_request, api_rules.seen_requests_q, CaseRequest),
        (api_rules.answers_report, api_rules.answered_reports_q, CaseReport),
    ],
)
def test_predicate_and_filter_agree(
    institution: Institution,
    resident: User,
    predicate: Callable[..., bool],
    condition: Callable[[Any], Q],
    model: type[Model],
) -> None:
    elsewhere = InstitutionFactory.create()
    people: list[Any] = [AnonymousUser(), User.objects.create(email="nobody@example.org")]
    for place in (institution, elsewhere):
        people += [
            MembershipFactory.create(institution=place, role=role).user for role in Role.values
        ]
    closed = MembershipFactory.create(institution=institution, role=Role.OPERATOR).user
    closed.is_active = False
    closed.save(update_fields=["is_active"])
    people.append(closed)
    for place in (institution, elsewhere, None):
        CaseRequest.objects.create(pk=uuid.uuid4(), spec={}, institution=place)
        CaseReport.objects.create(
            case=make_case(), reporter=resident, institution=place, text="Odd."
        )
    rows = list(model._default_manager.all())
    allowed = 0
    for person in people:
        filtered = set(model._default_manager.filter(condition(person)))
        assert filtered == {row for row in rows if predicate(person, row)}, person
        allowed += len(filtered)
    assert 0 < allowed < len(rows) * len(people)
