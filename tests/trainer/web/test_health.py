from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from cases.models import WorkerHeartbeat
from trainer.web.views import health

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def probe_storage_anew() -> None:
    health._check_storage.cache_clear()


def see_worker(seconds_ago: float, queue: str = "generation", name: str = "worker@one") -> None:
    last_seen = timezone.now() - timedelta(seconds=seconds_ago)
    WorkerHeartbeat.objects.update_or_create(
        name=name, defaults={"queue": queue, "last_seen": last_seen}
    )


def test_healthy_site_tells_its_worker_and_version(client: Client) -> None:
    see_worker(200, name="worker@old")
    see_worker(3)
    see_worker(0, queue="default", name="worker@default")
    response = client.get("/healthz")
    body = response.json()
    assert response.status_code == 200
    assert set(body) == {"status", "database", "storage", "worker", "version"}
    assert body["status"] == body["database"] == body["storage"] == "ok"
    assert body["worker"]["queue"] == "generation"
    assert 3 <= body["worker"]["last_seen_s"] < 10


@pytest.mark.parametrize("seen", [None, 3600])
def test_silent_worker_is_told_but_pages_go_on(client: Client, seen: float | None) -> None:
    if seen is not None:
        see_worker(seen)
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json()["status"] == "degraded"
    assert (response.json()["worker"]["last_seen_s"] is None) == (seen is None)


def test_worker_of_several_queues_counts(client: Client) -> None:
    see_worker(3, queue="default,generation")
    assert client.get("/healthz").json()["status"] == "ok"


def test_storage_probe_leaves_nothing_behind(client: Client) -> None:
    client.get("/healthz")
    assert default_storage.listdir("health")[1] == []


def test_storage_that_cannot_be_written_is_503(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    in_the_way = tmp_path / "images"
    in_the_way.write_text("a file where the folder should be")
    disk = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(in_the_way)},
    }
    settings.STORAGES = {**settings.STORAGES, "default": disk}
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json()["storage"] == "error"
    assert response.json()["status"] == "unavailable"


def test_database_that_does_not_answer_is_503(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise OperationalError("no connection")

    monkeypatch.setattr(connection, "ensure_connection", refuse)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json()["database"] == "error"
