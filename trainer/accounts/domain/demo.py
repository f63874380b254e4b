"""People to try the site with, made by the same verbs as real ones."""

import secrets
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from trainer.accounts.domain.institutions import create_cohort, create_institution
from trainer.accounts.domain.people import add_person, set_password
from trainer.accounts.models import Cohort, Role, User

INSTITUTION = "Demo Breast Imaging Program"
COHORT = "Residents 2026"
WORD_LIST = """
amber basil cedar delta ember fjord grove hazel inlet juniper kelp lagoon maple nectar
olive pebble quartz river sorrel thistle umber violet willow yarrow zephyr acorn birch
clover
"""
WORDS = WORD_LIST.split()


@dataclass(frozen=True)
class DemoPerson:
    email: str
    name: str
    role: Role


PEOPLE = (
    DemoPerson("resident1@demo.example", "Robin Resident", Role.RESIDENT),
    DemoPerson("resident2@demo.example", "Sasha Resident", Role.RESIDENT),
    DemoPerson("resident3@demo.example", "Toni Resident", Role.RESIDENT),
    DemoPerson("educator@demo.example", "Eli Educator", Role.EDUCATOR),
    DemoPerson("director@demo.example", "Dana Director", Role.DIRECTOR),
    DemoPerson("operator@demo.example", "Olu Operator", Role.OPERATOR),
)


def make_password() -> str:
    """Five random words and a number: 33 bits, easy to type, and only for a demo."""
    return "-".join([*(secrets.choice(WORDS) for _ in range(5)), str(secrets.randbelow(900) + 100)])


def read_credentials(path: Path) -> dict[str, str]:
    """Password by email, as written by `write_credentials`; empty when there is no such file."""
    if not path.exists():
        return {}
    rows = [line.split() for line in path.read_text().splitlines()]
    return {row[1]: row[2] for row in rows if len(row) == 3}


def write_credentials(path: Path, passwords: dict[str, str]) -> None:
    path.touch(mode=0o600)
    lines = [f"{one.role:<10} {one.email:<26} {passwords[one.email]}" for one in PEOPLE]
    path.write_text("\n".join(lines) + "\n")


def ensure_demo(*, credentials: Path) -> list[tuple[DemoPerson, str]]:
    """The demo people with the passwords that let them in; only what is missing is made."""
    passwords = read_credentials(credentials)
    known = set(User.objects.filter(email__in=passwords).values_list("email", flat=True))
    missing = [one for one in PEOPLE if one.email not in known]
    if missing:
        passwords |= {one.email: make_password() for one in missing}
        # Written first: a password that nobody knows would lock the demo out.
        write_credentials(credentials, passwords)
        make_people(missing, passwords)
    return [(one, passwords[one.email]) for one in PEOPLE]


@transaction.atomic
def make_people(people: list[DemoPerson], passwords: dict[str, str]) -> None:
    institution = create_institution(name=INSTITUTION)
    cohort = create_cohort(institution=institution, name=COHORT)
    for one in people:
        user = add_person(
            institution=institution,
            email=one.email,
            name=one.name,
            role=one.role,
            cohort=cohort_of(one, cohort),
        )
        set_password(user=user, password=passwords[one.email])


def cohort_of(one: DemoPerson, cohort: Cohort) -> Cohort | None:
    return cohort if one.role == Role.RESIDENT else None
