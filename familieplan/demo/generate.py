"""Families by the thousand, for the benchmark: facts in whole sets (sql/generate.sql), grants by the deployed rules.

A superuser writes here, which nothing in service does: row security is forced on the owner too, and putting 34,000
families through the actions would take a day. Only for a database that is thrown away afterwards.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import md5
from pathlib import Path
from uuid import UUID

import psycopg

SQL = Path(__file__).parent / "sql" / "generate.sql"
CHUNK = 5  # families whose grants are worked out at a time: more make the join larger, not the work less
DERIVE = """
INSERT INTO access_grant (scope_id, family_id, holder, basis, basis_id, may_add, may_edit, valid_from, valid_until)
SELECT * FROM access.derive(ARRAY(SELECT s FROM access_scope s WHERE s.family_id = ANY (%s)))
"""


@dataclass(frozen=True, slots=True)
class Generated:
    """The ids of what was generated follow from the seed: ``family``, ``mother``, ``coordinator`` … numbered from 0."""

    families: int
    seed: int

    def id(self, what: str, n: int = 0) -> UUID:
        return UUID(md5(f"{self.seed}/{what}/{n}".encode(), usedforsecurity=False).hexdigest())


def generate(superuser_url: str, *, families: int, seed: int, say: Callable[[str], None] = lambda _: None) -> Generated:
    """Fill the database at ``superuser_url``.

    Its staff: a coordinator for every 13 families, a teacher for every 60, ``adviser`` 0 on the team of the first 300.
    """
    made = Generated(families, seed)
    with _timed("facts", say), psycopg.connect(superuser_url) as connection:
        connection.execute("SELECT set_config('generate.families', %s, false)", [str(families)])
        connection.execute("SELECT set_config('generate.seed', %s, false)", [str(seed)])
        connection.execute(SQL.read_bytes())
    with _timed("grants", say), ThreadPoolExecutor(2) as pool:
        half = families // 2
        for done in [pool.submit(_derive, superuser_url, made, part) for part in (range(half), range(half, families))]:
            done.result()
    with _timed("statistics", say), psycopg.connect(superuser_url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    return made


def _derive(superuser_url: str, made: Generated, part: range) -> None:
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        connection.execute("SET jit = off")  # compiling costs more than these short questions
        connection.execute("SET synchronous_commit = off")
        for first in part[::CHUNK]:
            chunk = range(first, min(first + CHUNK, part.stop))
            connection.execute(DERIVE, [[made.id("family", n) for n in chunk]])


@contextmanager
def _timed(what: str, say: Callable[[str], None]) -> Iterator[None]:
    started = time.monotonic()
    yield
    say(f"{what}: {time.monotonic() - started:.1f} s")
