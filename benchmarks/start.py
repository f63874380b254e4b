"""Seconds until a site that ran before is up again: `make run` after the first time."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.measurement import Measurement
from tests.servers import free_port

ROOT = Path(__file__).resolve().parent.parent
SECONDS_TO_START = 10.0


def time_start(folder: str) -> float:
    """Seconds to the line that says where the site is; no case is asked for or waited for."""
    began = time.perf_counter()
    site = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--port", str(free_port()), "--stock", "0"],
        cwd=ROOT,
        env={**os.environ, "DATA_DIR": folder},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert site.stdout is not None
    try:
        for line in site.stdout:
            if line.startswith("Ready:"):
                return time.perf_counter() - began
    finally:
        site.send_signal(signal.SIGINT)
        site.communicate(timeout=60)
    raise RuntimeError("the site ended before it was up")


def measure() -> list[Measurement]:
    with tempfile.TemporaryDirectory() as folder:
        first = time_start(folder)
        again = time_start(folder)
    return [
        Measurement("first start, without cases", first, "s"),
        Measurement("start again", again, "s", SECONDS_TO_START),
    ]
