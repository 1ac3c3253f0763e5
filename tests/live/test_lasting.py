"""What goes wrong in a long meeting: nothing is missed, and nobody stays who should have left."""

import signal
import socket
import time
from collections.abc import Callable, Iterator

import psycopg
import pytest
from django.db import connections

from familieplan.access.actor import Actor, token
from familieplan.accounts.crypto import digest
from familieplan.demo.municipality import STAFF, UNITS, id_of
from tests.conftest import databases
from tests.live.conftest import Listen
from tests.live.listening import Listener, Process, cookie_of, settle, until

HOLM = id_of("family", "eight_places")
ROUND_THE_TABLE = ("mette", "sara", "freja", "jens", "lis", "thomas")


@pytest.fixture
def table(listen: Listen, superuser_connection: psycopg.Connection) -> list[Listener]:
    streams = [listen(login, HOLM) for login in ROUND_THE_TABLE]
    settle(superuser_connection, *streams)
    return streams


@pytest.fixture
def hasty() -> Iterator[Process]:
    """Looks once a second whether everybody may still be there."""
    process = Process(told={"LIVE_CHECK_SECONDS": "1"})
    yield process
    process.end()


def a_drawer_of(login: str, superuser: psycopg.Connection) -> int:
    """With a topic in it that they may read."""
    row = superuser.execute(
        "SELECT t.scope_id FROM plan_topic t JOIN access_grant g ON g.scope_id = t.scope_id "
        "JOIN accounts_user u ON u.holder = g.holder WHERE u.login = %s AND t.family_id = %s LIMIT 1",
        [login, HOLM],
    ).fetchone()
    assert row
    return int(row[0])


def write_in(drawer: int, database: psycopg.Connection) -> None:
    assert database.execute("UPDATE plan_topic SET id = id WHERE scope_id = %s", [drawer]).rowcount


def test_a_withdrawal_reaches_every_stream_of_the_family_within_a_second(
    table: list[Listener], superuser_connection: psycopg.Connection
) -> None:
    consent, subject = superuser_connection.execute(
        "SELECT id, subject_id FROM consent_consent WHERE family_id = %s AND %s = ANY (to_units) "
        "AND withdrawn_at IS NULL LIMIT 1",
        [HOLM, UNITS["jobcenter"].id],
    ).fetchone() or (None, None)
    with psycopg.connect(databases.addresses()["DATABASE_URL"]) as sara:
        signed = token(Actor(subject, "person"), backend_pid=sara.info.backend_pid)
        sara.execute("SELECT set_config('app.actor', %s, true)", [signed])
        assert sara.execute("SELECT consent.withdraw(%s)", [consent]).fetchone() == (True,)
        time.sleep(0.2)
        assert not any("" in stream.drawers for stream in table), "told before it was so"
        sara.commit()
        took = until(lambda: all("" in stream.drawers for stream in table), "not everybody was told")
    assert took < 1


def test_what_was_being_written_when_somebody_came_is_not_missed(
    process: Process, listen: Listen, superuser_connection: psycopg.Connection
) -> None:
    """The writer looked whether anybody watches before there was anybody."""
    drawer = a_drawer_of("sara", superuser_connection)
    with superuser_connection.transaction():
        write_in(drawer, superuser_connection)
        sara = listen("sara", HOLM)
        time.sleep(0.5)
        assert len(sara.told) == 1
    until(lambda: "" in sara.drawers, "she was not told to read once more")


def test_nobody_is_notified_where_nobody_looks(
    process: Process, listen: Listen, superuser_connection: psycopg.Connection
) -> None:
    drawer = a_drawer_of("sara", superuser_connection)
    superuser_connection.execute("LISTEN board")
    write_in(drawer, superuser_connection)
    assert not list(superuser_connection.notifies(timeout=0.3))
    listen("sara", HOLM)
    write_in(drawer, superuser_connection)
    assert [said.payload for said in superuser_connection.notifies(timeout=0.5)] == [f"{HOLM}:{drawer}"]


def test_a_burst_is_told_in_few_events(table: list[Listener], superuser_connection: psycopg.Connection) -> None:
    sara, drawer = table[1], a_drawer_of("sara", superuser_connection)
    for _ in range(100):
        write_in(drawer, superuser_connection)
    until(lambda: sara.drawers, "Sara was not told")
    time.sleep(0.2)
    assert 1 <= len(sara.told) - 1 < 50


