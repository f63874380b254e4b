"""Who may see what of a reading. Each predicate stands beside the Q that filters the same thing."""

from typing import TypeGuard

import rules
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils import timezone

from cases.models import Case
from cases.models.request import DENSITY
from cases.rules import worked_on_cases_q, works_on_case
from trainer.accounts.models import Institution, Membership, User
from trainer.accounts.rules import TEACHERS
from trainer.reading.models import Assignment, CaseNote, Reading, Session

Person = User | AnonymousUser


def _is_known(user: Person) -> TypeGuard[User]:
    return user.is_authenticated and user.is_active


@rules.predicate
def practises(user: Person, institution: Institution) -> bool:
    """Everybody who belongs to an institution may practise there, whatever the role."""
    return (
        _is_known(user)
        and Membership.objects.filter(user_id=user.pk, institution=institution).exists()
    )


def practised_institutions_q(user: Person) -> Q:
    if not _is_known(user):
        return Q(pk__in=[])
    return Q(pk__in=Membership.objects.filter(user_id=user.pk).values("institution"))


@rules.predicate
def owns_session(user: Person, session: Session) -> bool:
    return _is_known(user) and session.reader_id == user.pk


def own_sessions_q(user: Person) -> Q:
    return Q(reader_id=user.pk) if _is_known(user) else Q(pk__in=[])


@rules.predicate
def owns_assignment(user: Person, assignment: Assignment) -> bool:
    return _is_known(user) and assignment.session.reader_id == user.pk


def own_assignments_q(user: Person) -> Q:
    return Q(session__reader_id=user.pk) if _is_known(user) else Q(pk__in=[])


@rules.predicate
def owns_reading(user: Person, reading: Reading) -> bool:
    """Its feedback tells the truth of the case, so only who has answered may see it."""
    return _is_known(user) and reading.assignment.session.reader_id == user.pk


def own_readings_q(user: Person) -> Q:
    return Q(assignment__session__reader_id=user.pk) if _is_known(user) else Q(pk__in=[])


@rules.predicate
def owns_note(user: Person, note: CaseNote) -> bool:
    """Notes are private: nobody but their writer sees them, whatever the role."""
    return _is_known(user) and note.reader_id == user.pk


def own_notes_q(user: Person) -> Q:
    return Q(reader_id=user.pk) if _is_known(user) else Q(pk__in=[])


@rules.predicate
def teaches_with_case(user: Person, case: Case) -> bool:
    """Teachers see the cases of their institutions, and those that belong to none."""
    if not _is_known(user):
        return False
    teaching = Membership.objects.filter(user_id=user.pk, role__in=TEACHERS)
    if case.institution_id is not None:
        teaching = teaching.filter(institution_id=case.institution_id)
    return teaching.exists()


def taught_cases_q(user: Person) -> Q:
    if not _is_known(user):
        return Q(pk__in=[])
    teaching = Membership.objects.filter(user_id=user.pk, role__in=TEACHERS)
    own = Q(institution__in=teaching.values("institution"))
    return own | Q(institution=None) if teaching.exists() else own


@rules.predicate
def was_given_case(user: Person, case: Case) -> bool:
    """Given to read and not taken back before it was read."""
    if not _is_known(user):
        return False
    given = Assignment.objects.filter(session__reader_id=user.pk, case=case)
    if case.withdrawn_at is not None:
        given = given.filter(reading__isnull=False)
    return given.exists()


def given_cases_q(user: Person) -> Q:
    if not _is_known(user):
        return Q(pk__in=[])
    given = Assignment.objects.filter(session__reader_id=user.pk)
    read = given.filter(reading__isnull=False)
    return Q(withdrawn_at=None, pk__in=given.values("case")) | Q(pk__in=read.values("case"))


def open_tests_q() -> Q:
    """Sessions of a test set that time is left for."""
    return Q(mode=Session.Mode.TEST, ended_at=None, ends_at__gt=timezone.now())


@rules.predicate
def is_tested_on(user: Person, case: Case) -> bool:
    """Whoever takes a test set is told nothing of its cases, whatever the role, until it ends."""
    return (
        _is_known(user)
        and Case.objects.filter(tested_cases_q(user), pk=case.variant_of_id or case.pk).exists()
    )


def tested_cases_q(user: Person) -> Q:
    if not _is_known(user):
        return Q(pk__in=[])
    tests = Session.objects.filter(open_tests_q(), reader_id=user.pk)
    return Q(pk__in=Assignment.objects.filter(session__in=tests).values("case"))


@rules.predicate
def has_read_case(user: Person, case: Case) -> bool:
    """Who has read a case has read its density ladder: the steps tell nothing new of it.

    Not so what somebody has placed in it, which may be a challenge to the same person.
    """
    if not _is_known(user) or is_tested_on(user, case):
        return False
    read = [case.pk]
    if case.variant_of_id is not None and case.variant.startswith(DENSITY):
        read.append(case.variant_of_id)
    return Reading.objects.filter(
        assignment__session__reader_id=user.pk, assignment__case__in=read
    ).exists()


def read_cases_q(user: Person) -> Q:
    if not _is_known(user):
        return Q(pk__in=[])
    read = Reading.objects.filter(assignment__session__reader_id=user.pk)
    cases = read.values("assignment__case")
    ladders = Q(variant_of__in=cases, variant__startswith=DENSITY)
    return (Q(pk__in=cases) | ladders) & ~tested_cases_q(user)


def seen_cases_q(user: Person) -> Q:
    """Cases whose images the person may load."""
    known = read_cases_q(user) | taught_cases_q(user) | worked_on_cases_q(user)
    return given_cases_q(user) | known


def uncovered_cases_q(user: Person) -> Q:
    """Cases whose images without the findings the person may load: these tell the truth."""
    known = read_cases_q(user) | taught_cases_q(user) | worked_on_cases_q(user)
    return known & ~tested_cases_q(user)


sees_uncovered_case = (has_read_case | teaches_with_case | works_on_case) & ~is_tested_on
sees_case = was_given_case | has_read_case | teaches_with_case | works_on_case

rules.add_perm("reading.practise", practises)
rules.add_perm("reading.own_session", owns_session)
rules.add_perm("reading.own_assignment", owns_assignment)
rules.add_perm("reading.own_reading", owns_reading)
rules.add_perm("reading.own_note", owns_note)
rules.add_perm("reading.see_case", sees_case)
rules.add_perm("reading.see_uncovered_case", sees_uncovered_case)
