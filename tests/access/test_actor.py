"""Whom the database believes: a token signed with our key, on this connection, now."""

import time
import uuid

import psycopg
import pytest

from familieplan.access.actor import TOKEN_SECONDS, Actor, token

SARA = Actor(holder=uuid.uuid4(), kind="person")


def believed(connection: psycopg.Connection, signed: str) -> uuid.UUID | None:
    with connection.transaction():
        connection.execute("SELECT set_config('app.actor', %s, true)", [signed])
        row = connection.execute("SELECT access.actor()").fetchone()
    assert row is not None
    holder: uuid.UUID | None = row[0]
    return holder


def signed(connection: psycopg.Connection, actor: Actor = SARA, **changes: float) -> str:
    return token(actor, backend_pid=connection.info.backend_pid, **changes)


def test_the_signed_actor_is_believed(app_connection: psycopg.Connection) -> None:
    assert believed(app_connection, signed(app_connection)) == SARA.holder


@pytest.mark.parametrize("position", range(6))
def test_no_part_can_be_changed(app_connection: psycopg.Connection, position: int) -> None:
    other = signed(app_connection, Actor(holder=uuid.uuid4(), kind="staff", user=uuid.uuid4()), now=time.time() + 9)
    parts, others = signed(app_connection).split(":"), other.split(":")
    others[4] = "1"  # another connection's number
    parts[position] = others[position]
    assert believed(app_connection, ":".join(parts)) is None


def test_a_token_seen_on_another_connection_opens_nothing(app_connection: psycopg.Connection) -> None:
    stolen = token(SARA, backend_pid=app_connection.info.backend_pid + 1)
    assert believed(app_connection, stolen) is None


def test_an_old_token_opens_nothing(app_connection: psycopg.Connection) -> None:
    assert believed(app_connection, signed(app_connection, now=time.time() - TOKEN_SECONDS - 2)) is None


@pytest.mark.parametrize("nonsense", ["", ":", "person", "a:b:c:d:e:f", "person:::::", "x" * 5000, "person:é:::1:ff"])
def test_nonsense_is_nobody(app_connection: psycopg.Connection, nonsense: str) -> None:
    assert believed(app_connection, nonsense) is None


def test_a_setting_is_not_an_identity(app_connection: psycopg.Connection) -> None:
    """What injected SQL could do: say who it is without the key."""
    with app_connection.transaction():
        app_connection.execute("SELECT set_config('app.actor', %s, true)", [f"person:{SARA.holder}:::0:00"])
        app_connection.execute("SELECT set_config('app.uid', %s, true)", [str(SARA.holder)])
        row = app_connection.execute("SELECT access.actor(), access.readable_scopes()").fetchone()
    assert row == (None, [])


def test_the_actor_is_gone_with_the_transaction(app_connection: psycopg.Connection) -> None:
    believed(app_connection, signed(app_connection))
    row = app_connection.execute("SELECT access.actor()").fetchone()
    assert row == (None,)


def test_the_key_is_not_the_apps_to_read(app_connection: psycopg.Connection) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app_connection.execute("SELECT * FROM access.signing_key")
