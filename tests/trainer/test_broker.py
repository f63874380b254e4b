"""A broker that is not there: said at once, instead of holding the request that needs it."""

import time

import pytest
from celery import Celery
from django.conf import settings
from kombu.exceptions import OperationalError

from tests.servers import free_port


@pytest.mark.parametrize("kind", ["redis", "embedded"])
def test_sending_to_a_missing_broker_fails_at_once(kind: str) -> None:
    addresses = {
        "redis": f"redis://127.0.0.1:{free_port()}/0",
        "embedded": "sqla+sqlite:////nowhere/at/all/broker.sqlite3",
    }
    app = Celery(broker=addresses[kind])
    app.config_from_object("django.conf:settings", namespace="CELERY")
    app.conf.broker_url = addresses[kind]
    began = time.monotonic()
    with pytest.raises(OperationalError):
        app.send_task("cases.generate", args=["x"], queue="generation")
    assert time.monotonic() - began < 30
    assert settings.CELERY_TASK_PUBLISH_RETRY is False
