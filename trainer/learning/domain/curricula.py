"""Educators' curricula: made, changed, copied, archived, shared as a file, followed by cohorts."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from trainer.accounts.models import Cohort, Institution, User
from trainer.learning.errors import CurriculumError, StaleCurriculumError
from trainer.learning.models import CohortCurriculum, Curriculum
from trainer.learning.syllabus import SCHEMA_VERSION, Syllabus

FORMAT: Final = "parenchyma-curriculum"
_NAME_LENGTH: Final = 120


def create_curriculum(*, institution: Institution, name: str, content: Any, by: User) -> Curriculum:
    """A new curriculum.

    Raises:
        CurriculumError: with every field that is wrong.
    """
    fields = _check(institution, name, content)
    with _unique_name():
        return Curriculum.objects.create(institution=institution, updated_by=by, **fields)


def change_curriculum(
    *, curriculum: Curriculum, version: int, name: str, content: Any, by: User
) -> Curriculum:
    """Change a curriculum that was read as `version`; whoever follows it does so at once.

    Raises:
        CurriculumError: with every field that is wrong.
        StaleCurriculumError: if it was changed since.
    """
    fields = _check(curriculum.institution, name, content, but=curriculum)
    if curriculum.archived_at is not None:
        raise CurriculumError({"name": [_("An archived curriculum is not changed.")]})
    with _unique_name():
        changed = Curriculum.objects.filter(pk=curriculum.pk, version=version).update(
            **fields, version=F("version") + 1, updated_by=by, updated_at=timezone.now()
        )
    if not changed:
        raise StaleCurriculumError
    curriculum.refresh_from_db()
    return curriculum


def copy_curriculum(*, curriculum: Curriculum, by: User) -> Curriculum:
    """The same under another name, followed by nobody."""
    return create_curriculum(
        institution=curriculum.institution,
        name=_find_free_name(curriculum.institution, curriculum.name),
        content=curriculum.content,
        by=by,
    )


def archive_curriculum(*, curriculum: Curriculum, by: User) -> Curriculum:
    """Put a curriculum away; who followed it follows none. Archiving again changes nothing."""
    with transaction.atomic():
        put_away = Curriculum.objects.filter(pk=curriculum.pk, archived_at=None).update(
            archived_at=timezone.now(), updated_by=by, version=F("version") + 1
        )
        if put_away:
            CohortCurriculum.objects.filter(curriculum=curriculum).delete()
    curriculum.refresh_from_db()
    return curriculum


@transaction.atomic
def follow_curriculum(*, curriculum: Curriculum, cohorts: Collection[int]) -> Curriculum:
    """Have these cohorts, and no others, follow a curriculum; they leave the one they followed.

    Raises:
        CurriculumError: if a cohort is not of the curriculum's institution, or it is archived.
    """
    own = Cohort.objects.filter(institution=curriculum.institution_id, pk__in=cohorts)
    if own.count() != len(set(cohorts)):
        raise CurriculumError({"cohorts": [_("A cohort belongs to another institution.")]})
    if curriculum.archived_at is not None and cohorts:
        raise CurriculumError({"cohorts": [_("Nobody follows an archived curriculum.")]})
    CohortCurriculum.objects.filter(curriculum=curriculum).exclude(cohort__in=cohorts).delete()
    for cohort in own:
        CohortCurriculum.objects.update_or_create(
            cohort=cohort, defaults={"curriculum": curriculum}
        )
    return curriculum


def export_curriculum(curriculum: Curriculum) -> dict[str, Any]:
    """A curriculum as the file that another site can take in: no people, no cohorts."""
    return {
        "format": FORMAT,
        "schema": SCHEMA_VERSION,
        "name": curriculum.name,
        **curriculum.syllabus.to_json(),
    }


def import_curriculum(*, institution: Institution, data: Any, by: User) -> Curriculum:
    """Take in a file that `export_curriculum` wrote; under another name where that is taken.

    Raises:
        CurriculumError: with every field that is wrong.
    """
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise CurriculumError({"format": [_("This is not the file of a curriculum.")]})
    if data.get("schema") != SCHEMA_VERSION:
        raise CurriculumError(
            {
                "schema": [
                    _("This file has schema %(found)s; this site reads %(known)d.")
                    % {"found": str(data.get("schema"))[:20], "known": SCHEMA_VERSION}
                ]
            }
        )
    unknown = set(data) - {"format", "schema", "name", "competencies", "rule"}
    if unknown:
        raise CurriculumError({str(field): [_("No such field.")] for field in sorted(unknown)})
    name = data.get("name")
    if isinstance(name, str) and _is_taken(institution, name.strip()):
        name = _find_free_name(institution, name.strip())
    content = {field: data[field] for field in ("competencies", "rule") if field in data}
    return create_curriculum(institution=institution, name=name or "", content=content, by=by)


def _check(
    institution: Institution, name: Any, content: Any, *, but: Curriculum | None = None
) -> dict[str, Any]:
    errors: dict[str, Any] = {}
    if not isinstance(name, str) or not name.strip() or "\0" in name:
        errors["name"] = [_("A name is needed.")]
    elif len(name.strip()) > _NAME_LENGTH:
        errors["name"] = [_("A name has at most %(n)d characters.") % {"n": _NAME_LENGTH}]
    elif _is_taken(institution, name.strip(), but=but):
        errors["name"] = [_taken()]
    syllabus = Syllabus()
    try:
        syllabus = Syllabus.from_json(content)
    except CurriculumError as error:
        errors |= error.errors
    if errors:
        raise CurriculumError(errors)
    return {"name": name.strip(), "content": syllabus.to_json()}


def _is_taken(institution: Institution, name: str, *, but: Curriculum | None = None) -> bool:
    taken = Curriculum.objects.filter(institution=institution, name=name, archived_at=None)
    return (taken if but is None else taken.exclude(pk=but.pk)).exists()


def _find_free_name(institution: Institution, name: str) -> str:
    for number in range(2, 1000):
        free = f"{name[: _NAME_LENGTH - 6]} ({number})"
        if not _is_taken(institution, free):
            return free
    raise CurriculumError({"name": [_taken()]})


def _taken() -> str:
    return _("Another curriculum has this name.")


@contextmanager
def _unique_name() -> Iterator[None]:
    """Of two who take the same name at once the database lets one through."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise CurriculumError({"name": [_taken()]}) from error
