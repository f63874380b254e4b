"""Every predicate agrees with the Q that filters the same thing, for everybody and everything."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q

from tests.factories.accounts import CohortFactory, InstitutionFactory, MembershipFactory
from tests.factories.sandbox import make_placed, make_sandbox
from trainer.accounts.models import Cohort, Institution, Role, User
from trainer.challenges import rules
from trainer.challenges.domain.challenges import send_challenges
from trainer.challenges.models import Challenge

pytestmark = pytest.mark.django_db

PAIRS: list[tuple[Callable[..., bool], Callable[[Any], Q], type[Model]]] = [
    (rules.is_colleague, rules.colleagues_q, User),
    (rules.sent_challenge, rules.sent_challenges_q, Challenge),
    (rules.received_challenge, rules.received_challenges_q, Challenge),
]


@pytest.fixture
def everybody(
    resident: User, educator: User, institution: Institution, cohort: Cohort
) -> list[User | AnonymousUser]:
    def member(cohort: Cohort | None, role: Role = Role.RESIDENT) -> User:
        where = cohort.institution if cohort else institution
        return MembershipFactory.create(institution=where, cohort=cohort, role=role).user

    elsewhere = CohortFactory.create(institution=InstitutionFactory.create())
    colleague, left = member(cohort), member(cohort)
    tutor = member(cohort, Role.EDUCATOR)
    make_placed(
        send_challenges(sandbox=make_sandbox(resident), colleagues=[colleague.pk])[0].request
    )
    send_challenges(sandbox=make_sandbox(tutor), colleagues=[resident.pk, left.pk])
    left.is_active = False
    left.save(update_fields=["is_active"])
    other_cohort = member(CohortFactory.create(institution=institution))
    return [
        resident, colleague, left, tutor, educator, other_cohort, member(None), member(elsewhere),
        AnonymousUser(),
    ]  # fmt: skip


@pytest.mark.parametrize(("predicate", "condition", "model"), PAIRS)
def test_predicate_and_filter_agree(
    everybody: list[User | AnonymousUser],
    predicate: Callable[..., bool],
    condition: Callable[[Any], Q],
    model: type[Model],
) -> None:
    rows = list(model._default_manager.all())
    allowed = 0
    for person in everybody:
        filtered = set(model._default_manager.filter(condition(person)))
        assert filtered == {row for row in rows if predicate(person, row)}, person
        allowed += len(filtered)
    assert 0 < allowed < len(rows) * len(everybody)
