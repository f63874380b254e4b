"""Settings as the environment makes them, each read in a Python of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

SHOW = """
import json, sys
from trainer import settings
print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}, default=str))
"""


def read_settings(folder: Path, *names: str, **environment: str) -> dict[str, Any]:
    clean = {"PATH": os.environ["PATH"], "DATA_DIR": str(folder), **environment}
    command = [sys.executable, "-c", SHOW, *names]
    shown = subprocess.run(command, env=clean, capture_output=True, text=True, check=True)
    values: dict[str, Any] = json.loads(shown.stdout)
    return values


def test_the_defaults_are_safe_and_need_no_server(tmp_path: Path) -> None:
    values = read_settings(
        tmp_path, "DEBUG", "ALLOWED_HOSTS", "DATABASES", "CELERY_BROKER_URL", "SECRET_KEY"
    )
    assert values["DEBUG"] is False
    assert "*" not in values["ALLOWED_HOSTS"]
    database = values["DATABASES"]["default"]
    assert database["ENGINE"].endswith("sqlite3")
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert values["CELERY_BROKER_URL"] == f"sqla+sqlite:///{tmp_path}/broker.sqlite3"
    key = tmp_path / "secret-key"
    assert (len(values["SECRET_KEY"]) >= 50, key.stat().st_mode & 0o077) == (True, 0)
    assert read_settings(tmp_path, "SECRET_KEY")["SECRET_KEY"] == values["SECRET_KEY"]


def test_an_https_address_secures_the_cookies(tmp_path: Path) -> None:
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS", "ALLOWED_HOSTS")
    values = read_settings(tmp_path, *names, SITE_URL="https://training.example.org/")
    assert values["SESSION_COOKIE_SECURE"] is values["CSRF_COOKIE_SECURE"] is True
    assert values["SECURE_HSTS_SECONDS"] > 0
    assert values["ALLOWED_HOSTS"][0] == "training.example.org"


def test_the_environment_alone_moves_the_site_to_servers(tmp_path: Path) -> None:
    values = read_settings(
        tmp_path,
        *("DATABASES", "CELERY_BROKER_URL", "CACHES", "STORAGES"),
        DATABASE_URL="postgres://someone:secret@db:5432/site",
        CELERY_BROKER_URL="redis://redis:6379/0",
        CACHE_URL="redis://redis:6379/1",
        S3_BUCKET="images",
        S3_ENDPOINT_URL="https://objects.example.org",
    )
    assert values["DATABASES"]["default"]["ENGINE"].endswith("postgresql")
    assert "transaction_mode" not in values["DATABASES"]["default"].get("OPTIONS", {})
    assert values["CELERY_BROKER_URL"].startswith("redis://")
    assert "redis" in values["CACHES"]["default"]["BACKEND"].lower()
    images = values["STORAGES"]["default"]
    assert images["BACKEND"] == "storages.backends.s3.S3Storage"
    assert images["OPTIONS"]["bucket_name"] == "images"
    assert images["OPTIONS"]["default_acl"] == "private"
