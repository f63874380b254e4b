import errno
import os
import signal
import socket
import time
from argparse import ArgumentParser
from http.client import HTTPConnection, HTTPException
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from trainer.accounts.domain.demo import ensure_demo
from trainer.processes import COMMANDS, command_line
from trainer.stock import STOCK_SIZE, LibraryState, read_library_state, request_stock
from trainer.supervisor import Supervisor

FIRST_CASES = 4
LOOK_EVERY_S = 0.5


class StopRequested(BaseException):
    """Ctrl-C, or a request to end."""


class Command(BaseCommand):
    help = "Runs the whole site on this machine, with demo people and a stock of cases."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--stock", type=int, default=STOCK_SIZE, help="cases to have at least")

    def handle(self, *args: Any, **options: Any) -> None:
        self.host, self.port, self.stock = options["host"], options["port"], options["stock"]
        self.address = os.environ.get("SITE_URL") or f"http://localhost:{self.port}"
        require_free_port(self.host, self.port)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, request_stop)
        supervisor = Supervisor(
            folder=settings.BASE_DIR,
            log_folder=settings.DATA_DIR / "logs",
            environment={**os.environ, "SITE_URL": self.address},
        )
        try:
            self.prepare()
            for name in COMMANDS:
                supervisor.add(name, command_line(name, host=self.host, port=self.port))
            supervisor.start()
            self.say(f"Logs: {supervisor.log_folder}")
            self.watch(supervisor)
        except StopRequested:
            self.say("Stopping ...")
        finally:
            supervisor.stop()
        self.say("Stopped.")

    def prepare(self) -> None:
        self.say("Database ...")
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        self.sign_ins = ensure_demo(credentials=settings.DEMO_CREDENTIALS)
        requested = request_stock(size=self.stock)
        if requested:
            self.say(f"Asked for {requested} cases; the first ones take a minute or two.")

    def watch(self, supervisor: Supervisor) -> None:
        """Until stopped: restart what ends, tell how far the stock is, and how to sign in."""
        first, announced, told = min(FIRST_CASES, self.stock), False, ""
        while True:
            for line in supervisor.check():
                self.say(line)
            state = read_library_state()
            # The connection would hold on to its snapshot of the database, and to the file.
            connection.close()
            if not announced and state.ready >= first and answers(self.host, self.port):
                announced = True
                self.announce(state)
            line = describe(state, self.stock)
            if line != told:
                told = line
                self.say(line)
            time.sleep(LOOK_EVERY_S)

    def announce(self, state: LibraryState) -> None:
        self.say("")
        self.say(f"Ready: {self.address}   ({state.ready} cases)")
        for person, password in self.sign_ins:
            self.say(f"  {person.role.label:<17} {person.email:<26} {password}")
        self.say("Ctrl-C ends it.")
        self.say("")

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def request_stop(number: int, frame: FrameType | None) -> None:
    # A second Ctrl-C while stopping must not leave children behind.
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    raise StopRequested


def require_free_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise CommandError(
                    f"Port {port} is taken. Choose another one: make run PORT={port + 1}"
                ) from error
            raise CommandError(f"Cannot listen on {host}:{port}: {error.strerror}") from error


def answers(host: str, port: int) -> bool:
    connection_to_web = HTTPConnection(host, port, timeout=2)
    try:
        connection_to_web.request("GET", "/accounts/login/", headers={"Host": "localhost"})
        return connection_to_web.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection_to_web.close()


def describe(state: LibraryState, stock: int) -> str:
    """One line on how far the stock is; by quarters of a case, so that it does not flood."""
    failed = f", {state.failed} failed" if state.failed else ""
    if not state.waiting:
        return f"Cases: {state.ready} ready{failed}"
    quarter = int(4 * state.progress) * 25
    return f"Cases: {state.ready} of {max(stock, state.ready)} ready{failed}, next {quarter} %"
