"""What the workers run. The one door from the library to the network: generation.synthesis."""

from typing import Any
from uuid import UUID

from celery import Task, shared_task
from django.conf import settings

from cases import worker
from cases.domain.generating import Progress, generate_in_turn
from cases.domain.storing import MadeCase
from cases.domain.sweeping import sweep_requests
from cases.domain.workers import forget_old_workers
from cases.errors import GeneratorError
from generation.packages.registry import InstalledGenerator
from generation.spec import CaseSpec

worker.watch()


@shared_task(name="cases.generate", bind=True, acks_late=True, ignore_result=True)
def generate(task: "Task[Any, Any]", request_id: str) -> None:
    """Make the case of a request, if it still waits for one, after what is more urgent."""
    generate_in_turn(
        request_id=UUID(request_id),
        worker=str(task.request.hostname),
        synthesise=make_case,
        is_ending=worker.is_ending,
    )


def make_case(spec: CaseSpec, generator: InstalledGenerator, progress: Progress) -> MadeCase:
    """Run the network with the settings of this worker.

    Raises:
        GeneratorError: if it cannot be loaded, or its weights are not those that were meant.
    """
    # Loads torch, which a web process must never do; and only once the request is claimed, so
    # that a broken installation is told as the request's reason.
    try:
        from generation.synthesis import WeightsError, synthesise
    except (ImportError, OSError) as error:
        raise GeneratorError(
            f"The software that makes cases cannot be loaded on this worker: {error}"
        ) from error
    try:
        made = synthesise(
            spec, weights=generator.weights, device=settings.GENERATION_DEVICE, progress=progress
        )
    except WeightsError as error:
        raise GeneratorError(str(error)) from error
    if made.provenance["weights_sha256"] != generator.sha256:
        raise GeneratorError(
            f"The weights of “{generator.name}” were exchanged under a running worker: restart it."
        )
    return made


@shared_task(name="cases.sweep", ignore_result=True)
def sweep() -> None:
    """Let go on what nobody works on any more."""
    sweep_requests()
    forget_old_workers()
