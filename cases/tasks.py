"""What the workers run. The one door from the library to the network: generation.synthesis."""

from pathlib import Path
from typing import Any
from uuid import UUID

from celery import Task, shared_task
from django.conf import settings

from cases import worker
from cases.domain.generating import Progress, generate_case
from cases.domain.storing import MadeCase
from cases.domain.sweeping import sweep_requests
from cases.domain.workers import forget_old_workers
from generation.spec import CaseSpec

worker.watch()


@shared_task(name="cases.generate", bind=True, acks_late=True, ignore_result=True)
def generate(task: "Task[Any, Any]", request_id: str) -> None:
    """Make the case of a request, if it still waits for one."""
    # Loads torch, which a web process must never do.
    from generation.synthesis import WeightsError, synthesise

    def make(spec: CaseSpec, progress: Progress) -> MadeCase:
        weights = Path(settings.GENERATION_WEIGHTS) if settings.GENERATION_WEIGHTS else None
        return synthesise(
            spec, weights=weights, device=settings.GENERATION_DEVICE, progress=progress
        )

    generate_case(
        request_id=UUID(request_id),
        worker=str(task.request.hostname),
        synthesise=make,
        readable_errors=(WeightsError,),
        is_ending=worker.is_ending,
    )


@shared_task(name="cases.sweep", ignore_result=True)
def sweep() -> None:
    """Let go on what nobody works on any more."""
    sweep_requests()
    forget_old_workers()
