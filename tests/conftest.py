from collections.abc import Iterator

import hypothesis
import pytest
from django.core.cache import cache
from django.db import connection
from pytest_django.fixtures import Settings

from tests.factories.accounts import CohortFactory, InstitutionFactory, MembershipFactory
from trainer.accounts.models import Cohort, Institution, Role, User

# A run says the same on every machine: no example is drawn anew, none fails for being slow.
hypothesis.settings.register_profile(
    "suite",
    deadline=None,
    derandomize=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("suite")


def pytest_report_header() -> str:
    return f"database: {connection.vendor}"


@pytest.fixture(autouse=True)
def images_in_memory(request: pytest.FixtureRequest, settings: Settings) -> None:
    """Images of a test live in memory, unless real processes have to share them."""
    if request.node.get_closest_marker("system") or request.node.get_closest_marker("e2e"):
        return
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    }


@pytest.fixture(autouse=True)
def no_rate_limits_from_before() -> Iterator[None]:
    """Attempts counted in one test do not lock out the next one."""
    yield
    cache.clear()


@pytest.fixture
def institution(db: None) -> Institution:
    return InstitutionFactory.create()


@pytest.fixture
def cohort(institution: Institution) -> Cohort:
    return CohortFactory.create(institution=institution)


def make_member(institution: Institution, cohort: Cohort | None, role: Role) -> User:
    return MembershipFactory.create(institution=institution, cohort=cohort, role=role).user


@pytest.fixture
def resident(institution: Institution, cohort: Cohort) -> User:
    return make_member(institution, cohort, Role.RESIDENT)


@pytest.fixture
def educator(institution: Institution) -> User:
    return make_member(institution, None, Role.EDUCATOR)


@pytest.fixture
def director(institution: Institution) -> User:
    return make_member(institution, None, Role.DIRECTOR)


@pytest.fixture
def operator(institution: Institution) -> User:
    return make_member(institution, None, Role.OPERATOR)
