"""A folder of register extracts as frames of an engine: our names, our types, our codes. Nothing is written there."""

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import narwhals as nw

from familieplan.population import mapping
from familieplan.population.engine import MEGABYTE, Engine, Frame
from familieplan.population.tables import TABLES, Column, Kind, Table
from familieplan.population.trouble import Trouble
from familieplan.population.written import PLAIN, Written, how

SUFFIXES = (".parquet", ".csv")
UNPACKED = {".parquet": 3, ".csv": 1}  # bytes to put aside for one in the file, at most about

TYPES: dict[Kind, nw.Date | nw.Boolean | nw.Int64 | nw.Float64 | nw.String] = {
    Kind.DATE: nw.Date(),
    Kind.FLAG: nw.Boolean(),
    Kind.YEAR: nw.Int64(),
    Kind.AMOUNT: nw.Float64(),
    Kind.ID: nw.String(),
    Kind.TEXT: nw.String(),
    Kind.CODE: nw.String(),
}


SAME_IDS = {"child_id": "person_id", "parent_id": "person_id"}


@dataclass
class Source:
    """`source.frame("parents")`: all columns of `tables.py`, those left out as empty."""

    folder: Path
    engine: Engine
    mappings: mapping.Mappings = field(default_factory=dict)
    _scanned: dict[str, tuple[Frame, nw.Schema]] = field(default_factory=dict, repr=False)
    _frames: dict[str, Frame] = field(default_factory=dict, repr=False)
    _numeric: dict[str, bool] = field(default_factory=dict, repr=False)

    def mapping(self, name: str) -> mapping.TableMapping:
        return self.mappings.get(name, mapping.AS_THEY_ARE)

    def theirs(self, table: str, column: str) -> str:
        """What the file calls a column of ours."""
        return self.mapping(table).columns.get(column, column)

    def find(self, name: str) -> Path | None:
        """The table's file, or None."""
        given = self.mapping(name).file
        names = [given] if given else [name + suffix for suffix in SUFFIXES]
        return next((self.folder / each for each in names if (self.folder / each).is_file()), None)

    def file(self, name: str) -> Path:
        path = self.find(name)
        if path is None:
            wanted = self.mapping(name).file or f"{name}.parquet or {name}.csv"
            raise Trouble(
                "{folder} holds no {wanted} ({meaning}). Put it there, or name it by --mapping.",
                folder=self.folder,
                wanted=wanted,
                meaning=TABLES[name].meaning,
            )
        if path.suffix not in SUFFIXES:
            raise Trouble("{path}: only .parquet and .csv can be read.", path=path)
        return path

    def raw(self, name: str) -> Frame:
        """The file as it is, with its own names: for checking."""
        return self._scan(name)[0]

    def frame(self, name: str) -> Frame:
        """The table in our names, types and codes; Trouble when its file or a needed column is missing."""
        if name not in self._frames:
            self._frames[name] = self._translated(name)
        return self._frames[name]

    def rows_read(self, names: Iterable[str]) -> dict[str, int]:
        """Table → how many rows its file has: for about.json."""
        number = nw.len().alias("n")
        return {name: int(self.engine.rows(self.raw(name).select(number))[0]["n"]) for name in names}

    def _translated(self, name: str) -> Frame:
        raw, schema = self._scan(name)
        table = TABLES[name]
        absent = [c.name for c in table.columns if self.theirs(name, c.name) not in schema and not c.optional]
        if absent:
            wanted = ", ".join(self.theirs(name, column) for column in absent)
            raise Trouble(
                "{path} lacks the column {wanted}. Add it, or say by --mapping what it is called.",
                path=self.file(name),
                wanted=wanted,
            )
        return raw.select(*(self._column(table, column, schema) for column in table.columns))

    def _scan(self, name: str) -> tuple[Frame, nw.Schema]:
        if name not in self._scanned:
            path = self.file(name)
            try:
                frame = self.engine.scan(path, self._written(name, path))
                self._scanned[name] = frame, frame.collect_schema()
            except Exception as problem:
                reason = str(problem).strip().partition("\n")[0]
                raise Trouble(
                    "{path} cannot be read as {suffix}: {reason}", path=path, suffix=path.suffix[1:], reason=reason
                ) from problem
        return self._scanned[name]

    def _written(self, name: str, path: Path) -> Written:
        return how(path, self.mapping(name).written) if path.suffix == ".csv" else PLAIN

    def _column(self, table: Table, column: Column, schema: nw.Schema) -> nw.Expr:
        theirs = self.theirs(table.name, column.name)
        wanted = nw.Int64() if column.kind is Kind.ID and self._numbers(column.name) else TYPES[column.kind]
        if theirs not in schema:
            return nw.lit(None).cast(wanted).alias(column.name)
        codes = self.mapping(table.name).codes.get(column.name)
        if codes:
            recoded = _recoded(nw.col(theirs), codes)
            return (recoded.cast(wanted) if column.kind is Kind.FLAG else recoded).alias(column.name)
        value = nw.col(theirs)
        if column.kind is Kind.AMOUNT and self._written(table.name, self.file(table.name)).decimal == ",":
            value = value.str.replace_all(",", ".", literal=True)
        return (value if schema[theirs] == wanted else value.cast(wanted)).alias(column.name)

    def _numbers(self, name: str) -> bool:
        """Ids are numbers when every file that holds them has numbers; else they are compared as text."""
        same = SAME_IDS.get(name, name)
        if same not in self._numeric:
            self._numeric[same] = all(
                schema[self.theirs(table.name, column.name)].is_integer()
                for table in TABLES.values()
                if self.find(table.name)
                for schema in [self._scan(table.name)[1]]
                for column in table.columns
                if SAME_IDS.get(column.name, column.name) == same and self.theirs(table.name, column.name) in schema
            )
        return self._numeric[same]


def _recoded(value: nw.Expr, codes: Mapping[str, str]) -> nw.Expr:
    """Their codes into ours; a code that is not named stays as it is."""
    text = value.cast(nw.String)
    result = text
    for their, our in codes.items():
        result = nw.when(text == their).then(nw.lit(our)).otherwise(result)
    return result


def enough_room(source: Source, tables: Iterable[str], spill: Path, memory: int) -> None:
    """Before hours are spent: is there disk for what does not fit in `memory` megabytes? Trouble when not."""
    files = {path for path in map(source.find, tables) if path}
    needed = sum(path.stat().st_size * UNPACKED[path.suffix] for path in files) - memory * MEGABYTE
    free = shutil.disk_usage(spill).free
    if needed > free:
        raise Trouble(
            "{spill} has {free} MB free; an analysis of these files may have to put aside {needed} MB "
            "there. Name a folder on a larger disk by --spill, or give more --memory.",
            spill=spill,
            free=free // MEGABYTE,
            needed=needed // MEGABYTE,
        )
