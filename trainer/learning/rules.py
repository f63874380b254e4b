"""Who sees and changes curricula. Each predicate stands beside the Q that filters the same thing.

Who teaches only one cohort sees the institution's curricula; who teaches all of it changes them.
"""

import rules
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from trainer.accounts.models import Institution, Membership, Role, User
from trainer.learning.models import Curriculum

Person = User | AnonymousUser
EDITORS = (Role.EDUCATOR, Role.DIRECTOR)


def _teaching(user: Person) -> QuerySet[Membership]:
    if not isinstance(user, User) or not user.is_active:
        return Membership.objects.none()
    return Membership.objects.filter(user=user, role__in=EDITORS)


@rules.predicate
def sees_curriculum(user: Person, curriculum: Curriculum) -> bool:
    return _teaching(user).filter(institution=curriculum.institution_id).exists()


def seen_curricula_q(user: Person) -> Q:
    """Curricula of the institutions where the person teaches."""
    return Q(institution__in=_teaching(user).values("institution"))


@rules.predicate
def edits_curriculum(user: Person, curriculum: Curriculum) -> bool:
    return _teaching(user).filter(institution=curriculum.institution_id, cohort=None).exists()


def edited_curricula_q(user: Person) -> Q:
    """Curricula that the person may change."""
    return Q(institution__in=_teaching(user).filter(cohort=None).values("institution"))


@rules.predicate
def writes_curricula(user: Person, institution: Institution) -> bool:
    return _teaching(user).filter(institution=institution, cohort=None).exists()


def writing_institutions_q(user: Person) -> Q:
    """Institutions for which the person may write a curriculum."""
    return Q(pk__in=_teaching(user).filter(cohort=None).values("institution"))


@rules.predicate
def sees_curricula(user: Person) -> bool:
    """Whoever teaches anywhere."""
    return _teaching(user).exists()


rules.add_perm("learning.see_curricula", sees_curricula)
rules.add_perm("learning.see_curriculum", sees_curriculum)
rules.add_perm("learning.edit_curriculum", edits_curriculum)
rules.add_perm("learning.write_curricula", writes_curricula)
