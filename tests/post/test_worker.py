"""A real worker, a real mail server, a real database: what is written is sent, whatever happens to any of the three."""

import asyncio
import contextlib
import re
import signal
import smtplib
import subprocess
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from threading import Thread
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from familieplan.access.context import acting_as
from familieplan.post import actions
from familieplan.post.enums import LetterKind
from tests.accounts.conftest import House
from tests.conftest import databases
from tests.post.conftest import SITE, MailServer, free_port, jobs, outbox, wait_for, worker, write_to


def test_a_letter_is_sent_with_its_calendar(
    people: House, server: MailServer, superuser_connection: psycopg.Connection
) -> None:
    [about] = write_to(people.mia, people.carla, kind=LetterKind.INVITATION)
    write_to(people.carla, people.mia, kind=LetterKind.MINUTES)
    with server.running(), worker(server.url) as one:
        wait_for(lambda: len(server.letters()) == 2)
        wait_for(lambda: jobs(superuser_connection) == [])
        one.send_signal(signal.SIGTERM)
        said, _ = one.communicate(timeout=20)
    assert one.returncode == 0
    assert said.splitlines()[-1] == "Stopped."
    assert not re.search(r"mia|carla|@mail|[0-9a-f]{8}-", said, re.I)
    assert outbox(superuser_connection) == [(True, False, ""), (True, False, "")]
    by_whom = {letter["To"]: letter for letter in server.letters()}
    invitation, minutes = by_whom["mia@mail.example"], by_whom["carla@mail.example"]
    [calendar] = invitation.iter_attachments()
    assert calendar.get_content_type() == "text/calendar"
    assert calendar["Content-Type"].params["method"] == "REQUEST"
    text = calendar.get_content()
    assert f"UID:{about}" in text
    assert "SUMMARY:Møde" in text
    assert list(minutes.iter_attachments()) == []
    assert SITE in minutes.get_content()


def test_killed_between_two_letters_nothing_is_lost(
    people: House, server: MailServer, superuser_connection: psycopg.Connection
) -> None:
    write_to(people.mia, people.carla, times=4)
    write_to(people.carla, people.mia, times=4)
    with server.running():
        with worker(server.url) as one:
            wait_for(lambda: len(server.letters()) >= 3)
            one.send_signal(signal.SIGKILL)
            one.wait()
        assert len(server.letters()) < 8, "it was killed too late to show anything"
        with worker(server.url):
            wait_for(lambda: all(sent for sent, _, _ in outbox(superuser_connection)), 60)
            wait_for(lambda: jobs(superuser_connection) == [])
        came = Counter(letter["Message-ID"] for letter in server.letters())
    assert len(came) == 8
    assert sum(came.values()) <= 10  # what was being handed in when it was killed: under the same Message-ID


class Answering:
    """A mail server that keeps what it takes, and does as the test says before it answers."""

    def __init__(self, answer: Callable[[], str]) -> None:
        self.answer = answer
        self.taken: list[bytes] = []

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        self.taken.append(envelope.content)
        return self.answer()


@contextmanager
def answering(handler: Answering) -> Iterator[str]:
    port = free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()


def test_killed_after_the_server_said_yes_it_is_the_same_letter_again(
    people: House, superuser_connection: psycopg.Connection
) -> None:
    running: list[subprocess.Popen[str]] = []

    def kill_the_first() -> str:
        if running:
            running.pop().send_signal(signal.SIGKILL)
        return "250 taken"

    write_to(people.mia, people.carla)
    handler = Answering(kill_the_first)
    with answering(handler) as url:
        with worker(url) as one:
            running.append(one)
            one.wait(timeout=30)
        assert outbox(superuser_connection) == [(False, False, "")]
        with worker(url):
            wait_for(lambda: outbox(superuser_connection) == [(True, False, "")])
    first, second = handler.taken
    assert first == second


def test_a_server_that_is_away_is_waited_for(
    people: House, server: MailServer, superuser_connection: psycopg.Connection
) -> None:
    write_to(people.mia, people.carla)
    with worker(server.url) as one:
        wait_for(lambda: outbox(superuser_connection) == [(False, False, "unreachable")])
        with acting_as(people.ada.actor):
            standing = actions.standing()
        assert (standing.waiting, standing.unreachable, standing.failed, standing.is_late) == (1, True, 0, False)
        with server.running():
            wait_for(lambda: outbox(superuser_connection) == [(True, False, "")])
            one.send_signal(signal.SIGTERM)
            said, _ = one.communicate(timeout=20)
    assert "The mail server does not answer" in said
    assert "mia" not in said
    assert len(server.letters()) == 1


