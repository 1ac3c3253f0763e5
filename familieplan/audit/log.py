"""Opening a family (which logs it), recording writes, and reading the log as the one who asks may read it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import connection

Opening = Literal["full", "card"]


def open_family(family: UUID, page: str, why: str = "", *, or_card: bool = True) -> Opening | None:
    """Put ``family`` in focus and log that ``page`` was opened, in this transaction.

    ``full``: there is something to read. ``card``: on the team, but nobody has said yes to anything yet.
    ``None``: for this reader the family does not exist, and nothing was logged. Without ``or_card`` also where there
    would be no more than the card.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit.open_family(%s, %s, %s, %s)", [family, page, why, or_card])
        opening: Opening | None = cursor.fetchone()[0]
        return opening


def open_list(page: str) -> None:
    """Look across all one's families at once. Each family's log says once a day that it was seen in a list."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit.open_list(%s)", [page])


def record(family: UUID | None, action: str, row: UUID | None = None, scope: int | None = None) -> None:
    """Log one write, in the transaction that makes it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit.record(%s, %s, %s, %s)", [family, action, row, scope])


@dataclass(frozen=True, slots=True)
class Seen:
    """One line of the log as its reader may know it: only drawers the reader may read themselves.

    Without drawers: what was done before anybody had said yes.
    """

    at: datetime
    holder: UUID
    kind: str
    unit: UUID | None
    action: str
    why: str
    about: UUID | None
    scopes: list[int]
    bases: list[str]


def seen_by_me(family: UUID, at_most: int = 200, before: datetime | None = None) -> list[Seen]:
    """Who opened the family and what was written, newest first; ``before`` an instant, where one reads on."""
    with connection.cursor() as cursor:
        statement = "SELECT * FROM audit.seen_by_me(%s, %s, coalesce(%s::timestamptz, 'infinity'))"
        cursor.execute(statement, [family, at_most, before])
        return [Seen(*row) for row in cursor.fetchall()]
