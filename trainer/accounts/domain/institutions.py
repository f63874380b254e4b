from trainer.accounts.errors import AccountsError
from trainer.accounts.models import Cohort, Institution


def create_institution(*, name: str) -> Institution:
    """The institution of that name, made when there is none."""
    return Institution.objects.get_or_create(name=require_name(name))[0]


def create_cohort(*, institution: Institution, name: str) -> Cohort:
    """The institution's cohort of that name, made when there is none."""
    return Cohort.objects.get_or_create(institution=institution, name=require_name(name))[0]


def require_name(name: str) -> str:
    name = name.strip()
    if not name:
        raise AccountsError({"name": ["A name is needed."]})
    if len(name) > 200:
        raise AccountsError({"name": ["A name has at most 200 characters."]})
    return name
