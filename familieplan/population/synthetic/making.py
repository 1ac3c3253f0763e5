"""The folder of tables: what it is made with, how much room it takes, and the making."""

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb

from familieplan.population import results
from familieplan.population.progress import ENGLISH, Steps, Told
from familieplan.population.synthetic.building import HERE, Parameters, parameters, scripts, statements
from familieplan.population.tables import TABLES, Kind, Table
from familieplan.population.trouble import Trouble
from familieplan.population.words import Words

DENMARK = 5_900_000
FEWEST, MOST = 1_000, 100 * DENMARK  # below there are no families to speak of; above, running numbers run out
MEGABYTE = 1 << 20
BYTES_A_PERSON = {"parquet": 150, "csv": 350}  # tables and what is put aside meanwhile; measured 75 and 230
GIVEN = "municipalities", "housing_areas"


@dataclass(frozen=True)
class Wish:
    """What somebody has asked for."""

    out: Path
    persons: int = DENMARK
    seed: int = 2022
    csv: bool = False
    memory: int = 1200
    threads: int = 2

    @property
    def suffix(self) -> str:
        return "csv" if self.csv else "parquet"

    @property
    def room(self) -> int:
        """Bytes of disk that are needed, at most about."""
        return 64 * MEGABYTE + self.persons * BYTES_A_PERSON[self.suffix]


def make(wish: Wish, told: Told = lambda line: None, say: Words = ENGLISH) -> None:
    """All tables, in a folder that is there when it is whole. What can be refused is refused before it is begun."""
    if not FEWEST <= wish.persons <= MOST:
        raise Trouble(
            "{persons} persons cannot be made: from {least} to {most}.", persons=wish.persons, least=FEWEST, most=MOST
        )
    if wish.memory < 1 or wish.threads < 1:
        raise Trouble(
            "{memory} MB and {threads} processors: nothing can be made with that.",
            memory=wish.memory,
            threads=wish.threads,
        )
    if wish.out.exists() and wish.out.is_dir() and not any(wish.out.iterdir()):
        wish.out.rmdir()
    _enough_room(wish)
    with results.folder(wish.out) as folder:
        aside = folder / "aside"
        aside.mkdir()
        try:
            with duckdb.connect(str(aside / "people.duckdb")) as engine:
                engine.execute(f"SET memory_limit = '{wish.memory}MB'")
                engine.execute(f"SET threads = {wish.threads}")
                rows = _written(engine, wish, folder, Steps(len(scripts()) + len(TABLES), told, say))
        except (duckdb.IOException, duckdb.OutOfMemoryException) as problem:
            reason = str(problem).strip().partition("\n")[0]
            raise Trouble(
                "{out} could not be made, and nothing of it is left: {reason}", out=wish.out, reason=reason
            ) from problem
        shutil.rmtree(aside)
        results.about(folder, command=sys.argv, definitions=[_origin(wish)], rows=rows)


def _enough_room(wish: Wish) -> None:
    above = next(folder for folder in (wish.out.absolute(), *wish.out.absolute().parents) if folder.is_dir())
    free = shutil.disk_usage(above).free
    if free < wish.room:
        raise Trouble(
            "{out}: {persons} persons need about {room} MB of disk, and {free} MB are free. "
            "Name another place by --out, or fewer by --persons.",
            out=wish.out,
            persons=wish.persons,
            room=wish.room // MEGABYTE,
            free=free // MEGABYTE,
        )


def _written(engine: duckdb.DuckDBPyConnection, wish: Wish, folder: Path, step: Steps) -> dict[str, int]:
    """First the people, then table by table. Table → rows."""
    chances: Parameters = parameters() | {
        "run": {"seed": wish.seed, "persons": wish.persons, "families": _families(wish)},
    }
    for name in GIVEN:
        _given(engine, name)
    people = [(script.stem[3:], list(statements(script, chances))) for script in scripts()]
    queries = {name: list(statements(HERE / "sql" / "tables" / f"{name}.sql", chances)) for name in TABLES}
    rows = {}
    for name, made_by in people:
        step(name)
        for statement in made_by:
            engine.execute(statement)
    for name, (query,) in queries.items():
        step(name)
        rows[name] = _copied(engine, TABLES[name], query, folder / f"{name}.{wish.suffix}")
    step.done()
    return rows


def _families(wish: Wish) -> int:
    return round(wish.persons * parameters()["families"]["per_person"])


def _given(engine: duckdb.DuckDBPyConnection, name: str) -> None:
    """A file of facts as a table: codes are text."""
    path = results.quoted(str(HERE / "data" / f"{name}.csv"))
    engine.execute(f"CREATE TABLE {name} AS FROM read_csv('{path}', types = {{'municipality': 'VARCHAR'}})")


SQL_TYPES = {Kind.DATE: "DATE", Kind.FLAG: "BOOLEAN", Kind.YEAR: "INTEGER", Kind.AMOUNT: "DOUBLE"}


def _copied(engine: duckdb.DuckDBPyConnection, table: Table, query: str, path: Path) -> int:
    """The query's rows as a file, with the columns and types of `tables.py`."""
    columns = ", ".join(
        f"{column.name}::{SQL_TYPES[column.kind]} AS {column.name}" if column.kind in SQL_TYPES else column.name
        for column in table.columns
    )
    how = "FORMAT csv, HEADER" if path.suffix == ".csv" else "FORMAT parquet, COMPRESSION zstd"
    done = engine.execute(f"COPY (SELECT {columns} FROM ({query})) TO '{results.quoted(str(path))}' ({how})")  # noqa: S608
    return int(done.fetchall()[0][0])


def _origin(wish: Wish) -> dict[str, object]:
    return {"name": "synthetic Denmark", "nobody": True, "seed": wish.seed, "persons": wish.persons}
