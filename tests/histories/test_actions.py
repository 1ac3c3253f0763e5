"""Histories through the product's own actions, guards and all: done or refused, the model agrees on who reads."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from functools import cache
from uuid import UUID

import psycopg
import pytest
from django.db import connection

from familieplan.access.context import acting_as
from familieplan.audit import log

from .adapter import CLOCK
from .errands import ERRANDS, Errands
from .loader import world_of
from .model import Drawer, Moment, Team
from .test_histories import SEED

PARTS, TOWNS, STEPS = 4, 6, 85

Rows = dict[tuple[str, str], str]  # a table and an id in it → the drawer it lies in


@pytest.fixture
def town_hall(transactional_db: None, superuser_connection: psycopg.Connection) -> psycopg.Connection:
    superuser_connection.execute(CLOCK)
    return superuser_connection


@pytest.mark.parametrize("part", range(PARTS))
def test_what_is_done_through_actions(
    town_hall: psycopg.Connection, part: int, record_property: Callable[[str, object], None]
) -> None:
    done: Counter[str] = Counter()
    decisions = 0
    for number in range(TOWNS):
        seed = f"{SEED}/actions/{part}/{number}"
        town = Errands(town_hall, random.Random(seed))
        town.build()
        for step in range(STEPS):
            name, succeeded = town.next()
            done[f"{name}{'' if succeeded else ' (refused)'}"] += 1
            decisions += agreement(town_hall, town, f"seed {seed}, step {step}, {name}")
    never = {errand.__name__ for errand in ERRANDS} - set(done)
    assert len(never) <= 2, f"errands that never succeed test nothing: {never}"
    record_property(
        "histories", f"{sum(done.values()):,} steps through actions, {decisions:,} row decisions, seed {seed}"
    )


def agreement(superuser: psycopg.Connection, town: Errands, where: str) -> int:
    """Ask as two holders and compare. How many rows were decided about."""
    world = world_of(superuser)
    moment, everything = Moment(world, town.now), everything_there(superuser)
    own_lines = {("people_teammember", team.id): team.staff for team in world.all(Team)}
    for holder in town.rng.sample(town.holders, 2):
        family = town.rng.choice(list(town.families))
        readable = {d.id for d in world.all(Drawer) if d.family == str(family) and moment.may_read(str(holder), d)}
        expected = {row for row, drawer in everything.items() if drawer in readable}
        expected |= {row for row, staff in own_lines.items() if staff == str(holder)}
        found = what_they_see(town, holder, family)
        assert found - expected == set(), f"leak to {holder}: {where}"
        assert expected - found == set(), f"wrong denial to {holder}: {where}"
    return 2 * len(everything)


@cache
def union(what: str) -> str:
    """The same question to every personal table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r'"
            " WHERE a.attname = 'scope_id' AND a.atttypid IN ('int4'::regtype, 'int8'::regtype)"
            " AND has_table_privilege(c.oid, 'SELECT') AND EXISTS (SELECT FROM pg_attribute o"
            " WHERE o.attrelid = c.oid AND o.attname = 'created_by') ORDER BY 1"
        )
        return " UNION ALL ".join(f"SELECT '{table}', {what} FROM {table}" for (table,) in cursor.fetchall())


def everything_there(superuser: psycopg.Connection) -> Rows:
    found = superuser.execute(union("id::text, scope_id::text").encode())
    return {(table, row): drawer for table, row, drawer in found}


def what_they_see(town: Errands, holder: UUID, family: UUID) -> set[tuple[str, str]]:
    with acting_as(town.actor(holder)), connection.cursor() as cursor:
        if log.open_family(family, "history") is None and holder not in town.staff:
            return set()  # a person of another family has nothing in focus
        cursor.execute(union("id::text"))
        return set(cursor.fetchall())
