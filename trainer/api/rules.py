"""Who may order cases and answer reports on them. Each predicate stands beside its Q.

They are here and not in `cases`, which knows nothing of memberships.
"""

import rules
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from cases.models import CaseReport, CaseRequest
from trainer.accounts.models import Institution, Membership, Role, User
from trainer.accounts.rules import TEACHERS

Person = User | AnonymousUser
ORDERERS = (Role.EDUCATOR, Role.OPERATOR)


def _institutions(user: Person, roles: tuple[Role, ...]) -> QuerySet[Institution]:
    """Where the person has one of the roles; nowhere for nobody."""
    if not isinstance(user, User) or not user.is_active:
        return Institution.objects.none()
    held = Membership.objects.filter(user=user, role__in=roles)
    return Institution.objects.filter(pk__in=held.values("institution"))


@rules.predicate
def orders_cases(user: Person, institution: Institution) -> bool:
    return _institutions(user, ORDERERS).filter(pk=institution.pk).exists()


def ordering_institutions_q(user: Person) -> Q:
    """Institutions for which the person may order cases."""
    return Q(pk__in=_institutions(user, ORDERERS).values("pk"))


def _reaches(user: Person, roles: tuple[Role, ...], institution: int | None) -> bool:
    """Whether the person has one of the roles there; for what belongs to none, anywhere."""
    where = _institutions(user, roles)
    return (where if institution is None else where.filter(pk=institution)).exists()


def _reached_q(user: Person, roles: tuple[Role, ...]) -> Q:
    where = _institutions(user, roles)
    own = Q(institution__in=where)
    return own | Q(institution=None) if where.exists() else own


@rules.predicate
def sees_request(user: Person, request: CaseRequest) -> bool:
    """A request tells what its case holds: those who may order see their own and shared ones."""
    return _reaches(user, ORDERERS, request.institution_id)


def seen_requests_q(user: Person) -> Q:
    return _reached_q(user, ORDERERS)


@rules.predicate
def answers_report(user: Person, report: CaseReport) -> bool:
    """A report goes to the teachers of the reporter's institution."""
    return _reaches(user, TEACHERS, report.institution_id)


def answered_reports_q(user: Person) -> Q:
    return _reached_q(user, TEACHERS)


@rules.predicate
def sees_generators(user: Person) -> bool:
    """What a generator is and where it falls short is for all who teach with its cases."""
    return _institutions(user, TEACHERS).exists()


@rules.predicate
def sees_card(user: Person) -> bool:
    """A card holds no case's truth, and whoever learns from the images may know their faults."""
    return _institutions(user, tuple(Role)).exists()


rules.add_perm("cases.see_generators", sees_generators)
rules.add_perm("cases.see_card", sees_card)
rules.add_perm("cases.order_case", orders_cases)
rules.add_perm("cases.see_request", sees_request)
rules.add_perm("cases.answer_report", answers_report)
