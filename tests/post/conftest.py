"""A mail server and a worker that are real: processes of their own, on this machine, ended with the test."""

import email
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest

from familieplan.access.context import acting_as
from familieplan.launcher.environment import for_django
from familieplan.launcher.home import ROOT
from familieplan.post import actions
from familieplan.post.enums import LetterKind
from tests.accounts.conftest import House, Someone, house
from tests.conftest import databases

__all__ = ["house"]
SITE = "https://plan.example/"
FROM = "plan@kommune.example"


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait_for(what: Callable[[], object], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


@contextmanager
def process(*command: str, **more: str) -> Iterator[subprocess.Popen[str]]:
    environment = for_django({name: value for name, value in os.environ.items() if name != "DATABASE_OWNER_URL"} | more)
    one = subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        yield one
    finally:
        if one.poll() is None:
            one.send_signal(signal.SIGTERM)
        one.wait(timeout=30)


@dataclass(frozen=True)
class MailServer:
    """The demo's own server, and what has come in."""

    port: int
    folder: Path

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def letters(self) -> list[EmailMessage]:
        came = sorted((self.folder / "new").glob("*")) if self.folder.is_dir() else []
        return [email.message_from_bytes(one.read_bytes(), policy=default) for one in came]

    @contextmanager
    def running(self) -> Iterator[None]:
        with process("familieplan.post.sink", "--port", str(self.port), "--folder", str(self.folder)):
            wait_for(self._answers)
            yield

    def _answers(self) -> bool:
        with socket.socket() as one:
            return one.connect_ex(("127.0.0.1", self.port)) == 0


@pytest.fixture
def server(tmp_path: Path) -> MailServer:
    """Not yet running."""
    return MailServer(free_port(), tmp_path / "mailbox")


@contextmanager
def worker(smtp_url: str = "", **more: str) -> Iterator[subprocess.Popen[str]]:
    """`manage work` with the weak role's address only."""
    named = {"SMTP_URL": smtp_url, "MAIL_FROM": FROM, "SITE_URL": SITE, "DJANGO_SETTINGS_MODULE": "tests.post.settings"}
    weak = {"DATABASE_URL": databases.addresses()["DATABASE_URL"]}
    with process("django", "work", **(databases.keys | named | weak | more)) as one:
        yield one


def write_to(someone: Someone, by: Someone, *, times: int = 1, kind: LetterKind = LetterKind.REMINDER) -> list[UUID]:
    """Committed letters, each about a meeting of its own."""
    about = [uuid4() for _ in range(times)]
    with acting_as(by.actor):
        for one in about:
            actions.post(to=someone.holder, kind=kind, about=one)
    return about


@pytest.fixture
def people(house: House, superuser_connection: psycopg.Connection) -> Iterator[House]:
    """Mia and Carla have an address each; Ib has none."""
    for someone in (house.mia, house.carla):
        with acting_as(someone.actor):
            actions.keep_address(email=f"{someone.login}@mail.example", by=someone.actor)
    yield house
    superuser_connection.execute(
        "TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers CASCADE"
    )


def outbox(database: psycopg.Connection) -> list[tuple[bool, bool, str]]:
    """``(sent, given up, trouble)`` of each letter, in the order they were written."""
    rows = database.execute(
        "SELECT sent_at IS NOT NULL, failed_at IS NOT NULL, trouble FROM post_letter ORDER BY created_at"
    )
    return rows.fetchall()


def jobs(database: psycopg.Connection) -> list[tuple[str, str]]:
    """``(task, status)`` of what is in the queue."""
    return database.execute("SELECT task_name, status::text FROM procrastinate_jobs ORDER BY id").fetchall()
