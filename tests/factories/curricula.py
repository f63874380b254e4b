"""Curricula and cohorts that follow them, made through the real domain calls."""

from collections.abc import Sequence
from typing import Any

from trainer.accounts.models import Cohort, Institution, User
from trainer.learning.domain.curricula import create_curriculum, follow_curriculum
from trainer.learning.models import Curriculum
from trainer.learning.syllabus import Syllabus


def make_content(*names: str, **rule: Any) -> dict[str, Any]:
    """Some competencies with their defaults, beside normals; all where none is named."""
    content = Syllabus().to_json()
    if names:
        kept = {*names, "normal_rejection"}
        content["competencies"] = {
            name: dict(fields) for name, fields in content["competencies"].items() if name in kept
        }
    content["competencies"] = {
        name: dict(fields) for name, fields in content["competencies"].items()
    }
    content["rule"] |= rule
    return content


def make_curriculum(
    institution: Institution,
    by: User,
    *,
    name: str = "First year",
    content: dict[str, Any] | None = None,
    cohorts: Sequence[Cohort] = (),
) -> Curriculum:
    curriculum = create_curriculum(
        institution=institution, name=name, content=content or make_content(), by=by
    )
    return follow_curriculum(curriculum=curriculum, cohorts=[cohort.pk for cohort in cohorts])
