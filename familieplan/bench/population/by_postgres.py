"""The same statements on PostgreSQL, in a cluster of its own. Loading is timed apart: data have to get there first."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import psycopg
from psycopg import sql as parts

from familieplan.bench.population.questions import Answer, answer, sql
from familieplan.launcher.cluster import THROW_AWAY, Cluster, kept_in
from familieplan.launcher.home import throw_away_home
from familieplan.population.tables import TABLES, Kind, Table

NEEDED = [
    *("persons", "parents", "residence", "addresses", "housing_areas", "income_support", "social_children"),
    *("placements", "social_adults", "convictions", "victims", "education", "psychiatry"),
    *("substance_treatment", "shelters"),
]
SETTINGS = {  # of a machine that has nothing else to do; as much memory as ours may use
    **THROW_AWAY,
    "shared_buffers": "512MB",
    "work_mem": "256MB",
    "maintenance_work_mem": "256MB",
    "max_parallel_workers_per_gather": "2",
    "max_wal_size": "4GB",
    "jit": "off",
}
TYPES = {Kind.DATE: "date", Kind.FLAG: "boolean", Kind.YEAR: "integer", Kind.AMOUNT: "double precision"}
PIECE = 1 << 20


@dataclass(frozen=True)
class Loaded:
    url: str
    seconds: float  # what loading took

    def asked(self, year: int) -> tuple[float, Answer]:
        """Seconds and the answer."""
        with psycopg.connect(self.url) as connection:
            begun = time.perf_counter()
            found = answer(*(connection.execute(_text(sql(name, year))).fetchall() for name in ("risk", "target")))
            return time.perf_counter() - begun, found


@contextmanager
def loaded(folder: Path) -> Iterator[Loaded]:
    with throw_away_home() as home, Cluster(kept_in(home), SETTINGS).running() as cluster:
        begun = time.perf_counter()
        with psycopg.connect(cluster.url(), autocommit=True) as connection:
            for name in NEEDED:
                _load(connection, TABLES[name], folder / f"{name}.parquet")
            connection.execute("VACUUM ANALYZE")
        yield Loaded(cluster.url(), time.perf_counter() - begun)


def _load(connection: psycopg.Connection, table: Table, path: Path) -> None:
    """By way of CSV, PostgreSQL's quickest door. No index: every statement here reads all there is."""
    schema = dict(row[:2] for row in duckdb.execute(f"DESCRIBE FROM read_parquet('{path}')").fetchall())
    columns = [column for column in table.columns if column.name in schema]
    integers = {"BIGINT", "INTEGER", "UBIGINT", "HUGEINT"}
    types = [
        TYPES.get(column.kind, "bigint" if column.kind is Kind.ID and schema[column.name] in integers else "text")
        for column in columns
    ]
    names = [parts.Identifier(column.name) for column in columns]
    cells = [parts.SQL("{} " + kind).format(name) for name, kind in zip(names, types, strict=True)]
    here = parts.Identifier(table.name)
    connection.execute(parts.SQL("CREATE TABLE {} ({})").format(here, parts.SQL(", ").join(cells)))
    with tempfile.TemporaryDirectory() as aside:
        rows = Path(aside) / "rows.csv"
        selected = ", ".join(f'"{column.name}"' for column in columns)
        duckdb.execute(f"COPY (SELECT {selected} FROM read_parquet('{path}')) TO '{rows}' (FORMAT csv, HEADER false)")
        into = parts.SQL("COPY {} ({}) FROM STDIN (FORMAT csv)").format(here, parts.SQL(", ").join(names))
        with rows.open("rb") as file, connection.cursor().copy(into) as copy:
            while piece := file.read(PIECE):
                copy.write(piece)


def _text(statement: str) -> bytes:
    return statement.encode()
