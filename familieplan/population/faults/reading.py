"""Opens each file as it is, every row with its number, before anybody believes that it holds what it should.

A row's number is what a reader finds: in a CSV the first row holds the names of the columns, data begin at 2; in
Parquet they begin at 1.
"""

import csv
import difflib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from familieplan.population.faults.findings import Fault, Place
from familieplan.population.mapping import TableMapping
from familieplan.population.source import SUFFIXES, Source
from familieplan.population.tables import Table
from familieplan.population.written import PLAIN, SEPARATORS, Written, how

DECIMALS = {".": "point", ",": "comma"}


class Unreadable(Exception):
    """The file says nothing that could be looked at further."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.kind)
        self.fault = fault


@dataclass(frozen=True)
class Opened:
    """A table in DuckDB under ``raw``: `_row` and the file's columns. ``types`` and ``names`` are by our columns."""

    table: Table
    file: str
    raw: str
    names: dict[str, str]
    types: dict[str, str]
    codes: Mapping[str, Mapping[str, str]]
    """Our column → {their code: ours}."""
    written: Written = PLAIN

    def has(self, column: str) -> bool:
        return column in self.names

    def raw_of(self, column: str) -> str:
        return quoted(self.names[column])


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def path_of(source: Source, table: Table) -> Path:
    """Raises Unreadable when there is none, or when it cannot be told which of two is meant."""
    given = source.mapping(table.name).file
    found = [path for path in (source.folder / (given or table.name + suffix) for suffix in SUFFIXES) if path.is_file()]
    if not found:
        names = given or " · ".join(table.name + suffix for suffix in SUFFIXES)
        raise Unreadable(Fault("missing_file", table.name, places=[Place(blanks={"names": names})]))
    if len(set(found)) > 1:
        raise Unreadable(Fault("two_files", table.name, places=[Place(blanks={"table": table.name})]))
    return found[0]


def opened(
    engine: duckdb.DuckDBPyConnection, path: Path, table: Table, mapping: TableMapping, glance: bool = False
) -> Opened:
    """Raises Unreadable. At a `glance` no row of a CSV is read until it is asked for, and then without its number."""
    raw = quoted(f"raw {table.name}")
    try:
        written = _written(path, mapping)
        if path.suffix == ".csv":
            (_glance_at_csv if glance else _lay_csv)(engine, path, raw, written)
        else:
            _lay_parquet(engine, path, raw)
        kinds = _columns(engine, raw)
    except duckdb.Error as problem:
        raise Unreadable(Fault("broken_file", path.name)) from problem
    names = {column.name: mapping.columns.get(column.name, column.name) for column in table.columns}
    here = {ours: name for ours, name in names.items() if name in kinds}
    types = {ours: kinds[name] for ours, name in here.items()}
    return Opened(table, path.name, raw, here, types, mapping.codes, written)


def _columns(engine: duckdb.DuckDBPyConnection, raw: str) -> dict[str, str]:
    """Name → type, of the file's own columns."""
    described = engine.execute(f"DESCRIBE {raw}").fetchall()
    return {name: kind for name, kind, *_ in described if name != "_row"}


def columns_in(path: Path, engine: duckdb.DuckDBPyConnection, mapping: TableMapping) -> list[str]:
    """The file's own columns, by its first line or its foot: no row is read. Raises Unreadable."""
    try:
        if path.suffix == ".csv":
            return _header(path, _written(path, mapping))
        return list(_columns(engine, f"SELECT * FROM read_parquet({text(str(path))})"))
    except duckdb.Error as problem:
        raise Unreadable(Fault("broken_file", path.name)) from problem


