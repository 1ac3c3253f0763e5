"""Injected SQL, run as the web process would run it: as the app's role, inside the job centre's own request."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from familieplan.access.actor import Actor, token
from familieplan.access.lints import CATALOGUE
from familieplan.demo.municipality import STAFF, id_of

JENS, HOLM = STAFF["jens"].actor, id_of("family", "eight_places")
SCOPED = sorted(table for table, kind in CATALOGUE["tables"].items() if kind == "scoped")
Connection = psycopg.Connection


@contextmanager
def request_of(connection: Connection, actor: Actor) -> Iterator[None]:
    """A request in which the family page has been opened."""
    with connection.transaction(force_rollback=True):
        signed = token(actor, backend_pid=connection.info.backend_pid)
        connection.execute("SELECT set_config('app.actor', %s, true)", [signed])
        opened = connection.execute("SELECT audit.open_family(%s, 'family')", [HOLM]).fetchone()
        assert opened == ("full",)
        yield


def his_own(superuser: Connection, table: str) -> set[str]:
    """What Jens's grants give him, worked out past row security."""
    rows = superuser.execute(
        f"SELECT t.id::text FROM {table} t JOIN access_grant g ON g.scope_id = t.scope_id "
        "WHERE g.holder = %s AND now() BETWEEN g.valid_from AND g.valid_until".encode(),
        [JENS.holder],
    )
    return {row[0] for row in rows}


# Beyond his grants: his own line on a team, and what he is called to.
CALLED_TO = """SELECT p.meeting_id FROM meetings_participant p JOIN meetings_meeting m ON m.id = p.meeting_id
    WHERE p.staff_id = %s AND p.removed_at IS NULL AND m.stage <> 'preparing'"""
ALSO = {
    "people_teammember": "SELECT id::text FROM people_teammember WHERE staff_id = %s",
    "meetings_meeting": f"SELECT id::text FROM meetings_meeting WHERE id IN ({CALLED_TO})",
    "meetings_participant": f"SELECT id::text FROM meetings_participant WHERE meeting_id IN ({CALLED_TO})",
    "meetings_minutes": f"SELECT id::text FROM meetings_minutes WHERE meeting_id IN ({CALLED_TO})",
}


@pytest.mark.parametrize("table", SCOPED)
def test_a_stolen_select_gives_only_ones_own(demo_app: Connection, demo_superuser: Connection, table: str) -> None:
    with request_of(demo_app, JENS):
        stolen = {row[0] for row in demo_app.execute(f"SELECT id::text FROM {table}".encode())}
    allowed = his_own(demo_superuser, table)
    if table in ALSO:
        allowed |= {row[0] for row in demo_superuser.execute(ALSO[table].encode(), [JENS.holder])}
    assert stolen <= allowed


PAYLOADS = {
    "says who he is": "SELECT set_config('app.actor', 'staff:{mette}::9999999999:' || pg_backend_pid() || ':00', true)",
    "forgets who he is": "SELECT set_config('app.actor', '', true)",
    "looks at another family": "SELECT set_config('app.family', gen_random_uuid()::text, true)",
    "looks at every family": "SELECT set_config('app.family', '', true)",
}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_setting_gives_more(demo_app: Connection, demo_superuser: Connection, payload: str) -> None:
    allowed = his_own(demo_superuser, "plan_statement")
    with request_of(demo_app, JENS):
        demo_app.execute(PAYLOADS[payload].format(mette=STAFF["mette"].id).encode())
        stolen = {row[0] for row in demo_app.execute(b"SELECT id::text FROM plan_statement")}
    assert stolen <= allowed


REFUSED = {
    "becomes the deriver": "SET ROLE familieplan_deriver",
    "becomes the owner": "SET ROLE familieplan_owner",
    "reads the log": "SELECT * FROM audit_entry",
    "forges a log row": "SELECT audit.write(NULL, 'x', '', NULL, '{}', '{}', true)",
    "reads the key": "SELECT * FROM access.signing_key",
    "grants himself a key": "INSERT INTO access_grant SELECT * FROM access_grant",
    "rebuilds grants": "SELECT access.rebuild(gen_random_uuid())",
    "asks who decides for somebody": "SELECT access.who_decides_for(gen_random_uuid())",
    "edits what was said": "UPDATE plan_statement SET text = 'x'",
    "deletes what was said": "DELETE FROM plan_statement",
    "empties a table": "TRUNCATE plan_statement",
    "writes a consent over": "UPDATE consent_consent SET until = '2999-01-01'",
    "makes a table": "CREATE TABLE loot (x text)",
    "makes a temporary table": "CREATE TEMP TABLE loot (x text)",
    "makes a function": "CREATE FUNCTION public.loot() RETURNS int LANGUAGE sql RETURN 1",
    "keeps something outside the tables": "SELECT lo_from_bytea(0, 'loot')",
    "writes a file": "COPY plan_statement TO '/tmp/loot'",
    "runs a program": "COPY plan_statement TO PROGRAM 'cat'",
    "reads a file": "SELECT pg_read_file('/etc/passwd')",
    "stops a trigger": "ALTER TABLE plan_statement DISABLE TRIGGER ALL",
    "plays replica": "SET session_replication_role = replica",
    "switches activity on": "SET track_activities = on",
}


@pytest.mark.parametrize("payload", REFUSED)
def test_is_refused(demo_app: Connection, payload: str) -> None:
    with request_of(demo_app, JENS), pytest.raises(psycopg.errors.InsufficientPrivilege), demo_app.transaction():
        demo_app.execute(REFUSED[payload].encode())


def test_row_security_off_is_an_error_not_a_way_in(demo_app: Connection) -> None:
    with request_of(demo_app, JENS):
        demo_app.execute("SET LOCAL row_security = off")
        with pytest.raises(psycopg.Error), demo_app.transaction():
            demo_app.execute("SELECT * FROM plan_statement")


def test_statistics_do_not_tell(demo_app: Connection) -> None:
    """Neither sampled values of guarded tables nor what others are asking just now."""
    with request_of(demo_app, JENS):
        tables = tuple(SCOPED)
        sampled = demo_app.execute("SELECT count(*) FROM pg_stats WHERE tablename = ANY(%s)", [list(tables)]).fetchone()
        asking = demo_app.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE query ILIKE '%plan_statement%' AND pid <> pg_backend_pid()"
        ).fetchone()
    assert (sampled, asking) == ((0,), (0,))


def test_errors_do_not_tell_of_hidden_rows(demo_app: Connection, demo_superuser: Connection) -> None:
    """A hidden row's id taken anew fails like any other write that is not ours: by privilege, never by name."""
    hidden = demo_superuser.execute(
        "SELECT s.id, s.scope_id, s.family_id FROM plan_statement s WHERE NOT EXISTS (SELECT FROM access_grant g "
        "WHERE g.scope_id = s.scope_id AND g.holder = %s) LIMIT 1",
        [JENS.holder],
    ).fetchone()
    assert hidden is not None
    with request_of(demo_app, JENS), pytest.raises(psycopg.errors.InsufficientPrivilege), demo_app.transaction():
        demo_app.execute(
            "INSERT INTO plan_statement (id, scope_id, family_id, created_at, created_by, kind, text, said_on, "
            "speaker_staff_id) VALUES (%s, %s, %s, now(), %s, 'worry', 'x', now(), %s)",
            [*hidden, JENS.holder, JENS.holder],
        )
