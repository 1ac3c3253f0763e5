"""A unit closes while somebody is just joining a team for it: no key is left behind, whoever commits first."""

import time
from concurrent.futures import Future, ThreadPoolExecutor
from uuid import uuid4

import psycopg
import pytest

from tests.conftest import databases
from tests.plan.house import House

GUARD = "PERFORM pg_advisory_xact_lock(4);"


def plant(database: psycopg.Connection) -> None:
    """The guard is taken out."""
    (body,) = database.execute("SELECT pg_get_functiondef('access.facts_changed()'::regprocedure)").fetchone() or ("",)
    assert GUARD in body
    database.execute(body.replace(GUARD, ""))


def a_unit_with_karl(database: psycopg.Connection, house: House) -> dict[str, object]:
    """Nobody of it is on any team yet; what it has written once in the family lies in a drawer of its own."""
    ids: dict[str, object] = {"unit": uuid4(), "karl": uuid4(), "family": house.family, "sara": house.people["Sara"]}
    for statement in (
        "INSERT INTO people_unit (id, department_id, name, category, reveals_place, phone)"
        " SELECT %(unit)s, id, 'Krisecentret', 'housing', false, '' FROM people_department LIMIT 1",
        "INSERT INTO people_staff (id, name, title) VALUES (%(karl)s, 'Karl', '')",
        "INSERT INTO people_staffrole (id, staff_id, unit_id, role, starts)"
        " VALUES (gen_random_uuid(), %(karl)s, %(unit)s, 'professional', '2020-01-01')",
        "INSERT INTO access_scope (family_id, subjects, category_id, source, reveals_place)"
        " VALUES (%(family)s, ARRAY[%(sara)s]::uuid[], 'housing', %(unit)s, false)",
    ):
        database.execute(statement, ids)
    return ids


JOIN = """
    INSERT INTO people_teammember
        (id, family_id, scope_id, created_at, created_by, staff_id, unit_id, role, reason, starts)
    SELECT gen_random_uuid(), %(family)s, scope_id, now(), created_by, %(karl)s, %(unit)s, 'professional', '', starts
    FROM people_teammember WHERE family_id = %(family)s LIMIT 1"""
KEYS = "SELECT count(*) FROM access_grant WHERE holder = %(karl)s AND valid_until > now()"


@pytest.mark.parametrize(("guarded", "keys_left"), [(True, 0), (False, 1)])
def test_no_key_outlives_the_unit(
    house: House, superuser_connection: psycopg.Connection, guarded: bool, keys_left: int
) -> None:
    ids = a_unit_with_karl(superuser_connection, house)
    if not guarded:
        plant(superuser_connection)
    url = databases.cluster.url(databases.current)

    def close() -> None:
        with psycopg.connect(url, options="-c lock_timeout=20s") as closing:
            closing.execute("UPDATE people_unit SET closed_on = current_date WHERE id = %(unit)s", ids)

    with ThreadPoolExecutor(1) as beside, psycopg.connect(url) as joining:
        joining.execute(JOIN, ids)
        assert joining.execute(KEYS, ids).fetchone() == (1,)
        closed = beside.submit(close)
        assert waits(superuser_connection, closed) is guarded
        joining.commit()
        closed.result(timeout=20)
    assert superuser_connection.execute(KEYS, ids).fetchone() == (keys_left,)


def waits(database: psycopg.Connection, other: "Future[None]") -> bool:
    """Until the other is done, or stands in line for a lock."""
    for _try in range(400):
        if other.done():
            return False
        if database.execute("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted").fetchone():
            return True
        time.sleep(0.05)
    raise AssertionError("neither done nor waiting")
