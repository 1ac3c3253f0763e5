"""The demo's stories happened on other days. While they are told, the owner of the database moves its clock, so that
log, grants and triggers date everything themselves.

Nobody but the owner can: the web process has no way to. And with a moved clock it serves nothing (access/lints.py).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connections
from django.utils import timezone
from psycopg import sql

from familieplan.access.clock import THE_CLOCK

MOVED = sql.SQL(
    "CREATE OR REPLACE FUNCTION access.clock() RETURNS timestamptz LANGUAGE sql STABLE "
    "RETURN statement_timestamp() - {behind}::interval"
)


def move_to(moment: datetime) -> None:
    """It goes on from ``moment``. Told at once to everybody: no transaction."""
    behind = timezone.now() - moment
    as_owner(MOVED.format(behind=sql.Literal(f"{behind.total_seconds()} seconds")))


def put_back() -> None:
    as_owner(THE_CLOCK)


def as_owner(statement: str | sql.Composed) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement)


@contextmanager
def put_back_afterwards() -> Iterator[None]:
    try:
        yield
    finally:
        put_back()
