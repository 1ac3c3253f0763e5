"""P4, what row security costs: the app's role, beside a superuser who is given the filter in the statement itself.

An application that filters must know the reader's keys too: it asks for them once a page, and that is counted with it.
`P4.…_alone` leaves that question out, as if the keys had fallen from the sky.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
from django.db import connection

from familieplan.access.actor import Actor
from familieplan.access.context import acting_as
from familieplan.audit import log
from familieplan.bench import clock
from familieplan.bench.figures import Figure, proportion
from familieplan.demo.generate import Generated

TABLES = (
    *("topic", "statement", "goal", "goallink", "agreement"),
    *("intervention", "weeklytime", "sectorplan", "networkperson"),
)
ROWS = "SELECT to_jsonb(t) FROM plan_{table} t WHERE t.family_id = %(family)s{filter}"
BOARD = "\nUNION ALL\n".join(ROWS.replace("{table}", table) for table in TABLES)
SEARCH = "SELECT t.family_id, t.text FROM plan_statement t WHERE t.text ILIKE '%%suppe%%'{filter}"
COUNT = "SELECT t.kind, count(*) FROM plan_statement t WHERE true{filter} GROUP BY t.kind ORDER BY t.kind"
FILTER = " AND t.scope_id = ANY (%(keys)s)"
KEYS = """SELECT array_agg(DISTINCT scope_id) FROM access_grant
    WHERE holder = %(me)s{family} AND valid_from <= statement_timestamp() AND valid_until > statement_timestamp()"""
IN_FOCUS = " AND family_id = %(family)s"


@dataclass(frozen=True, slots=True)
class Reader:
    """Whoever asks: about one family that is open, or across all of theirs."""

    holder: UUID
    family: UUID | None = None

    @property
    def actor(self) -> Actor:
        return Actor(self.holder, "staff")

    def open(self) -> None:
        if self.family:
            log.open_family(self.family, "bench")
        else:
            log.open_list("bench")


class Times(NamedTuple):
    """Milliseconds of PostgreSQL."""

    guarded: float
    filtered: float
    keys: float

    @property
    def in_application(self) -> float:
        return self.filtered + self.keys

    @property
    def ratio(self) -> float:
        return self.guarded / self.in_application


def measured(superuser_url: str, generated: Generated, rounds: int) -> Iterator[Figure]:
    """The worst, then each: everything in one family's plan, a search and a count over 13 families and over 300."""
    coordinator, adviser = generated.id("coordinator"), generated.id("adviser")
    asked = {
        "board": (BOARD, Reader(coordinator, generated.id("family"))),
        "search": (SEARCH, Reader(coordinator)),
        "count": (COUNT, Reader(coordinator)),
        "search_300": (SEARCH, Reader(adviser)),
        "count_300": (COUNT, Reader(adviser)),
    }
    options: dict[str, Any] = {"autocommit": True, "cursor_factory": psycopg.ClientCursor, "prepare_threshold": None}
    with psycopg.connect(superuser_url, **options) as superuser:
        found = {name: _compared(superuser, statement, reader, rounds) for name, (statement, reader) in asked.items()}
    worst = max(found.values(), key=lambda times: times.ratio)
    figure = partial(proportion, n=rounds, seed=generated.seed)
    yield figure("P4.ratio", worst.guarded, worst.in_application)
    for name, times in found.items():
        yield figure(f"P4.{name}", times.guarded, times.in_application)
        yield figure(f"P4.{name}_alone", times.guarded, times.filtered)


def _compared(superuser: psycopg.Connection, statement: str, reader: Reader, rounds: int) -> Times:
    keys = KEYS.replace("{family}", IN_FOCUS if reader.family else "")
    given: dict[str, Any] = {"me": reader.holder, "family": reader.family}
    with acting_as(reader.actor), connection.cursor() as app, superuser.cursor() as past:
        reader.open()
        given["keys"] = past.execute(keys.encode(), given).fetchone()[0]  # type: ignore[index]

        def guarded() -> list[Any]:
            app.execute(statement.replace("{filter}", ""), given)
            return list(app.fetchall())

        def filtered() -> list[Any]:
            return past.execute(statement.replace("{filter}", FILTER).encode(), given).fetchall()

        def knows() -> list[Any]:
            return past.execute(keys.encode(), given).fetchall()

        if len(guarded()) != len(filtered()):
            raise AssertionError("row security and the application disagree: there is nothing to compare")
        here = clock.of_backend(connection.connection.info.backend_pid)
        there = clock.of_backend(superuser.info.backend_pid)
        return Times(*clock.in_turns((here, guarded), (there, filtered), (there, knows), rounds=rounds))
