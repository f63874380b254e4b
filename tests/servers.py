"""PostgreSQL and Redis of the tests' own: on free ports, in folders that go away.

`python -m tests.servers pytest ...` runs a command with DATABASE_URL set to such a PostgreSQL.
"""

import os
import pwd
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

FAST = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


def free_port() -> int:
    """A free port below those that the kernel gives to outgoing connections (32768 and up on
    Linux), so that it is still free when the server starts, seconds later."""
    for port in random.SystemRandom().sample(range(20_000, 32_000), 100):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise RuntimeError("no free port")


def find_postgres(program: str) -> str:
    """The newest installed server's program; Debian keeps them off the PATH."""
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: -float(folder.parent.name)
    )
    found = shutil.which(program, path=os.pathsep.join([*map(str, folders), os.environ["PATH"]]))
    if found is None:
        raise RuntimeError(f"{program} is not installed: apt-get install postgresql")
    return found


def server_identity() -> dict[str, Any]:
    """PostgreSQL refuses to run as root; then it runs as the user that its package made."""
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam("postgres")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@contextmanager
def temporary_postgres() -> Iterator[str]:
    """The address (DATABASE_URL) of an empty PostgreSQL."""
    identity, port = server_identity(), free_port()
    folder = Path(tempfile.mkdtemp(prefix="parenchyma-postgres-"))
    if identity:
        os.chown(folder, identity["user"], identity["group"])
    log = (folder / "log").open("wb")
    try:
        subprocess.run(
            [find_postgres("initdb"), "-D", folder / "data", "-A", "trust", "-U", "tests", "-N"],
            check=True,
            stdout=log,
            stderr=log,
            cwd=folder,
            **identity,
        )
        options = ("-p", str(port), "-h", "127.0.0.1", "-k", "", *FAST)
        server = subprocess.Popen(
            [find_postgres("postgres"), "-D", folder / "data", *options],
            stdout=log,
            stderr=log,
            cwd=folder,
            **identity,
        )
        try:
            wait_for_port(port, server)
            wait_until_accepting(port)
            yield f"postgres://tests@127.0.0.1:{port}/postgres"
        finally:
            server.terminate()
            server.wait(timeout=30)
    finally:
        log.close()
        shutil.rmtree(folder, ignore_errors=True)


def wait_until_accepting(port: int) -> None:
    """An open port is not yet a server: while it starts up, it turns everybody away."""
    ask = [find_postgres("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    for _ in range(1200):
        if subprocess.run(ask).returncode == 0:
            return
        time.sleep(0.1)
    raise RuntimeError("PostgreSQL does not accept connections")


@contextmanager
def temporary_redis() -> Iterator[str]:
    """The address of an empty Redis."""
    program, port = shutil.which("redis-server"), free_port()
    if program is None:
        raise RuntimeError("redis-server is not installed: apt-get install redis-server")
    folder = tempfile.mkdtemp(prefix="parenchyma-redis-")
    server = subprocess.Popen(
        [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder],
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for_port(port, server)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def wait_for_port(port: int, server: subprocess.Popen[bytes], *, timeout_s: float = 120) -> None:
    deadline = time.monotonic() + timeout_s
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError(f"{server.args!r} ended ({server.returncode})")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"nothing answers on port {port}")


def run_on_postgres(command: list[str]) -> int:
    with temporary_postgres() as address:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": address}).returncode


if __name__ == "__main__":
    sys.exit(run_on_postgres(sys.argv[1:]))
