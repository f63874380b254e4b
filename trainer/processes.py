"""The commands of a running site, one per process: by `make run`, by the tests, by compose."""

import shlex
import sys
from pathlib import Path

# A worker does one task at a time in its own process (`solo`): killed, it leaves no orphan at work
# on a case that another worker has taken over.
WORKER = "celery -A trainer worker --pool solo --without-gossip --without-mingle --loglevel INFO"

COMMANDS = {
    "web": "gunicorn trainer.wsgi --bind HOST:PORT --worker-class gthread --workers 2 --threads 4",
    "worker-generation": f"{WORKER} --queues generation --hostname generation@%h",
    "worker-default": f"{WORKER} --queues default --hostname default@%h",
    # The schedule is written in trainer/celery.py, so beat has no state to keep.
    "beat": "celery -A trainer beat --scheduler celery.beat:Scheduler --pidfile= --loglevel INFO",
}


def command_line(name: str, *, host: str = "127.0.0.1", port: int = 8000) -> list[str]:
    """The process's command, run by this environment's own Python."""
    program, *arguments = shlex.split(COMMANDS[name].replace("HOST:PORT", f"{host}:{port}"))
    return [str(Path(sys.executable).parent / program), *arguments]
