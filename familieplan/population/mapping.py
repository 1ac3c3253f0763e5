"""A file that says what the extract calls our tables, columns and codes. Without one, they are called as we call them.

[persons]
file = "BEF2022.parquet"                        # instead of persons.parquet or persons.csv
columns = { person_id = "PNR", born = "FOED_DAG", sex = "KOEN" }
codes.sex = { "1" = "male", "2" = "female" }    # theirs = ours; a code that is not named stays as it is
encoding = "latin-1"                            # of a CSV; "utf-8" when left out
decimal = "."                                   # of a CSV; "," where its columns are parted by semicolons
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from familieplan.population.definitions.lines import line_of
from familieplan.population.tables import TABLES, Kind, Table
from familieplan.population.trouble import Trouble
from familieplan.population.written import DECIMALS, ENCODINGS

FLAGS = ("true", "false")  # what theirs may mean where a column holds only these
WRITTEN = {"encoding": ENCODINGS, "decimal": DECIMALS}


@dataclass(frozen=True)
class TableMapping:
    file: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    """Ours → theirs."""
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Our column → {their code: ours}."""
    written: Mapping[str, str] = field(default_factory=dict)
    """Of a CSV: encoding, decimal."""


Mappings = Mapping[str, TableMapping]
NONE: Mappings = {}
AS_THEY_ARE = TableMapping()


def read(path: Path) -> Mappings:
    """The mapping, by our table; Trouble with file and line for a name we do not know."""
    try:
        text = path.read_text(encoding="utf-8")
        found = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise Trouble("{path}: the mapping cannot be read: {problem}", path=path, problem=problem) from problem
    return {name: _table(path, text, name, entry) for name, entry in found.items()}


def _table(path: Path, text: str, name: str, entry: Any) -> TableMapping:
    def wrong(reason: str, *keys: str, **values: object) -> Trouble:
        return Trouble(
            "{path}, line {line}: {reason}",
            path=path,
            line=line_of(text, (name, *keys)),
            reason=Trouble(reason, **values),
        )

    table = TABLES.get(name)
    if table is None:
        raise wrong("there is no table “{name}”. Tables: {known}.", name=name, known=", ".join(TABLES))
    if not isinstance(entry, dict) or entry.keys() - {"file", "columns", "codes", *WRITTEN}:
        raise wrong("[{name}] may hold file, columns, codes, encoding and decimal, nothing else.", name=name)
    written = {key: entry[key] for key in WRITTEN if key in entry}
    for key, value in written.items():
        if value not in WRITTEN[key]:
            raise wrong(
                "{key} is to be one of {known}.", key, key=key, known=" ".join(f"“{one}”" for one in WRITTEN[key])
            )
    columns, codes = entry.get("columns", {}), entry.get("codes", {})
    for part, names in (("columns", columns), ("codes", codes)):
        for unknown in (column for column in names if table.column(column) is None):
            there = ", ".join(column.name for column in table.columns)
            raise wrong(
                "{name} has no column “{unknown}”. Columns: {there}.",
                part,
                unknown,
                name=name,
                unknown=unknown,
                there=there,
            )
    for column, pairs in codes.items():
        allowed = codes_of(table, column)
        for ours in sorted(set(pairs.values()) - set(allowed)):
            raise wrong(
                "{column} has no code “{ours}”. Codes: {known}.",
                "codes",
                column,
                column=column,
                ours=ours,
                known=", ".join(allowed) or "–",
            )
    return TableMapping(entry.get("file"), columns, codes, written)


def codes_of(table: Table, name: str) -> tuple[str, ...]:
    column = table.column(name)
    if column is None:
        return ()
    return FLAGS if column.kind is Kind.FLAG else column.codes
