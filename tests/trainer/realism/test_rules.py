"""Predicates of the test agree with the Q that filters the same thing."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q
from django.utils import timezone

from tests.factories.accounts import InstitutionFactory, MembershipFactory
from tests.factories.realism import make_test
from trainer.accounts.models import Institution, Role, User
from trainer.realism import rules as realism_rules
from trainer.realism.models import RealismImage, RealismReading, RealismTest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("predicate", "condition", "model"),
    [
        (
            realism_rules.owns_realism_reading,
            realism_rules.own_realism_readings_q,
            RealismReading,
        ),
        (realism_rules.sees_realism_image, realism_rules.seen_realism_images_q, RealismImage),
        (realism_rules.sees_giveaways, realism_rules.told_tests_q, RealismTest),
    ],
)
def test_predicate_and_filter_agree(
    institution: Institution,
    predicate: Callable[..., bool],
    condition: Callable[[Any], Q],
    model: type[Model],
) -> None:
    people: list[Any] = [AnonymousUser(), User.objects.create(email="nobody@example.org")]
    for place in (institution, InstitutionFactory.create()):
        people += [
            MembershipFactory.create(institution=place, role=role).user for role in Role.values
        ]
    left = MembershipFactory.create(institution=institution, role=Role.EDUCATOR).user
    left.is_active = False
    left.save(update_fields=["is_active"])
    people.append(left)
    now = timezone.now()
    closed = make_test(real=2, synthetic=2, closed_at=now)
    removed = make_test(real=2, synthetic=2, closed_at=now, removed_at=now)
    removed.images.update(folder="", frame="", preview="")
    offered = make_test(real=2, synthetic=2, weights_hash="cd" * 32)
    for number, person in enumerate(people[1:]):
        for test in (closed, removed, offered):
            if number % 2 or test is closed:
                test.readings.create(
                    reader=person, seed=number, completed_at=now if number % 3 else None
                )
    rows = list(model._default_manager.all())
    allowed = 0
    for person in people:
        filtered = set(model._default_manager.filter(condition(person)))
        assert filtered == {row for row in rows if predicate(person, row)}, person
        allowed += len(filtered)
    assert 0 < allowed < len(rows) * len(people)
