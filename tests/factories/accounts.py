import factory

from trainer.accounts.models import Cohort, Institution, Membership, Role, User

PASSWORD = "correct horse battery staple"


class UserFactory(factory.django.DjangoModelFactory[User]):
    """A person who can sign in with PASSWORD."""

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")
    password = factory.django.Password(PASSWORD)

    class Meta:
        model = User


class InstitutionFactory(factory.django.DjangoModelFactory[Institution]):
    name = factory.Sequence(lambda n: f"Institution {n}")

    class Meta:
        model = Institution


class CohortFactory(factory.django.DjangoModelFactory[Cohort]):
    institution = factory.SubFactory(InstitutionFactory)
    name = factory.Sequence(lambda n: f"Cohort {n}")

    class Meta:
        model = Cohort


class MembershipFactory(factory.django.DjangoModelFactory[Membership]):
    user = factory.SubFactory(UserFactory)
    institution = factory.SubFactory(InstitutionFactory)
    role = Role.RESIDENT

    class Meta:
        model = Membership
