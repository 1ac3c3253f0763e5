"""Statements that every page asks: PostgreSQL plans them once a connection. Several questions may stand in one."""

# ruff: noqa: S608 - the pieces put together are our own; every value goes by parameter
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, cached_property
from typing import Any

import psycopg
from django.db import connection
from django.db.backends.utils import CursorWrapper

Rows = dict[str, list[dict[str, Any]]]


@contextmanager
def kept(statement: str, values: Mapping[str, Any]) -> Iterator[CursorWrapper]:
    """Carry out ``statement``, with ``%(name)s`` for each value; this connection keeps its plan.

    It is planned the first times it is asked: of a board's row that is half of what it costs. Row security stands in
    the plan; the keys are found anew each time it is carried out.
    """
    connection.ensure_connection()
    connection.connection.prepare_threshold = 0  # Django's own statements are bound by the client: none is kept
    wrapped = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    bound_by_the_server: Any = psycopg.RawCursor(connection.connection)  # psycopg reads a long statement each time
    numbered, names = _numbered(statement)
    with wrapped(bound_by_the_server) as cursor:
        cursor.execute(numbered, [values[name] for name in names])
        yield cursor


@cache
def _numbered(statement: str) -> tuple[str, tuple[str, ...]]:
    """As PostgreSQL writes it, ``$1`` for a value, and the values' names in that order."""
    names = tuple(dict.fromkeys(re.findall(r"%\((\w+)\)s", statement)))
    numbered = re.sub(r"%\((\w+)\)s", lambda found: f"${names.index(found[1]) + 1}", statement)
    return numbered.replace("%%", "%"), names


class Parts:
    """Named SELECTs asked together, all of the same moment; ``rows`` gives each as rows that name their columns."""

    def __init__(self, parts: Mapping[str, str]) -> None:
        self.parts = parts

    @cached_property
    def statement(self) -> str:
        found = (f"(SELECT coalesce(json_agg(found), '[]')::text FROM ({sql}) found)" for sql in self.parts.values())
        return "SELECT " + ",\n".join(found)

    def rows(self, values: Mapping[str, Any]) -> Rows:
        with kept(self.statement, values) as cursor:
            return dict(zip(self.parts, map(json.loads, cursor.fetchone() or ()), strict=True))
