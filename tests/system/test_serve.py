"""`make run` after setup: `manage.py serve`, from an empty folder, stopped by Ctrl-C, run again."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import free_port
from tests.system.site import ROOT, Browser
from trainer.supervisor import GRACE_S

pytestmark = pytest.mark.system


def serve(folder: Path, port: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--port", str(port), "--stock", "1"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "DATA_DIR": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def read_until(process: subprocess.Popen[str], text: str) -> list[str]:
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line.rstrip())
        if text in line:
            return lines
    raise AssertionError("ended without a word of it:\n" + "\n".join(lines))


def children_in(folder: Path) -> list[str]:
    """Command lines of living processes whose environment names the folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"DATA_DIR={folder}".encode() in (process / "environ").read_bytes().split(b"\0"):
                found.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue
    return found


def stop(process: subprocess.Popen[str], folder: Path) -> None:
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=GRACE_S + 180)
    assert process.returncode == 0
    assert children_in(folder) == []


def test_it_starts_from_nothing_stops_whole_and_makes_nothing_again(tmp_path: Path) -> None:
    port = free_port()
    first = serve(tmp_path, port)
    try:
        lines = read_until(first, "Ready:")
        assert any(line.startswith("Asked for 1 cases") for line in lines)
        assert f"http://localhost:{port}" in lines[-1]
        assert sum("gunicorn" in command for command in children_in(tmp_path)) >= 2
        assert sum("celery" in command for command in children_in(tmp_path)) == 3
        email, password = read_until(first, "resident1@")[-1].split()[-2:]
        Browser(f"http://localhost:{port}").fill("/accounts/login/", login=email, password=password)
    finally:
        stop(first, tmp_path)

    second = serve(tmp_path, port)
    try:
        lines = read_until(second, "Ready:")
        assert not any("Asked for" in line for line in lines)
        assert password in read_until(second, "resident1@")[-1]
    finally:
        stop(second, tmp_path)


def test_a_taken_port_is_said(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = serve(tmp_path, port)
        output, _ = refused.communicate(timeout=180)
    assert refused.returncode == 1
    assert output.strip().endswith(
        f"Port {port} is taken. Choose another one: make run PORT={port + 1}"
    )
