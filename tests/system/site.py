"""A whole site as real processes: the commands of trainer/processes.py over real servers."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import psycopg
import requests

from tests.servers import free_port
from trainer.processes import command_line
from trainer.supervisor import die_with_parent

ROOT = Path(__file__).resolve().parents[2]
Found = TypeVar("Found")


@dataclass
class Site:
    folder: Path
    database_url: str
    broker_url: str
    port: int = field(default_factory=free_port)
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "DATA_DIR": str(self.folder),
            "DATABASE_URL": self.database_url,
            "CELERY_BROKER_URL": self.broker_url,
            "SITE_URL": self.address,
            **self.settings,
        }

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.strip()

    def set_up(self) -> None:
        self.manage("migrate", "--verbosity", "0")
        self.manage("createcachetable")

    def query(self, statement: str) -> list[tuple[Any, ...]]:
        """Rows straight from the database, past all code of ours."""
        if self.database_url.startswith("sqlite"):
            file = self.database_url.removeprefix("sqlite:///")
            with closing(sqlite3.connect(file, timeout=20)) as embedded:
                return embedded.execute(statement).fetchall()
        with psycopg.connect(self.database_url) as server:
            return server.execute(statement.encode()).fetchall()

    def start(self, *names: str) -> None:
        for name in names:
            with (self.folder / f"{name}.log").open("ab") as log:
                self.processes[name] = subprocess.Popen(
                    command_line(name, port=self.port),
                    cwd=ROOT,
                    env=self.environment,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                    # A test run that is killed outright leaves no site behind.
                    preexec_fn=die_with_parent,
                )

    def kill(self, name: str) -> None:
        """kill -9, as the kernel does it when memory runs out."""
        process = self.processes.pop(name)
        process.send_signal(signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self.processes.clear()

    def logs(self) -> str:
        return "\n".join(
            f"--- {path.name}\n{path.read_text(errors='replace')[-3000:]}"
            for path in sorted(self.folder.glob("*.log"))
        )

    def wait_for(self, look: Callable[[], Found | None], *, what: str, timeout_s: float) -> Found:
        """What `look` finds, looked for until it is there; else the logs say why not."""
        deadline = time.monotonic() + timeout_s
        while True:
            found = look()
            if found:
                return found
            assert time.monotonic() < deadline, f"waited in vain for {what}\n{self.logs()}"
            time.sleep(0.2)

    def wait_for_web(self) -> None:
        self.wait_for(self.answers, what="the web process", timeout_s=180)

    def answers(self) -> bool:
        try:
            return requests.get(f"{self.address}/accounts/login/", timeout=20).ok
        except requests.RequestException:
            return False


class Browser(requests.Session):
    """A person's browser, as far as HTTP goes: cookies, CSRF tokens, one address."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address

    def request(self, method, url, *args, **kwargs):  # type: ignore[no-untyped-def, override]
        url = url if url.startswith("http") else self.address + url
        if method not in ("GET", "HEAD"):
            kwargs.setdefault("headers", {})
            kwargs["headers"] |= {
                "X-CSRFToken": self.cookies.get("csrftoken", ""),
                "Referer": self.address,
            }
        return super().request(method, url, *args, timeout=180, **kwargs)

    def fill(self, link: str, **values: str) -> requests.Response:
        """Open a page with a form, fill it in and send it."""
        page = self.get(link)
        assert page.ok, page.text
        sent = self.post(link, data=values)
        assert sent.ok, sent.text
        return sent
