import logging
import time
import uuid
from functools import lru_cache
from typing import Any, Final

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cases.queries import find_workers

logger = logging.getLogger(__name__)

WORKER_QUEUE: Final = "generation"
# A worker that has been silent for longer than this is taken for gone.
WORKER_SILENCE_S: Final = 60
# The storage is probed by writing: anyone may ask for /healthz, so not more often than this.
STORAGE_PROBE_PERIOD_S: Final = 5


@require_safe
@never_cache
def show_health(request: HttpRequest) -> JsonResponse:
    """200 while pages can be served, 503 when the database or the image storage fails.

    A silent generation worker is told ("degraded") but is no 503: the cases that are ready
    can still be read, and a load balancer must not take the site away for it.
    """
    database, worker = _check_database()
    storage = _check_storage(int(time.monotonic() // STORAGE_PROBE_PERIOD_S))
    serving = database == storage == "ok"
    last_seen = worker["last_seen_s"]
    working = last_seen is not None and last_seen <= WORKER_SILENCE_S
    status = "unavailable" if not serving else "ok" if working else "degraded"
    return JsonResponse(
        {
            "status": status,
            "database": database,
            "storage": storage,
            "worker": worker,
            "version": settings.VERSION,
        },
        status=200 if serving else 503,
    )


def _check_database() -> tuple[str, dict[str, Any]]:
    worker: dict[str, Any] = {"last_seen_s": None, "queue": WORKER_QUEUE}
    try:
        connection.ensure_connection()
        last_seen = (
            find_workers(WORKER_QUEUE)
            .order_by("-last_seen")
            .values_list("last_seen", flat=True)
            .first()
        )
    except DatabaseError:
        logger.exception("health: the database does not answer")
        return "error", worker
    if last_seen is not None:
        worker["last_seen_s"] = round(max((timezone.now() - last_seen).total_seconds(), 0.0), 1)
    return "ok", worker


@lru_cache(maxsize=1)
def _check_storage(period: int) -> str:
    """Write and remove a small file; asked again once the period's number has moved on."""
    try:
        name = default_storage.save(f"health/{uuid.uuid4()}", ContentFile(b"ok"))
        default_storage.delete(name)
    except Exception:
        # Every storage backend fails in its own way; whatever it raises, images are not safe.
        logger.exception("health: the image storage cannot be written")
        return "error"
    return "ok"
