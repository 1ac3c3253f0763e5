"""What is generated past the actions is what the actions would have made: whole, and read by the same rules."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

from familieplan.access.actor import Actor
from familieplan.access.context import acting_as
from familieplan.audit import log
from familieplan.demo.generate import Generated, generate
from familieplan.people.models import Family, Person
from familieplan.plan.models import Statement
from tests.conftest import databases

FAMILIES = 30
FOREIGN_KEYS = """
SELECT c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text, b.attname
FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = c.confkey[1]
WHERE c.contype = 'f' AND cardinality(c.conkey) = 1 AND c.connamespace = 'public'::regnamespace
"""
GRANTS = """
SELECT scope_id, holder, basis, may_add, may_edit, valid_from::text, valid_until::text FROM access_grant
WHERE family_id = %s ORDER BY 1, 2, 3, 4, 5, 6
"""


@pytest.fixture
def many(transactional_db: None) -> Generated:
    return generate(superuser_url(), families=FAMILIES, seed=7)


@pytest.fixture
def superuser(many: Generated) -> Iterator[psycopg.Connection]:
    with psycopg.connect(superuser_url()) as connection:
        yield connection


def superuser_url() -> str:
    return databases.cluster.url(databases.current)


def test_nothing_points_nowhere(superuser: psycopg.Connection) -> None:
    for table, column, other, key in superuser.execute(FOREIGN_KEYS).fetchall():
        lost = sql.SQL(
            "SELECT count(*) FROM {t} t LEFT JOIN {o} o ON o.{k} = t.{c} WHERE t.{c} IS NOT NULL AND o.{k} IS NULL"
        )
        named = {"t": table, "c": column, "o": other, "k": key}
        query = lost.format(**{name: sql.Identifier(value) for name, value in named.items()})
        assert superuser.execute(query).fetchone() == (0,), (table, column)


def test_the_grants_are_those_that_a_change_would_derive(superuser: psycopg.Connection, many: Generated) -> None:
    for n in (0, 13, FAMILIES - 1):
        family = many.id("family", n)
        before = superuser.execute(GRANTS, [family]).fetchall()
        superuser.execute("SELECT access.rebuild(%s)", [family])
        assert before
        assert superuser.execute(GRANTS, [family]).fetchall() == before


def test_each_has_the_families_promised(many: Generated) -> None:
    def counted(actor: Actor) -> tuple[int, int]:
        with acting_as(actor):
            log.open_list("list")
            return Family.objects.count(), Person.objects.count()

    assert counted(Actor(many.id("coordinator"), "staff")) == (13, 52)
    assert counted(Actor(many.id("adviser"), "staff")) == (FAMILIES, FAMILIES)
    assert counted(Actor(many.id("teacher"), "staff")) == (FAMILIES, FAMILIES)
    assert counted(Actor(many.id("mother"), "person")) == (1, 4)


def test_the_adviser_reads_of_work_and_not_of_evenings(many: Generated) -> None:
    with acting_as(Actor(many.id("adviser"), "staff")):
        log.open_family(many.id("family"), "family")
        assert Statement.objects.filter(topic_id=many.id("topic3")).exists()
        assert not Statement.objects.filter(topic_id=many.id("topic2")).exists()
