"""The commands of a running site, one per process: by `make run`, by the tests, by compose."""

import sys
from pathlib import Path

CELERY = ("celery", "-A", "trainer")
WORKER = (*CELERY, "worker", "--pool", "solo", "--without-gossip", "--without-mingle", "-l", "INFO")

# A worker does one task at a time in its own process (`solo`): killed, it leaves no orphan at work
# on a case that another worker has taken over.
COMMANDS: dict[str, tuple[str, ...]] = {
    "web": (
        "gunicorn",
        "trainer.wsgi",
        "--bind",
        "{host}:{port}",
        "--worker-class",
        "gthread",
        "--workers",
        "2",
        "--threads",
        "4",
    ),
    "worker-generation": (
        "celery",
        "-A",
        "trainer",
        *WORKER,
        "-Q",
        "generation",
        "-n",
        "generation@%h",
    ),
    "worker-default": (*WORKER, "-Q", "default", "-n", "default@%h"),
    # The schedule is written in trainer/celery.py, so there is no state of it to keep.
    "beat": (
        "celery",
        "-A",
        "trainer",
        "beat",
        "--scheduler",
        "celery.beat:Scheduler",
        "--pidfile=",
    ),
}


def command_line(name: str, *, host: str = "127.0.0.1", port: int = 8000) -> list[str]:
    """The process's command with this environment's own Python."""
    program, *arguments = COMMANDS[name]
    filled = [
        argument.replace("{host}", host).replace("{port}", str(port)) for argument in arguments
    ]
    return [str(Path(sys.executable).parent / program), *filled]
