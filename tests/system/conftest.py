from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import temporary_postgres, temporary_redis
from tests.system.site import Site


@pytest.fixture
def production_site(tmp_path: Path) -> Iterator[Site]:
    """PostgreSQL and Redis, as docker-compose.yml runs them."""
    with temporary_postgres() as database, temporary_redis() as redis:
        yield from running(Site(tmp_path, database_url=database, broker_url=redis))


@pytest.fixture
def embedded_site(tmp_path: Path) -> Iterator[Site]:
    """SQLite and Celery's embedded transport, as `make run` runs them."""
    yield from running(
        Site(
            tmp_path,
            database_url=f"sqlite:///{tmp_path}/site.sqlite3",
            broker_url=f"sqla+sqlite:///{tmp_path}/broker.sqlite3",
        )
    )


def running(site: Site) -> Iterator[Site]:
    try:
        site.set_up()
        yield site
    finally:
        site.stop()
