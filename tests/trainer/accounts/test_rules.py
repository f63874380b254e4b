"""A predicate and its Q say the same of every pair of a small world with every kind of tie."""

from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser

from tests.factories.accounts import (
    CohortFactory,
    InstitutionFactory,
    MembershipFactory,
    UserFactory,
)
from trainer.accounts.models import Cohort, Institution, Role, User
from trainer.accounts.rules import (
    managed_institutions_q,
    manages_people,
    resets_password,
    resettable_people_q,
    seen_cohorts_q,
    sees_cohort,
)

Person = User | AnonymousUser


@pytest.fixture
def world(db: None) -> list[Person]:
    """Every role in two institutions, with and without a cohort, and people with two ties."""
    institutions = InstitutionFactory.create_batch(2)
    cohorts = [CohortFactory.create(institution=one) for one in institutions for _ in range(2)]
    for role, institution in product(Role, institutions):
        MembershipFactory.create(institution=institution, role=role)
        own = next(cohort for cohort in cohorts if cohort.institution == institution)
        MembershipFactory.create(institution=institution, role=role, cohort=own)
    for first, second in product((Role.RESIDENT, Role.DIRECTOR), repeat=2):
        person = MembershipFactory.create(institution=institutions[0], role=first).user
        MembershipFactory.create(institution=institutions[1], role=second, user=person)
    both = MembershipFactory.create(institution=institutions[0], role=Role.RESIDENT).user
    MembershipFactory.create(institution=institutions[0], role=Role.OPERATOR, user=both)
    left = MembershipFactory.create(institution=institutions[0], role=Role.DIRECTOR).user
    User.objects.filter(pk=left.pk).update(is_active=False)
    UserFactory.create()
    UserFactory.create(is_staff=True)
    return [AnonymousUser(), *User.objects.all()]


def test_managing_people(world: list[Person]) -> None:
    answers = set()
    for user, institution in product(world, Institution.objects.all()):
        allowed = manages_people(user, institution)
        listed = Institution.objects.filter(managed_institutions_q(user), pk=institution.pk)
        assert allowed == listed.exists(), (user, institution)
        answers.add(allowed)
    assert answers == {True, False}


def test_seeing_a_cohort(world: list[Person]) -> None:
    answers = set()
    for user, cohort in product(world, Cohort.objects.all()):
        allowed = sees_cohort(user, cohort)
        listed = Cohort.objects.filter(seen_cohorts_q(user), pk=cohort.pk)
        assert allowed == listed.exists(), (user, cohort)
        answers.add(allowed)
    assert answers == {True, False}


def test_resetting_a_password(world: list[Person]) -> None:
    answers = set()
    for user in world:
        listed = set(User.objects.filter(resettable_people_q(user)))
        for person in User.objects.all():
            allowed = resets_password(user, person)
            assert allowed == (person in listed), (user, person)
            answers.add(allowed)
    assert answers == {True, False}


def test_a_director_does_not_take_over_an_operator_or_someone_from_elsewhere(
    institution: Institution, director: User, operator: User, resident: User
) -> None:
    assert resets_password(director, resident)
    assert resets_password(operator, director)
    assert not resets_password(director, operator)
    assert not resets_password(resident, director)
    MembershipFactory.create(user=resident, institution=InstitutionFactory.create())
    assert not resets_password(director, resident)
    assert not resets_password(operator, resident)
