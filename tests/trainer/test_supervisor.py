"""The supervisor with real children: started again when they end, gone when it ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from trainer.supervisor import Supervisor

SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]
STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(child.pid, flush=True)
time.sleep(600)
"""
SLOW = """
import signal, sys, time
def end(*_):
    time.sleep(1)
    print("ended in order", flush=True)
    sys.exit()
signal.signal(signal.SIGTERM, end)
print("ready", flush=True)
time.sleep(600)
"""
KILLED_OUTRIGHT = """
import sys, time
from pathlib import Path
from trainer.supervisor import Supervisor
folder = Path(sys.argv[1])
supervisor = Supervisor(folder=folder, log_folder=folder)
supervisor.add("sleeper", [sys.executable, "-c", "import time; time.sleep(600)"])
supervisor.start()
print(supervisor.children[0].process.pid, flush=True)
time.sleep(600)
"""


def alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().split(")")[1].split()[0]
    except FileNotFoundError:
        return False


def wait_for(condition: Callable[[], object], timeout_s: float = 60) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


@pytest.fixture
def supervisor(tmp_path: Path) -> Supervisor:
    return Supervisor(folder=tmp_path, log_folder=tmp_path / "logs")


def test_what_ends_is_started_again_ever_more_slowly(supervisor: Supervisor) -> None:
    supervisor.add("short", [sys.executable, "-c", "print('hello')"])
    supervisor.start()
    child = supervisor.children[0]
    lines: list[str] = []
    wait_for(lambda: lines.extend(supervisor.check()) or lines)
    assert lines[0].startswith("short ended (0); starting it again in 1 s")
    wait_for(lambda: lines.extend(supervisor.check()) or len(lines) > 1)
    assert "in 2 s" in lines[1]
    assert child.log.read_text() == "hello\nhello\n"
    supervisor.stop()


def test_stopping_ends_children_that_do_not_listen_and_their_children(
    supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trainer.supervisor.GRACE_S", 0.5)
    supervisor.add("quick", SLEEP)
    supervisor.add("stubborn", [sys.executable, "-c", STUBBORN])
    supervisor.start()
    pids = [child.process.pid for child in supervisor.children if child.process]
    stubborn = supervisor.children[1]
    wait_for(lambda: stubborn.log.read_text())
    pids.append(int(stubborn.log.read_text()))
    assert all(map(alive, pids))
    supervisor.stop()
    wait_for(lambda: not any(map(alive, pids)))


def test_stopping_waits_for_children_that_have_something_to_end(
    supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trainer.supervisor.GRACE_S", 120)
    supervisor.add("slow", [sys.executable, "-c", SLOW])
    supervisor.start()
    log = supervisor.children[0].log
    wait_for(log.read_text)
    began = time.monotonic()
    supervisor.stop()
    assert log.read_text() == "ready\nended in order\n"
    assert time.monotonic() - began < 120


def test_a_supervisor_killed_outright_leaves_nobody_behind(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED_OUTRIGHT, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    pid = int(process.stdout.readline())
    assert alive(pid)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    wait_for(lambda: not alive(pid))
