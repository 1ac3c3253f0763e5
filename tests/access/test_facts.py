"""The facts that grants come from: who may write them, and that they stay in their family."""

from uuid import UUID, uuid4

import psycopg
import pytest

from familieplan.access.actor import Actor, token
from familieplan.demo.municipality import STAFF, UNITS, id_of

Connection = psycopg.Connection
HOLM, OTHER = id_of("family", "eight_places"), id_of("family", "johanne")
REFUSED = (psycopg.errors.InsufficientPrivilege, psycopg.errors.CheckViolation)


def person(database: Connection, name: str, family: UUID = HOLM) -> UUID:
    row = database.execute(
        "SELECT id FROM people_person WHERE family_id = %s AND given_name = %s", [family, name]
    ).fetchone()
    assert row is not None
    found: UUID = row[0]
    return found


def act(app: Connection, actor: Actor) -> None:
    app.execute("SELECT set_config('app.actor', %s, true)", [token(actor, backend_pid=app.info.backend_pid)])
    app.execute("SELECT audit.open_family(%s, 'family')", [HOLM])


def drawer(app: Connection, about: UUID, kind: str, source: UUID | None = None) -> int:
    query = "SELECT access.open_drawer(%s, %s, %s, NULL, %s, false)"
    row = app.execute(query, [HOLM, [about], kind, source]).fetchone()
    assert row is not None
    assert row[0] is not None, "not their drawer"
    scope: int = row[0]
    return scope


def insert(app: Connection, table: str, **columns: object) -> None:
    names, places = ", ".join(f'"{name}"' for name in columns), ", ".join(["%s"] * len(columns))
    app.execute(
        f"INSERT INTO {table} (id, family_id, created_at, {names}) VALUES (%s, %s, now(), {places})".encode(),
        [uuid4(), HOLM, *columns.values()],
    )


def test_nobody_gives_themselves_custody(demo_app: Connection, demo_superuser: Connection) -> None:
    thomas, freja = person(demo_superuser, "Thomas"), person(demo_superuser, "Freja")
    with demo_app.transaction(force_rollback=True):
        act(demo_app, Actor(thomas, "person"))
        scope = drawer(demo_app, thomas, "basic")
        with pytest.raises(REFUSED), demo_app.transaction():
            insert(
                demo_app,
                "people_custody",
                scope_id=scope,
                created_by=thomas,
                child_id=freja,
                holder_id=thomas,
                kind="joint",
                starts="2020-01-01",
            )


def test_a_fact_lies_with_the_one_it_is_about(demo_app: Connection, demo_superuser: Connection) -> None:
    mette, unit = STAFF["mette"].actor, UNITS["koordination"].id
    sara, emil = person(demo_superuser, "Sara"), person(demo_superuser, "Emil")
    with demo_app.transaction(force_rollback=True):
        act(demo_app, mette)
        scope = drawer(demo_app, sara, "basic", unit)
        with pytest.raises(psycopg.errors.InsufficientPrivilege), demo_app.transaction():
            insert(
                demo_app,
                "people_addressprotection",
                scope_id=scope,
                created_by=mette.holder,
                person_id=emil,
                starts="2026-01-01",
            )


def test_no_other_professional_writes_a_yes_for_the_family(demo_app: Connection, demo_superuser: Connection) -> None:
    jens, unit = STAFF["jens"].actor, UNITS["jobcenter"].id
    sara = person(demo_superuser, "Sara")
    with demo_app.transaction(force_rollback=True):
        act(demo_app, jens)
        scope = drawer(demo_app, sara, "consent", unit)
        with pytest.raises(psycopg.errors.InsufficientPrivilege), demo_app.transaction():
            insert(
                demo_app,
                "consent_consent",
                scope_id=scope,
                created_by=jens.holder,
                subject_id=sara,
                kinds=["mental_health"],
                from_family=True,
                from_units=[],
                to_units=[unit],
                to_persons=[],
                private_voice=False,
                purpose="x",
                consequence="x",
                until="2026-12-31",
                form="tablet",
                deviation_reason="",
            )


def test_words_hang_on_a_topic_of_the_same_family(demo_app: Connection, demo_superuser: Connection) -> None:
    sara = person(demo_superuser, "Sara")
    topic = demo_superuser.execute("SELECT id FROM plan_topic WHERE family_id = %s LIMIT 1", [OTHER]).fetchone()
    assert topic is not None
    with demo_app.transaction(force_rollback=True):
        act(demo_app, Actor(sara, "person"))
        scope = drawer(demo_app, sara, "plan")
        demo_app.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(psycopg.errors.ForeignKeyViolation), demo_app.transaction():
            insert(
                demo_app,
                "plan_statement",
                scope_id=scope,
                created_by=sara,
                kind="worry",
                text="x",
                said_on="2026-01-01",
                speaker_person_id=sara,
                topic_id=topic[0],
            )


def test_who_wrote_a_row_and_when_is_not_the_writers_to_say(demo_app: Connection, demo_superuser: Connection) -> None:
    sara, freja = person(demo_superuser, "Sara"), person(demo_superuser, "Freja")
    with demo_app.transaction(force_rollback=True):
        act(demo_app, Actor(sara, "person"))
        scope = drawer(demo_app, sara, "plan")
        insert(demo_app, "plan_topic", scope_id=scope, created_by=freja, title="Ro om aftenen", version=1, order=99)
        mine = [scope]
        forged = b"UPDATE plan_topic SET created_by = gen_random_uuid(), created_at = 'epoch' WHERE scope_id = %s"
        demo_app.execute(forged, mine)
        rows = demo_app.execute(b"SELECT created_by, created_at FROM plan_topic WHERE scope_id = %s", mine).fetchall()
        assert {who for who, _when in rows} == {sara}
        assert all(when.year > 1970 for _who, when in rows)


def test_a_row_stays_in_the_drawer_it_was_laid_in(demo_app: Connection, demo_superuser: Connection) -> None:
    """Thomas may edit what is written about Emil; he may not take it to where Sara does not see it."""
    sara, thomas, emil = (person(demo_superuser, name) for name in ("Sara", "Thomas", "Emil"))
    with demo_app.transaction(force_rollback=True):
        act(demo_app, Actor(sara, "person"))
        shared = drawer(demo_app, emil, "plan")
        insert(demo_app, "plan_topic", scope_id=shared, created_by=sara, title="Emils søvn", version=1, order=99)
        act(demo_app, Actor(thomas, "person"))
        own = drawer(demo_app, thomas, "plan")
        demo_app.execute(b"UPDATE plan_topic SET title = 'Emil sover' WHERE \"order\" = 99")
        with pytest.raises(REFUSED), demo_app.transaction():
            demo_app.execute(b'UPDATE plan_topic SET scope_id = %s WHERE "order" = 99', [own])
