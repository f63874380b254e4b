"""Whose sandbox cases are, and what they open. Each predicate stands beside the Q of the same."""

from typing import Any

import rules
from django.db.models import Q

from cases.models import Case, CaseRequest, SandboxCase
from cases.models.request import PLACED


def _is_known(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active)


@rules.predicate
def owns_sandbox(user: Any, sandbox: SandboxCase) -> bool:
    """A sandbox case is its owner's alone, whatever anybody's role."""
    return _is_known(user) and sandbox.owner_id == user.pk


def own_sandboxes_q(user: Any) -> Q:
    return Q(owner_id=user.pk) if _is_known(user) else Q(pk__in=[])


@rules.predicate
def works_on_case(user: Any, case: Case) -> bool:
    """Whose sandbox holds the case, or who had it made there: they know what is in it."""
    if not _is_known(user):
        return False
    made = CaseRequest.objects.filter(case=case, requested_by=user.pk, variant__startswith=PLACED)
    return SandboxCase.objects.filter(owner=user.pk, base=case).exists() or made.exists()


def worked_on_cases_q(user: Any) -> Q:
    if not _is_known(user):
        return Q(pk__in=[])
    made = CaseRequest.objects.filter(
        requested_by=user.pk, variant__startswith=PLACED, case__isnull=False
    )
    taken = SandboxCase.objects.filter(owner=user.pk)
    return Q(pk__in=taken.values("base")) | Q(pk__in=made.values("case"))


rules.add_perm("cases.own_sandbox", owns_sandbox)
rules.add_perm("cases.work_on_case", works_on_case)
