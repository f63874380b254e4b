"""People from a CSV file: all of it, or nothing and what is wrong with each row."""

import csv
import io
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from trainer.accounts.domain.institutions import create_cohort
from trainer.accounts.domain.invites import invite_person
from trainer.accounts.domain.password_links import create_password_link
from trainer.accounts.domain.people import add_person
from trainer.accounts.errors import AccountsError
from trainer.accounts.models import Cohort, Institution, User
from trainer.accounts.rules import grantable_roles

COLUMNS = ("email", "name", "role", "cohort")
MAX_ROWS = 1000
FIRST_PASSWORD_LIFETIME = timedelta(days=14)


@dataclass(frozen=True)
class ImportedPerson:
    """A person of the file, with the link by which they come in: `kind` is its first path part."""

    email: str
    name: str
    role: str
    cohort: str
    kind: str  # "password": a new account; "invite": an account elsewhere, asked to join
    token: str


@dataclass
class ImportResult:
    created: list[ImportedPerson] = field(default_factory=list)
    errors: dict[int, list[str]] = field(default_factory=dict)  # by line of the file


class ImportRefusedError(Exception):
    """Rolls the transaction back."""


def import_people(*, institution: Institution, imported_by: User, text: str) -> ImportResult:
    """Add everybody in the file, or nobody when a single row is wrong.

    Raises:
        AccountsError: when the file as a whole cannot be read.
    """
    rows = read_rows(text)
    result = ImportResult()
    try:
        with transaction.atomic():
            for line, row in rows:
                import_row(result, institution, imported_by, line, row)
            if result.errors:
                raise ImportRefusedError
    except ImportRefusedError:
        result.created.clear()
    return result


def read_rows(text: str) -> list[tuple[int, dict[str, str]]]:
    # No text holds a NUL, and PostgreSQL keeps none.
    if "\0" in text:
        raise AccountsError({"file": [_("The file is not text in UTF-8.")]})
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    names = [name.strip().lower() for name in reader.fieldnames or []]
    if set(names) != set(COLUMNS) or len(names) != len(COLUMNS):
        raise AccountsError(
            {"file": [_("The first line must be: %(columns)s") % {"columns": ",".join(COLUMNS)}]}
        )
    reader.fieldnames = names
    rows: list[tuple[int, dict[str, str]]] = []
    try:
        for row in reader:
            rows.append((reader.line_num, row))
            if len(rows) > MAX_ROWS:
                raise AccountsError(
                    {"file": [_("At most %(n)d people at a time.") % {"n": MAX_ROWS}]}
                )
    except csv.Error as error:
        raise AccountsError(
            {"file": [_("Line %(n)d cannot be read.") % {"n": reader.line_num}]}
        ) from error
    if not rows:
        raise AccountsError({"file": [_("The file names nobody.")]})
    return rows


def import_row(
    result: ImportResult, institution: Institution, by: User, line: int, row: dict[str, str]
) -> None:
    if None in row or None in row.values():
        result.errors[line] = [_("This row does not have %(n)d values.") % {"n": len(COLUMNS)}]
        return
    person = {column: row[column].strip() for column in COLUMNS}
    person["email"], person["role"] = person["email"].lower(), person["role"].lower()
    if any(person["email"] == earlier.email for earlier in result.created):
        result.errors[line] = ["email: This address stands in the file twice."]
        return
    try:
        # A savepoint: a refused row must not leave half a person to the rows after it.
        with transaction.atomic():
            result.created.append(import_person(institution, by, person))
    except AccountsError as error:
        result.errors[line] = [
            f"{name}: {message}" for name, messages in error.errors.items() for message in messages
        ]


def import_person(institution: Institution, by: User, person: dict[str, str]) -> ImportedPerson:
    if person["role"] and person["role"] not in grantable_roles(by, institution):
        raise AccountsError(
            {"role": [_("You cannot give the role “%(role)s”.") % {"role": person["role"]}]}
        )
    cohort: Cohort | None = None
    if person["cohort"]:
        cohort = name_cohort(institution, person["cohort"])
    if User.objects.filter(email=person["email"]).exists():
        # The account belongs to its owner: joining is theirs to accept.
        kind, (_invite, token) = (
            "invite",
            invite_person(
                institution=institution,
                email=person["email"],
                role=person["role"],
                cohort=cohort,
                invited_by=by,
            ),
        )
    else:
        user = add_person(
            institution=institution,
            email=person["email"],
            name=person["name"],
            role=person["role"],
            cohort=cohort,
        )
        kind, (_link, token) = (
            "password",
            create_password_link(user=user, created_by=by, lifetime=FIRST_PASSWORD_LIFETIME),
        )
    return ImportedPerson(**person, kind=kind, token=token)


def name_cohort(institution: Institution, name: str) -> Cohort:
    try:
        return create_cohort(institution=institution, name=name)
    except AccountsError as error:
        # In the file, the cohort's name stands in the column `cohort`.
        raise AccountsError({"cohort": error.errors["name"]}) from error
