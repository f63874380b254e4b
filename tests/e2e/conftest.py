from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.prepared import prepare_folder, read_passwords, running_copy
from tests.e2e.reader import Reader, open_chromium
from tests.system.site import Site

SignIn = Callable[..., Reader]


@pytest.fixture(scope="session")
def prepared(request: pytest.FixtureRequest) -> Path:
    return prepare_folder(request.config.cache.mkdir("parenchyma-site"))


@pytest.fixture(scope="module")
def site(prepared: Path) -> Iterator[Site]:
    """A site that the tests of one file share; each file begins with nothing read."""
    with running_copy(prepared) as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with open_chromium() as browser:
        yield browser


@pytest.fixture
def sign_in(site: Site, chromium: Browser) -> Iterator[SignIn]:
    """Signs a demo person in; at the end the browser must have found nothing wrong."""
    passwords = read_passwords(site)
    readers: list[Reader] = []

    def sign_in_as(name: str, **size: int) -> Reader:
        reader = Reader(chromium, site, **size)
        readers.append(reader)
        email = f"{name}@demo.example"
        reader.sign_in(email, passwords[email])
        return reader

    yield sign_in_as
    for reader in readers:
        reader.check_no_problems()
        reader.context.close()
