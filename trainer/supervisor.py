"""Keeps a handful of child processes running, and ends every one of them with itself."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1
# A worker gives its case back at the next step of it, which a busy machine may take long to reach.
GRACE_S = 15.0
FIRST_RESTART_AFTER_S = 1.0
LONGEST_RESTART_AFTER_S = 60.0
STEADY_AFTER_S = 60.0


def die_with_parent() -> None:
    """Runs in the child: a supervisor that is killed outright leaves nobody behind either."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    name: str
    command: Sequence[str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    restart_at: float = 0.0
    restart_after_s: float = FIRST_RESTART_AFTER_S


@dataclass
class Supervisor:
    """Start with `start`, call `check` often, end with `stop`."""

    folder: Path
    log_folder: Path
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    children: list[Child] = field(default_factory=list)

    def add(self, name: str, command: Sequence[str]) -> None:
        self.children.append(Child(name, command, self.log_folder / f"{name}.log"))

    def start(self) -> None:
        self.log_folder.mkdir(parents=True, exist_ok=True)
        for child in self.children:
            self.launch(child)

    def launch(self, child: Child) -> None:
        with open_log(child.log) as log:
            child.process = subprocess.Popen(
                list(child.command),
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=dict(self.environment),
                # A session of its own: the terminal's Ctrl-C reaches the supervisor alone, which
                # then ends its children in order.
                start_new_session=True,
                preexec_fn=die_with_parent,
            )
        child.started_at = time.monotonic()

    def check(self) -> list[str]:
        """Start again what has ended, ever more slowly; returns lines about what was found."""
        return [line for child in self.children if (line := self.check_child(child))]

    def check_child(self, child: Child) -> str | None:
        now = time.monotonic()
        if child.process is None:
            if now >= child.restart_at:
                self.launch(child)
            return None
        status = child.process.poll()
        if status is None:
            return None
        if now - child.started_at > STEADY_AFTER_S:
            child.restart_after_s = FIRST_RESTART_AFTER_S
        wait = child.restart_after_s
        child.process, child.restart_at = None, now + wait
        child.restart_after_s = min(2 * wait, LONGEST_RESTART_AFTER_S)
        return f"{child.name} ended ({status}); starting it again in {wait:.0f} s; see {child.log}"

    def stop(self) -> None:
        """Ask everybody to end, then end whoever has not; a case in the making is resumed later."""
        running = [child.process for child in self.children if child.process is not None]
        for process in running:
            signal_group(process, signal.SIGTERM)
        deadline = time.monotonic() + GRACE_S
        for process in running:
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=max(0.0, deadline - time.monotonic()))
        for process in running:
            # The group may outlive its leader, so it gets the signal in any case.
            signal_group(process, signal.SIGKILL)
            process.wait()
        for child in self.children:
            child.process = None


def open_log(path: Path) -> IO[bytes]:
    return path.open("ab")


def signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)
