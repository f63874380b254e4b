from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from kombu import pools

from trainer.celery import app


@contextmanager
def sending_to(address: str) -> Iterator[None]:
    """Let Celery forget its connections and send elsewhere for a while."""
    before = app.conf.broker_url
    forget_connections()
    app.conf.broker_url = address
    try:
        yield
    finally:
        forget_connections()
        app.conf.broker_url = before


def forget_connections() -> None:
    pools.reset()
    app._pool, app.amqp._producer_pool = None, None


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[str]:
    """A real broker that nobody else uses; its address."""
    address = f"sqla+sqlite:///{tmp_path}/broker.sqlite3"
    with sending_to(address):
        yield address


@pytest.fixture
def no_broker() -> Iterator[None]:
    """A broker's address where nothing answers."""
    with sending_to("redis://127.0.0.1:9/0"):
        yield