def columns_at_fault(path: Path, table: Table, there: Collection[str], mapping: TableMapping) -> Iterator[Fault]:
    """What must be there and is not; what is there and serves nothing."""
    names = {column: mapping.columns.get(column.name, column.name) for column in table.columns}
    unused = [name for name in there if name not in names.values()]
    wanted = {column: name for column, name in names.items() if name not in there}
    for column, name in wanted.items():
        if not column.optional:
            yield Fault("missing_column", path.name, name, places=[Place(blanks={"nearest": nearest(name, unused)})])
    for name in unused:
        blanks = {"nearest": nearest(name, list(wanted.values()))}
        yield Fault("unknown_column", path.name, name, places=[Place(blanks=blanks)])


def whole(file: Opened, engine: duckdb.DuckDBPyConnection) -> bool:
    """Can every value be read?"""
    try:
        engine.execute(f"SELECT bit_xor(hash(COLUMNS(*))) FROM {file.raw}").fetchall()
    except duckdb.Error:
        return False
    return True


def nearest(word: str, among: list[str] | tuple[str, ...]) -> str:
    """The most alike, or nothing when nothing is."""
    alike = difflib.get_close_matches(word.strip().lower(), among, n=1, cutoff=0.55)
    return alike[0] if alike else ""


def marks(file: Opened) -> Iterator[Fault]:
    """How the file is written, where that is not as expected and does no harm."""
    if file.written.marked:
        yield Fault("byte_order_mark", file.file)
    if file.written.separator != ",":
        blanks = {"found": SEPARATORS[file.written.separator], "decimal": DECIMALS[file.written.decimal]}
        yield Fault("separator", file.file, places=[Place(row=1, blanks=blanks)])


def _lay_parquet(engine: duckdb.DuckDBPyConnection, path: Path, raw: str) -> None:
    source = "read_parquet(?, file_row_number=true)".replace("?", text(str(path)))
    engine.execute(f"CREATE VIEW {raw} AS SELECT file_row_number + 1 AS _row, * EXCLUDE file_row_number FROM {source}")


def _lay_csv(engine: duckdb.DuckDBPyConnection, path: Path, raw: str, written: Written) -> None:
    """All as text, into a table of the engine's own: a CSV is read once, not once for each question."""
    engine.execute("DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans")
    engine.execute(
        f"CREATE TABLE {raw} AS SELECT row_number() OVER () + 1 AS _row, * FROM {_as_written(path, written)}"
    )
    rejected = engine.execute("SELECT line, error_type FROM reject_errors ORDER BY line LIMIT 6").fetchall()
    if rejected:
        kind = "not_utf8" if any("ENCODING" in str(error) for _, error in rejected) else "ragged_row"
        total = engine.execute("SELECT count(DISTINCT line) FROM reject_errors").fetchall()[0][0]
        places = [Place(row=line) for line in dict.fromkeys(line for line, _ in rejected)]
        raise Unreadable(Fault(kind, path.name, total=total, places=places))


def _glance_at_csv(engine: duckdb.DuckDBPyConnection, path: Path, raw: str, written: Written) -> None:
    engine.execute(f"CREATE VIEW {raw} AS SELECT 0 AS _row, * FROM {_as_written(path, written)}")


def _as_written(path: Path, written: Written) -> str:
    columns = ", ".join(f"{text(name)}: 'VARCHAR'" for name in _header(path, written))
    how_written = (
        f"auto_detect=false, header=true, delim={text(written.separator)}, encoding={text(written.encoding)}, "
        "quote='\"', escape='\"', store_rejects=true"
    )
    return f"read_csv({text(str(path))}, {how_written}, columns={{{columns}}})"


def _written(path: Path, mapping: TableMapping) -> Written:
    if path.suffix != ".csv":
        return PLAIN
    try:
        return how(path, mapping.written)
    except UnicodeDecodeError as problem:
        raise Unreadable(Fault("not_utf8", path.name, places=[Place(row=1)])) from problem


def _header(path: Path, written: Written) -> list[str]:
    if not written.header.strip():
        raise Unreadable(Fault("no_header", path.name))
    names = next(csv.reader([written.header], delimiter=written.separator))
    for name in names:
        if names.count(name) > 1:
            raise Unreadable(Fault("column_twice", path.name, name))
    return names


def text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
