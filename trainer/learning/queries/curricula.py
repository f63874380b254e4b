"""Which curriculum a reader follows, and where they stand in it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from trainer.accounts.models import Cohort, Membership, Role
from trainer.learning.models import CohortCurriculum
from trainer.learning.plans import ADAPTIVE, Course, Plan
from trainer.learning.queries.abilities import AbilityState
from trainer.learning.syllabus import DEFAULT_SYLLABUS, Syllabus
from trainer.measure.tiers import count_passed


@dataclass(frozen=True)
class Followed:
    """A curriculum as its readers follow it; the default has no name and is nobody's."""

    name: str
    syllabus: Syllabus
    institution_id: int | None = None


DEFAULT = Followed("", DEFAULT_SYLLABUS)


@dataclass(frozen=True)
class Stand:
    """Where a reader stands in the tiers of one competency: `passed` of `tiers`, in order."""

    tiers: tuple[int, ...]
    passed: int

    @property
    def current(self) -> int:
        """The tier that is practised for; the last once all are passed."""
        return self.tiers[min(self.passed, len(self.tiers) - 1)]

    @property
    def open(self) -> tuple[int, ...]:
        """The tiers that may be met: those passed and the current one."""
        return self.tiers[: self.passed + 1]

    @property
    def done(self) -> bool:
        return self.passed == len(self.tiers)


def find_followed(reader: Any, *, institution: Any = None) -> Followed | None:
    """The curriculum that a reader's cohort follows, at an institution or anywhere."""
    institutions = None if institution is None else [institution]
    return find_all_followed([reader.pk], institutions=institutions).get(reader.pk)


def find_all_followed(
    reader_ids: Iterable[int], *, institutions: Collection[Any] | None = None
) -> dict[int, Followed]:
    """The curricula that readers follow, by reader, in one query; who follows none is left out.

    Of cohorts in several institutions the one that a reader joined first counts.
    """
    memberships = Membership.objects.filter(
        user__in=list(reader_ids), role=Role.RESIDENT, cohort__followed__isnull=False
    )
    if institutions is not None:
        memberships = memberships.filter(institution__in=institutions)
    rows = memberships.select_related("cohort__followed__curriculum").order_by("-created_at", "-pk")
    known: dict[int, Followed] = {}
    read: dict[int, Followed] = {}
    for row in rows:
        assert row.cohort is not None  # noqa: S101 - the query asks for it
        curriculum = row.cohort.followed.curriculum
        if curriculum.pk not in read:
            read[curriculum.pk] = Followed(
                curriculum.name, curriculum.syllabus, curriculum.institution_id
            )
        known[row.user_id] = read[curriculum.pk]
    return known


def find_cohort_syllabus(cohort: Cohort) -> Syllabus:
    """What a cohort's curriculum says; the default where it follows none."""
    row = CohortCurriculum.objects.filter(cohort=cohort).select_related("curriculum").first()
    return row.curriculum.syllabus if row else DEFAULT_SYLLABUS


def find_stand(state: AbilityState, syllabus: Syllabus, competency: str) -> Stand:
    """Where a reader stands in the tiers of a trained competency."""
    tiers = syllabus.competencies[competency].tiers
    passed = count_passed(
        state.ability,
        competency,
        tiers,
        n=state.counts.get(competency, 0),
        rule=syllabus.rule.tier,
    )
    return Stand(tiers, passed)


def follow(plan: Plan, followed: Followed | None, state: AbilityState) -> Plan:
    """The plan of a reader who follows a curriculum: it leads adaptive practice alone."""
    if followed is None or plan.focus != ADAPTIVE:
        return plan
    syllabus = followed.syllabus
    open_tiers = {name: find_stand(state, syllabus, name).open for name in syllabus.trained}
    course = Course(followed.name, syllabus.weights, syllabus.targets, open_tiers)
    return replace(plan, course=course)
