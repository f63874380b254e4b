from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from trainer.accounts.models import User


@pytest.fixture
def api() -> Callable[[User | None], APIClient]:
    """A client of the API for a person, signed in by session as a browser is."""

    def sign_in(person: User | None = None, *, csrf: bool = False) -> APIClient:
        client = APIClient(enforce_csrf_checks=csrf)
        client.default_format = "json"
        if person is not None:
            client.force_login(person)
        return client

    return sign_in


SignIn = Callable[..., APIClient]
