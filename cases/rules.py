"""Who may do what with cases. Each predicate stands beside the Q that filters the same thing.

The library knows no memberships and no readings: who asks is told as values.
"""

from collections.abc import Set
from dataclasses import dataclass, field
from uuid import UUID

import rules
from django.db.models import Q

from cases.models import Case, CaseReport, CaseRequest

TEACHING_ROLES = frozenset({"educator", "director", "operator"})
ORDERING_ROLES = frozenset({"educator", "operator"})


@dataclass(frozen=True)
class Asker:
    """Who asks: roles by institution's id, the cases given and the cases answered."""

    roles: dict[int, Set[str]] = field(default_factory=dict)
    given: Set[UUID] = frozenset()
    answered: Set[UUID] = frozenset()

    def institutions(self, roles: Set[str]) -> set[int]:
        """Where the person has one of the roles."""
        return {where for where, held in self.roles.items() if held & roles}


def _owned_q(asker: Asker, roles: Set[str]) -> Q:
    """Of an institution where the person has the role, or of none when there is any such."""
    where = asker.institutions(roles)
    return Q(institution__in=where) | Q(institution=None) if where else Q(pk__in=[])


def _owns(asker: Asker, institution_id: int | None, roles: Set[str]) -> bool:
    where = asker.institutions(roles)
    return bool(where) and (institution_id is None or institution_id in where)


@rules.predicate
def sees_images(asker: Asker, case: Case) -> bool:
    """Readers see the images of what they were given, unless it was withdrawn unread."""
    given = case.pk in asker.given and case.withdrawn_at is None
    return given or sees_truth(asker, case)


def seen_images_q(asker: Asker) -> Q:
    return Q(pk__in=asker.given, withdrawn_at=None) | seen_truth_q(asker)


@rules.predicate
def sees_truth(asker: Asker, case: Case) -> bool:
    """A reader's own answer comes before the truth; who teaches sees it at once."""
    return case.pk in asker.answered or _owns(asker, case.institution_id, TEACHING_ROLES)


def seen_truth_q(asker: Asker) -> Q:
    return Q(pk__in=asker.answered) | _owned_q(asker, TEACHING_ROLES)


@rules.predicate
def sees_request(asker: Asker, request: CaseRequest) -> bool:
    """A request tells what its case will hold, so it is for those who order cases."""
    return _owns(asker, request.institution_id, ORDERING_ROLES)


def seen_requests_q(asker: Asker) -> Q:
    return _owned_q(asker, ORDERING_ROLES)


@rules.predicate
def answers_report(asker: Asker, report: CaseReport) -> bool:
    """Reports go to the teachers of the institution that they came from."""
    return _owns(asker, report.institution_id, TEACHING_ROLES)


def answered_reports_q(asker: Asker) -> Q:
    return _owned_q(asker, TEACHING_ROLES)


rules.add_perm("cases.see_images", sees_images)
rules.add_perm("cases.see_truth", sees_truth)
rules.add_perm("cases.see_request", sees_request)
rules.add_perm("cases.answer_report", answers_report)
