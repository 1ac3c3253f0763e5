"""The real stream process as a process of its own, and browsers' ends of its streams as small as can be."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

import psycopg
from django.conf import settings
from django.test import Client

from familieplan.access.actor import SIGNING_IN
from familieplan.access.context import acting_as
from familieplan.accounts.models import User
from familieplan.launcher.home import ROOT
from familieplan.launcher.ports import ADDRESS, any_free
from tests.conftest import databases

ELSEWHERE = "http://localhost:8000"  # the pages, in the demo
SOON = 5.0  # seconds: longer than anything here may take


def cookie_of(login: str) -> str:
    """Signed in as one of the demo, past the doors that have tests of their own."""
    client = Client()
    with acting_as(SIGNING_IN):
        client.force_login(User.objects.get(login=login))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@dataclass
class Process:
    """`python -m familieplan.live`, as in service."""

    port: int = field(default_factory=any_free)
    told: dict[str, str] = field(default_factory=dict)  # more of its environment
    popen: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        told = os.environ | databases.addresses() | {"FAMILIEPLAN_DEMO": "1", "LIVE_ORIGINS": ELSEWHERE} | self.told
        del told["DATABASE_OWNER_URL"]
        command = [sys.executable, "-m", "familieplan.live", "--port", str(self.port)]
        self.popen = subprocess.Popen(command, env=told, cwd=ROOT)
        until(lambda: self.status() == http.client.NOT_FOUND, "the stream process did not start", within=60)

    def status(self, path: str = "/", **headers: str) -> int | None:
        try:
            return self.ask(path, headers)[0]
        except OSError:
            return None

    def ask(self, path: str, headers: dict[str, str], method: str = "GET") -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection(ADDRESS, self.port, timeout=SOON)
        try:
            connection.request(method, path, headers={"Host": f"localhost:{self.port}"} | headers)
            answer = connection.getresponse()
            kept = {name.lower(): value for name, value in answer.getheaders() if name.lower() != "date"}
            return answer.status, kept, b"" if answer.status == http.client.OK else answer.read()
        finally:
            connection.close()

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self.popen:
            self.popen.send_signal(how)
            self.popen.wait(timeout=10)
            self.popen = None


@dataclass
class Listener:
    """One stream, read by a thread of its own. ``told`` is every `changed`, with the moment it came."""

    process: Process
    family: UUID
    cookie: str
    told: list[tuple[float, list[str]]] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)
    beats: int = 0
    is_over: bool = False

    def open(self) -> "Listener":
        connection = http.client.HTTPConnection(ADDRESS, self.process.port, timeout=60)
        connection.connect()
        self.socket: socket.socket = connection.sock
        headers = {"Host": f"localhost:{self.process.port}", "Cookie": f"{settings.SESSION_COOKIE_NAME}={self.cookie}"}
        connection.request("GET", f"/live/families/{self.family}/", headers=headers)
        self.answer = connection.getresponse()
        assert self.answer.status == http.client.OK, self.answer.status
        threading.Thread(target=self._read, daemon=True).start()
        until(lambda: self.told, "no first event")
        return self

    def _read(self) -> None:
        event = ""
        try:
            for raw in self.answer:
                name, _, value = raw.decode().rstrip("\n").partition(": ")
                match name:
                    case "event":
                        event = value
                        self.beats += event == "here"
                    case "id":
                        self.ids.append(int(value))
                    case "data" | "data:" if event == "changed":
                        self.told.append((time.monotonic(), value.split() or [""]))
        except (OSError, http.client.HTTPException, ValueError, AttributeError):
            pass  # closed, by either end
        self.is_over = True

    @property
    def drawers(self) -> set[str]:
        """All that was told of since it was opened; "" is everything."""
        return {drawer for _, drawers in self.told[1:] for drawer in drawers}

    def forget(self) -> None:
        del self.told[1:]

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)


def settle(superuser: psycopg.Connection, *streams: Listener) -> None:
    """Newcomers read once more when whoever wrote as they came is done – also the tests beside these on the server.
    From then on every event has a reason."""
    last = superuser.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text").fetchone()
    done = "SELECT pg_snapshot_xmin(pg_current_snapshot()) >= %s::xid8"
    until(lambda: superuser.execute(done, last).fetchone() == (True,), "somebody writes for ever", within=60)
    time.sleep(0.4)
    for stream in streams:
        stream.forget()


def until(condition: Callable[[], object], otherwise: str, within: float = SOON) -> float:
    """Wait for it; how long it took, in seconds."""
    started = time.monotonic()
    while not condition():
        assert time.monotonic() - started < within, otherwise
        time.sleep(0.01)
    return time.monotonic() - started