def test_a_lost_connection_to_the_database_is_made_good(
    process: Process, table: list[Listener], superuser_connection: psycopg.Connection
) -> None:
    connections.close_all()
    for _ in range(3):
        for stream in table:
            stream.forget()
        superuser_connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE usename = 'familieplan_app' AND datname = current_database()"
        )
        until(lambda: all("" in stream.drawers for stream in table), "not everybody reads anew")
    drawer = a_drawer_of("sara", superuser_connection)
    settle(superuser_connection, *table)
    write_in(drawer, superuser_connection)
    until(lambda: str(drawer) in table[1].drawers, "Sara is not told any more")
    assert process.status() == 404


def test_a_killed_process_is_replaced(
    process: Process, listen: Listen, superuser_connection: psycopg.Connection
) -> None:
    before = listen("sara", HOLM)
    process.end(signal.SIGKILL)
    until(lambda: before.is_over, "the browser would not notice")
    write_in(a_drawer_of("sara", superuser_connection), superuser_connection)  # heard by nobody
    process.start()
    assert listen("sara", HOLM).told[0][1] == [""]  # all is read anew


def test_ends_at_once_with_everybody_still_there(process: Process, table: list[Listener]) -> None:
    assert process.popen
    popen, started = process.popen, time.monotonic()
    process.end()
    assert time.monotonic() - started < 2
    assert popen.returncode in (0, -signal.SIGTERM)
    until(lambda: all(stream.is_over for stream in table), "a stream is still open")


def test_no_transaction_is_open_around_a_stream(
    table: list[Listener], superuser_connection: psycopg.Connection
) -> None:
    connections.close_all()
    open_ones = (
        "SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE l.locktype = 'virtualxid' "
        "AND a.usename = 'familieplan_app' AND a.datname = current_database()"
    )
    assert superuser_connection.execute(open_ones).fetchone() == (0,)


def test_an_open_board_is_nobody_using_it(
    hasty: Process, demo_db: None, superuser_connection: psycopg.Connection
) -> None:
    """The session runs out as if the stream were not there, and takes the stream with it."""
    hasty.start()
    cookie = cookie_of("sara")
    sara = Listener(hasty, HOLM, cookie).open()
    seen = "UPDATE accounts_session SET seen_at = now() - interval '%s minutes' WHERE key_hash = %%s"
    superuser_connection.execute((seen % 5).encode(), [digest(cookie)])
    before = superuser_connection.execute("SELECT max(seen_at) FROM accounts_session").fetchone()
    time.sleep(2.5)
    assert not sara.is_over
    assert superuser_connection.execute("SELECT max(seen_at) FROM accounts_session").fetchone() == before
    superuser_connection.execute((seen % 61).encode(), [digest(cookie)])
    until(lambda: sara.is_over, "her session is over, her stream is not")


def sign_out(cookie: str, superuser: psycopg.Connection) -> None:
    superuser.execute("DELETE FROM accounts_session WHERE key_hash = %s", [digest(cookie)])


def close_the_account(cookie: str, superuser: psycopg.Connection) -> None:
    superuser.execute("UPDATE accounts_user SET is_active = false WHERE login = 'jens'")


def leave_the_team(cookie: str, superuser: psycopg.Connection) -> None:
    superuser.execute(
        "UPDATE people_teammember SET ends = current_date - 1, starts = least(starts, current_date - 1) "
        "WHERE staff_id = %s AND family_id = %s",
        [STAFF["jens"].actor.holder, HOLM],
    )


@pytest.mark.parametrize("how", [sign_out, close_the_account, leave_the_team])
def test_who_may_no_longer_be_there_is_let_go(
    hasty: Process, demo_db: None, superuser_connection: psycopg.Connection, how: Callable[..., None], settings: object
) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    hasty.start()
    cookie = cookie_of("jens")
    jens, mette = Listener(hasty, HOLM, cookie).open(), Listener(hasty, HOLM, cookie_of("mette")).open()
    how(cookie, superuser_connection)
    until(lambda: jens.is_over, "he is still told")
    assert hasty.ask(f"/live/families/{HOLM}/", {"Cookie": f"session={cookie}"})[0] == 404
    assert not mette.is_over


def test_one_who_does_not_listen_keeps_nobody_waiting(
    process: Process, table: list[Listener], superuser_connection: psycopg.Connection
) -> None:
    with socket.socket() as slow:
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        slow.connect(("127.0.0.1", process.port))
        asks = f"GET /live/families/{HOLM}/ HTTP/1.1\r\nHost: localhost\r\nCookie: session={cookie_of('sara')}\r\n\r\n"
        slow.sendall(asks.encode())
        drawer, sara = a_drawer_of("sara", superuser_connection), table[1]
        for _ in range(20):
            time.sleep(0.05)
            sara.forget()
            write_in(drawer, superuser_connection)
            assert until(lambda: sara.drawers, "Sara waits for somebody else") < 0.5
