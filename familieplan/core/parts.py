"""Statements that every page asks: PostgreSQL plans them once a connection. Several questions may stand in one."""

# ruff: noqa: S608 - the pieces put together are our own; every value goes by parameter
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import psycopg
from django.db import connection
from django.db.backends.utils import CursorWrapper

Rows = dict[str, list[dict[str, Any]]]


@contextmanager
def kept(statement: str, values: Mapping[str, Any]) -> Iterator[CursorWrapper]:
    """Carry out ``statement``, whose plan this connection keeps; the values are bound by the server.

    It is planned the first times it is asked: of a board's row that is half of what it costs. Row security stands in
    the plan; the keys are found anew each time it is carried out.
    """
    connection.ensure_connection()
    connection.connection.prepare_threshold = 0  # Django's own statements are bound by the client: none is kept
    wrapped = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    bound_by_the_server: Any = psycopg.Cursor(connection.connection)
    with wrapped(bound_by_the_server) as cursor:
        cursor.execute(statement, values)
        yield cursor


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
