"""The accounts tables, asked as the app's own role: what an injected statement would get."""

from typing import Any

import psycopg
import pytest

from familieplan.access.actor import SIGNING_IN, Actor, token

from .conftest import House, SignIn

TABLES = ("accounts_user", "accounts_session", "accounts_invitation", "accounts_cacheentry", "mfa_authenticator")
SEEN_BY_APP = ("accounts_user", "accounts_session", "mfa_authenticator")


def ask(database: psycopg.Connection, actor: Actor | None, statement: str) -> list[tuple[Any, ...]]:
    """One statement in one transaction, as this actor."""
    with database.transaction():
        if actor:
            signed = token(actor, backend_pid=database.info.backend_pid)
            database.execute("SELECT set_config('app.actor', %s, true)", [signed])
        answer = database.execute(statement.encode())
        return answer.fetchall() if answer.description else [(answer.rowcount,)]


@pytest.fixture
def everybody_in(house: House, sign_in: SignIn) -> House:
    for someone in (house.ada, house.carla, house.ib, house.mia):
        sign_in(someone)
    return house


def sees(database: psycopg.Connection, actor: Actor | None, table: str) -> int:
    """How many rows; a refusal is none."""
    try:
        return len(ask(database, actor, f"SELECT * FROM {table}"))
    except psycopg.errors.InsufficientPrivilege:
        return 0


def test_nobody_sees_nothing(everybody_in: House, app_connection: psycopg.Connection) -> None:
    assert {table: sees(app_connection, None, table) for table in TABLES} == dict.fromkeys(TABLES, 0)


def test_a_forged_actor_sees_nothing(everybody_in: House, app_connection: psycopg.Connection) -> None:
    for forged in ("auth::::", "auth:::9999999999:1:00", "x" * 1000):
        with app_connection.transaction():
            app_connection.execute("SELECT set_config('app.actor', %s, true)", [forged])
            for table in SEEN_BY_APP:
                assert app_connection.execute(f"SELECT * FROM {table}".encode()).fetchall() == [], (forged, table)


def test_the_signed_in_see_their_own(everybody_in: House, app_connection: psycopg.Connection) -> None:
    for someone in (everybody_in.ada, everybody_in.carla, everybody_in.ib, everybody_in.mia):
        for table in SEEN_BY_APP:
            column = "id" if table == "accounts_user" else "user_id"
            seen = ask(app_connection, someone.actor, f"SELECT DISTINCT {column} FROM {table}")
            nothing_to_see = (table, someone.name) == ("mfa_authenticator", "Mia")
            assert seen == ([] if nothing_to_see else [(someone.user,)]), (someone.name, table)


def test_those_who_sign_in_look_everybody_up(everybody_in: House, app_connection: psycopg.Connection) -> None:
    assert ask(app_connection, SIGNING_IN, "SELECT count(*) FROM accounts_user") == [(4,)]


def test_those_who_sign_in_see_nothing_else(everybody_in: House, app_connection: psycopg.Connection) -> None:
    for table in ("people_person", "people_family", "people_staff", "access_scope", "access_grant", "audit_entry"):
        assert sees(app_connection, SIGNING_IN, table) == 0, table


REFUSED = (
    "UPDATE accounts_user SET kind = 'staff'",
    "UPDATE accounts_user SET holder = gen_random_uuid()",
    "UPDATE accounts_user SET is_active = true",
    "UPDATE accounts_user SET login = 'x'",
    "DELETE FROM accounts_user",
    "INSERT INTO accounts_user (id, login, password, kind, is_active, language, created_at)"
    " VALUES (gen_random_uuid(), 'nn', '', 'staff', true, '', now())",
    "SELECT * FROM accounts_invitation",
    "INSERT INTO accounts_invitation SELECT gen_random_uuid(), 'x', NULL, now(), now(), NULL, id FROM accounts_user",
    "UPDATE accounts_session SET started_at = now() + interval '1 year'",
    "TRUNCATE accounts_cacheentry",
    "SELECT * FROM accounts.directory()",
    "SELECT accounts.set_active(gen_random_uuid(), true)",
    "SELECT accounts.forget_second_factor(gen_random_uuid())",
    "INSERT INTO accounts_event SELECT * FROM accounts_event",
    "DELETE FROM accounts_event",
    "UPDATE accounts_event SET what = 'opened'",
    "SELECT accounts.note(gen_random_uuid(), 'new link')",
    "SELECT * FROM accounts.done(1)",
    "SELECT accounts.invite('staff', gen_random_uuid(), 'nn', 'hash', now())",
)


def test_what_the_app_itself_may_not(everybody_in: House, app_connection: psycopg.Connection) -> None:
    for actor in (SIGNING_IN, everybody_in.carla.actor, everybody_in.mia.actor):
        for statement in REFUSED:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                print(actor.kind, ask(app_connection, actor, statement), statement)  # noqa: T201


def test_the_rows_of_others_are_not_there(everybody_in: House, app_connection: psycopg.Connection) -> None:
    for statement in (
        "UPDATE accounts_user SET password = '!' WHERE login <> 'mia'",
        f"DELETE FROM accounts_session WHERE user_id <> '{everybody_in.mia.user}'",
        "DELETE FROM mfa_authenticator",
    ):
        assert ask(app_connection, everybody_in.mia.actor, statement) == [(0,)], statement


def test_nobody_gives_a_session_or_a_factor_to_another(everybody_in: House, app_connection: psycopg.Connection) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(app_connection, everybody_in.mia.actor, f"UPDATE accounts_session SET user_id = '{everybody_in.ada.user}'")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(
            app_connection,
            everybody_in.mia.actor,
            "INSERT INTO mfa_authenticator (user_id, type, data, created_at)"
            f" VALUES ('{everybody_in.ada.user}', 'totp', '{{}}', now())",
        )


def test_the_administrator_has_a_list_without_secrets(everybody_in: House, app_connection: psycopg.Connection) -> None:
    rows = ask(
        app_connection, everybody_in.ada.actor, "SELECT login, kind, has_second_factor FROM accounts.directory()"
    )
    assert rows == [("ada", "staff", True), ("carla", "staff", True), ("ib", "staff", True), ("mia", "person", False)]


def test_planted_fault_without_row_security(
    everybody_in: House, app_connection: psycopg.Connection, superuser_connection: psycopg.Connection
) -> None:
    """The tests above see it when a table is left open."""
    for table in SEEN_BY_APP:
        superuser_connection.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY".encode())
        seen = sees(app_connection, None, table)
        superuser_connection.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY".encode())
        assert seen > 0, table


def test_tables_nobody_needs_are_not_there(house: House, superuser_connection: psycopg.Connection) -> None:
    found = superuser_connection.execute(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        " AND relname ~ '^(auth_|account_|django_content_type|django_session)'"
    ).fetchall()
    assert found == []
