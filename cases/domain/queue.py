"""Telling the workers that a request waits. The row is the truth, the message only a knock."""

import logging
from datetime import datetime
from uuid import UUID

from celery import current_app
from django.utils import timezone

from cases.models import CaseRequest
from cases.models.heartbeat import GENERATION_QUEUE
from cases.models.request import RequestState

logger = logging.getLogger(__name__)

GENERATE_TASK = "cases.generate"
NO_BROKER = "The job queue cannot be reached. The request is kept and will be sent again by itself."


def enqueue_request(request_id: UUID, *, last_sent: datetime | None = None) -> bool:
    """Send the message of a queued request; True when this call sent it.

    `last_sent` is what the caller read in the row: of two that send again at once, one does.
    """
    waiting = CaseRequest.objects.filter(pk=request_id, state=RequestState.QUEUED)
    if not waiting.filter(enqueued_at=last_sent).update(enqueued_at=timezone.now()):
        return False
    try:
        current_app.send_task(GENERATE_TASK, args=[str(request_id)], queue=GENERATION_QUEUE)
    except Exception:
        # Every transport fails with errors of its own. Whatever it was, the row is safe and the
        # sweep sends it again; the person who asked must not get an error page for it.
        logger.exception("request %s: the message could not be sent", request_id)
        waiting.update(enqueued_at=None, reason=NO_BROKER)
        return False
    waiting.filter(reason=NO_BROKER).update(reason="")
    return True