def test_an_address_the_server_refuses_is_given_up(people: House, superuser_connection: psycopg.Connection) -> None:
    write_to(people.mia, people.carla, times=2)
    handler = Answering(lambda: "550 no such mailbox: mia@mail.example")
    with answering(handler) as url, worker(url) as one:
        wait_for(lambda: outbox(superuser_connection) == [(False, True, "refused")] * 2)
        wait_for(lambda: jobs(superuser_connection) == [])
        one.send_signal(signal.SIGTERM)
        said, _ = one.communicate(timeout=20)
    assert len(handler.taken) == 2
    assert "mia" not in said


def test_without_a_mail_server_letters_wait(
    people: House, server: MailServer, superuser_connection: psycopg.Connection
) -> None:
    write_to(people.mia, people.carla)
    with worker() as one:
        assert one.stdout
        assert one.stdout.readline() == "Works. No mail server is named (SMTP_URL): letters wait.\n"
        wait_for(lambda: superuser_connection.execute("SELECT count(*) FROM procrastinate_workers").fetchone() == (1,))
        one.send_signal(signal.SIGTERM)
        one.wait(timeout=20)
    assert one.returncode == 0
    assert outbox(superuser_connection) == [(False, False, "")]
    assert jobs(superuser_connection) == [("post.send", "todo")]
    with server.running(), worker(server.url):
        wait_for(lambda: len(server.letters()) == 1)


def test_who_has_no_address_and_who_has_left_get_no_mail(
    people: House, server: MailServer, superuser_connection: psycopg.Connection
) -> None:
    write_to(people.ib, people.carla)
    write_to(people.mia, people.carla)
    with acting_as(people.ada.actor):
        actions.post(to=uuid4(), kind=LetterKind.TASK, about=uuid4())
    superuser_connection.execute("UPDATE accounts_user SET is_active = false WHERE id = %s", [people.mia.user])
    with server.running(), worker(server.url):
        wait_for(lambda: outbox(superuser_connection) == [(False, True, "no address")] * 2)
        assert server.letters() == []


class Cable:
    """Between the worker and PostgreSQL: it can be pulled out, and put in again at the same place."""

    def __init__(self, port: int) -> None:
        self.behind, self.port, self.loop = port, free_port(), asyncio.new_event_loop()
        self.server: asyncio.Server | None = None
        self.open: list[asyncio.StreamWriter] = []
        Thread(target=self.loop.run_forever, daemon=True).start()

    def put_in(self) -> None:
        self._do(self._listen())

    def pull_out(self) -> None:
        self._do(self._cut())

    def _do(self, what: Coroutine[None, None, None]) -> None:
        asyncio.run_coroutine_threadsafe(what, self.loop).result(timeout=10)

    async def _listen(self) -> None:
        self.server = await asyncio.start_server(self._connect, "127.0.0.1", self.port)

    async def _cut(self) -> None:
        if self.server:
            self.server.close()
        for one in self.open:
            one.transport.abort()
        self.open.clear()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        behind = await asyncio.open_connection("127.0.0.1", self.behind)
        self.open += [writer, behind[1]]
        with contextlib.suppress(OSError):
            await asyncio.gather(self._pass_on(reader, behind[1]), self._pass_on(behind[0], writer))

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while some := await reader.read(65_536):
            writer.write(some)
            await writer.drain()
        writer.close()


@pytest.fixture
def cable() -> Iterator[Cable]:
    one = Cable(urlsplit(databases.addresses()["DATABASE_URL"]).port or 5432)
    one.put_in()
    yield one
    one.pull_out()
    one.loop.call_soon_threadsafe(one.loop.stop)


def through(cable: Cable) -> str:
    parts = urlsplit(databases.addresses()["DATABASE_URL"])
    return parts._replace(netloc=f"{parts.username}:{parts.password}@127.0.0.1:{cable.port}").geturl()


def test_the_worker_outlives_the_database_going_away(
    people: House, server: MailServer, cable: Cable, superuser_connection: psycopg.Connection
) -> None:
    alive = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '2 seconds'"
    with server.running(), worker(server.url, DATABASE_URL=through(cable)) as one:
        wait_for(lambda: superuser_connection.execute(alive).fetchone() == (1,))
        cable.pull_out()
        write_to(people.mia, people.carla)
        wait_for(lambda: superuser_connection.execute(alive).fetchone() == (0,))
        cable.put_in()
        wait_for(lambda: outbox(superuser_connection) == [(True, False, "")], 60)
        cable.pull_out()
        one.send_signal(signal.SIGTERM)
        said, _ = one.communicate(timeout=10)
    assert one.returncode == 0
    assert re.search("The database does not answer|Connection refused", said)  # in our words, or the library's own
    assert not re.search(r"mia|carla|@mail", said, re.I)


def test_the_server_of_the_demo_is_of_this_machine_only(server: MailServer) -> None:
    with server.running(), smtplib.SMTP("127.0.0.1", server.port) as smtp:
        assert smtp.noop()[0] == 250
