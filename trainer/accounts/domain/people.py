from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from trainer.accounts.errors import AccountsError
from trainer.accounts.models import Cohort, Institution, Membership, Role, User


def clean_person(
    *, institution: Institution, email: str, name: str, role: str, cohort: Cohort | None
) -> str:
    """The email as it is stored.

    Raises:
        AccountsError: with every field that is wrong.
    """
    errors: dict[str, list[str]] = {}
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        errors["email"] = [_("This is not an email address.")]
    if len(email) > 254:
        errors["email"] = [_("An email address has at most 254 characters.")]
    if len(name.strip()) > 150:
        errors["name"] = [_("A name has at most 150 characters.")]
    if role not in Role.values:
        errors["role"] = [
            _("Unknown role; use one of %(roles)s.") % {"roles": ", ".join(Role.values)}
        ]
    if cohort is not None and cohort.institution_id != institution.pk:
        errors["cohort"] = [_("This cohort belongs to another institution.")]
    if errors:
        raise AccountsError(errors)
    return email


@transaction.atomic
def add_person(
    *,
    institution: Institution,
    email: str,
    name: str,
    role: str,
    cohort: Cohort | None = None,
    password: str | None = None,
) -> User:
    """A new person in an institution; a person who is already known only gets the role."""
    email = clean_person(institution=institution, email=email, name=name, role=role, cohort=cohort)
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email=email, name=name)
        if password is not None:
            set_password(user=user, password=password)
    add_membership(user=user, institution=institution, role=role, cohort=cohort)
    return user


def add_membership(
    *, user: User, institution: Institution, role: str, cohort: Cohort | None
) -> Membership:
    """Give the person the role; in another cohort than before, the membership moves there."""
    return Membership.objects.update_or_create(
        user=user, institution=institution, role=role, defaults={"cohort": cohort}
    )[0]


def set_password(*, user: User, password: str) -> None:
    """Store a password that keeps to the rules; open sessions of the person end with it.

    Raises:
        AccountsError: with what is wrong with the password.
    """
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise AccountsError({"password": list(error.messages)}) from error
    user.set_password(password)
    user.save(update_fields=["password"])


def choose_language(*, user: User, language: str) -> None:
    user.language = language
    user.save(update_fields=["language"])


def finish_tutorial(*, user: User, done: bool = True) -> None:
    user.tutorial_done = done
    user.save(update_fields=["tutorial_done"])
