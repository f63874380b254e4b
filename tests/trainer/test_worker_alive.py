import socket
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from cases.domain import record_heartbeat
from cases.models import WorkerHeartbeat

pytestmark = pytest.mark.django_db


def test_a_worker_of_the_queue_is_enough_even_one_of_several_queues() -> None:
    with pytest.raises(CommandError, match="no worker of the queue generation in the last"):
        call_command("worker_alive", "generation")
    record_heartbeat(name="all@there", queue="default,generation")
    call_command("worker_alive", "generation")
    WorkerHeartbeat.objects.update(last_seen=timezone.now() - timedelta(seconds=90))
    with pytest.raises(CommandError):
        call_command("worker_alive", "generation")


def test_here_another_machines_worker_does_not_count() -> None:
    here = socket.gethostname()
    record_heartbeat(name=f"generation@not-{here}", queue="generation")
    record_heartbeat(name=f"default@{here}", queue="default")
    with pytest.raises(CommandError, match=f"generation on {here}"):
        call_command("worker_alive", "generation", "--here")
    record_heartbeat(name=f"generation@{here}", queue="generation")
    call_command("worker_alive", "generation", "--here")
