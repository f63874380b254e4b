"""Every predicate agrees with the Q that filters the same thing, for everybody and everything."""

import uuid
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q
from django.utils import timezone

from cases.models import Case, CaseRequest, SandboxCase
from tests.factories.accounts import InstitutionFactory, MembershipFactory
from tests.factories.practice import assign_case, make_case, open_session, read_case
from trainer.accounts.models import Institution, Role, User
from trainer.reading import rules as reading_rules
from trainer.reading.domain.notes import keep_note
from trainer.reading.models import Assignment, CaseNote, Reading, Session

pytestmark = pytest.mark.django_db

PAIRS: list[tuple[Callable[..., bool], Callable[[Any], Q], type[Model]]] = [
    (reading_rules.practises, reading_rules.practised_institutions_q, Institution),
    (reading_rules.owns_session, reading_rules.own_sessions_q, Session),
    (reading_rules.owns_assignment, reading_rules.own_assignments_q, Assignment),
    (reading_rules.owns_reading, reading_rules.own_readings_q, Reading),
    (reading_rules.owns_note, reading_rules.own_notes_q, CaseNote),
    (reading_rules.teaches_with_case, reading_rules.taught_cases_q, Case),
    (reading_rules.was_given_case, reading_rules.given_cases_q, Case),
    (reading_rules.has_read_case, reading_rules.read_cases_q, Case),
    (reading_rules.sees_case, reading_rules.seen_cases_q, Case),
    (reading_rules.sees_uncovered_case, reading_rules.uncovered_cases_q, Case),
]


def withdraw(case: Case) -> None:
    case.withdrawn_at = timezone.now()
    case.save(update_fields=["withdrawn_at"])


@pytest.fixture
def everybody(
    resident: User, educator: User, director: User, operator: User, institution: Institution
) -> list[User | AnonymousUser]:
    """People of two institutions, and cases of both in every state of being read."""
    elsewhere = InstitutionFactory.create()
    colleague = MembershipFactory.create(institution=institution, role=Role.RESIDENT).user
    stranger = MembershipFactory.create(institution=elsewhere, role=Role.RESIDENT).user
    other_teacher = MembershipFactory.create(institution=elsewhere, role=Role.EDUCATOR).user
    left = MembershipFactory.create(institution=institution, role=Role.EDUCATOR).user
    left.is_active = False
    left.save(update_fields=["is_active"])
    for reader, owner in [(resident, institution), (stranger, elsewhere), (resident, None)]:
        make_case(institution=owner)
        known = make_case(institution=owner)
        read_case(reader, known)
        keep_note(reader=reader, case=known, bookmarked=True, text="")
        make_case(institution=owner, variant_of=known, variant="density-D")
        placed = make_case(institution=owner, variant_of=known, variant="placed-1")
        CaseRequest.objects.create(
            pk=uuid.uuid4(), spec={}, case=placed, requested_by=educator, variant="placed-1"
        )
        SandboxCase.objects.create(owner=stranger, base=make_case(institution=owner))
        taken_back = make_case(institution=owner)
        read_case(reader, taken_back)
        withdraw(taken_back)
        unread = make_case(institution=owner)
        assign_case(reader, unread)
        withdraw(unread)
        assign_case(reader, make_case(institution=owner))
    open_session(educator)
    people: Iterable[User | AnonymousUser] = (
        resident, colleague, educator, director, operator, stranger, other_teacher, left,
        User.objects.create(email="nobody@example.org"), AnonymousUser(),
    )  # fmt: skip
    return list(people)


@pytest.mark.parametrize(("predicate", "condition", "model"), PAIRS)
def test_predicate_and_filter_agree(
    everybody: list[User | AnonymousUser],
    predicate: Callable[..., bool],
    condition: Callable[[Any], Q],
    model: type[Model],
) -> None:
    rows = list(model._default_manager.all())
    allowed_to_anyone = 0
    for person in everybody:
        filtered = set(model._default_manager.filter(condition(person)))
        assert filtered == {row for row in rows if predicate(person, row)}, person
        allowed_to_anyone += len(filtered)
    assert 0 < allowed_to_anyone < len(rows) * len(everybody)


def test_only_the_reader_sees_a_reading(resident: User, educator: User, operator: User) -> None:
    reading = read_case(resident, make_case())
    assert resident.has_perm("reading.own_reading", reading)
    assert not educator.has_perm("reading.own_reading", reading)
    assert not operator.has_perm("reading.own_reading", reading)


def test_the_uncovered_image_opens_with_the_reading(resident: User) -> None:
    case = make_case()
    assert not resident.has_perm("reading.see_case", case)
    assignment = assign_case(resident, case)
    assert resident.has_perm("reading.see_case", case)
    assert not resident.has_perm("reading.see_uncovered_case", case)
    read_case_of = Reading.objects.create(
        assignment=assignment, key=assignment.pk, answers={}, submitted_at=timezone.now()
    )
    assert resident.has_perm("reading.see_uncovered_case", read_case_of.assignment.case)


def test_who_has_read_a_woman_does_not_know_what_was_placed_in_her(resident: User) -> None:
    known = make_case()
    read_case(resident, known)
    step = make_case(variant_of=known, variant="density-A")
    placed = make_case(variant_of=known, variant="placed-1")
    assert resident.has_perm("reading.see_uncovered_case", step)
    assert not resident.has_perm("reading.see_case", placed)
