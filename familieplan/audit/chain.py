"""Has the log been tampered with? Asked as the owner of the tables: the app's own role may not read the log at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.core.management.base import CommandError
from django.db import connections
from django.db.backends.utils import CursorWrapper


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain does not hold, and why."""

    chain: UUID
    seq: int | None
    fault: str

    def __str__(self) -> str:
        return f"{self.chain} {self.seq if self.seq is not None else '-'} {self.fault}"


@dataclass(frozen=True, slots=True)
class Head:
    """How far a chain has come. Kept outside the database, it shows also what was cut off with care."""

    chain: UUID
    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.chain} {self.seq} {self.hash}"

    @classmethod
    def read(cls, line: str) -> "Head":
        chain, seq, digest = line.split()
        return cls(UUID(chain), int(seq), digest)


def _owner() -> CursorWrapper:
    if "owner" not in connections:
        raise CommandError("DATABASE_OWNER_URL is missing: the log is verified as the owner of the tables.")
    return connections["owner"].cursor()


def breaks() -> list[Break]:
    """Every row that was changed, removed or put in between, and every end that is missing."""
    with _owner() as cursor:
        cursor.execute("SELECT chain, seq, fault FROM audit.verify() ORDER BY chain, seq")
        return [Break(*row) for row in cursor.fetchall()]


def heads() -> list[Head]:
    with _owner() as cursor:
        cursor.execute("SELECT chain, seq, encode(hash, 'hex') FROM audit_head WHERE seq > 0 ORDER BY chain")
        return [Head(*row) for row in cursor.fetchall()]


def gone_since(kept: Iterable[Head]) -> list[Break]:
    """What stood in the log when these heads were written down, and does not stand there any more."""
    found = []
    with _owner() as cursor:
        for head in kept:
            cursor.execute(
                "SELECT encode(hash, 'hex') FROM audit_entry WHERE chain = %s AND seq = %s", [head.chain, head.seq]
            )
            row = cursor.fetchone()
            if row is None or row[0] != head.hash:
                found.append(Break(head.chain, head.seq, "does not stand as it was written down"))
    return found
