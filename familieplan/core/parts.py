"""Several questions in one statement: all parts are of the same moment, and PostgreSQL plans them once."""

# ruff: noqa: S608 - the pieces put together are our own; every value goes by parameter
import json
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import psycopg
from django.db import connection

Rows = dict[str, list[dict[str, Any]]]


class Parts:
    """Named SELECTs asked together; ``rows`` gives each as rows that name their columns.

    A connection parses and plans such a statement the first times it is asked and keeps the plan: of a board's row that
    is half of what it costs. Row security stands in the plan; the keys are found anew each time it is carried out.
    """

    def __init__(self, parts: Mapping[str, str]) -> None:
        self.parts = parts

    @cached_property
    def statement(self) -> str:
        found = (f"(SELECT coalesce(json_agg(found), '[]')::text FROM ({sql}) found)" for sql in self.parts.values())
        return "SELECT " + ",\n".join(found)

    def rows(self, values: Mapping[str, Any]) -> Rows:
        connection.ensure_connection()
        connection.connection.prepare_threshold = 0  # Django's own statements are bound by the client: none is kept
        wrapped = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
        bound_by_the_server: Any = psycopg.Cursor(connection.connection)
        with wrapped(bound_by_the_server) as cursor:
            cursor.execute(self.statement, values)
            return dict(zip(self.parts, map(json.loads, cursor.fetchone() or ()), strict=True))
