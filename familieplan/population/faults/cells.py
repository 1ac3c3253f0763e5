"""Each cell by itself: is it what its column holds? One pass over a table counts; rows are looked up where some are."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import duckdb

from familieplan.population.faults.findings import Fault, Place
from familieplan.population.faults.reading import Opened, nearest, quoted, text
from familieplan.population.tables import Column, Kind

WHOLE = {
    "TINYINT",
    "SMALLINT",
    "INTEGER",
    "BIGINT",
    "HUGEINT",
    "UTINYINT",
    "USMALLINT",
    "UINTEGER",
    "UBIGINT",
    "UHUGEINT",
}
ISO = r"\d{4}-\d{2}-\d{2}"
OTHER_DECIMALS = {  # what the file is written with → the fault of writing otherwise, and how that looks
    ".": ("decimal_comma", r"-?[\d. ]*\d,\d+"),
    ",": ("decimal_point", r"-?[\d,. ]*\d\.[\d,]+"),
}
A_CODE = re.compile(r"[^\W\d]{1,24}")  # letters: what has digits in it may be a person's, and is not repeated


@dataclass(frozen=True)
class Question:
    """A fault and the SQL that is true of a row that has it."""

    kind: str
    column: Column
    condition: str


def family(kind: str) -> str:
    """DuckDB's name of a type in words of `findings.WORDS`."""
    if kind in WHOLE:
        return "whole number"
    if kind in {"FLOAT", "DOUBLE"} or kind.startswith("DECIMAL"):
        return "decimal number"
    plain = {"VARCHAR": "text", "DATE": "date", "BOOLEAN": "true or false", "NULL": "text"}
    return "date" if kind.startswith("TIMESTAMP") else plain.get(kind, "other")


ABSENT = {Kind.DATE: "DATE", Kind.FLAG: "BOOLEAN", Kind.YEAR: "INTEGER", Kind.AMOUNT: "DOUBLE"}
ACCEPTED = {
    Kind.ID: ("text", "whole number"),
    Kind.TEXT: ("text", "whole number"),
    Kind.DATE: ("date", "text"),
    Kind.CODE: ("text", "whole number"),  # numbers where a mapping says what they mean
    Kind.FLAG: ("true or false", "text", "whole number"),
    Kind.YEAR: ("whole number", "text"),
    Kind.AMOUNT: ("whole number", "decimal number", "text"),
}


def typed(file: Opened, column: Column) -> str:
    """The cell as what it should be; NULL where it is not."""
    if not file.has(column.name):
        return f"CAST(NULL AS {ABSENT.get(column.kind, 'VARCHAR')})"
    raw, found = file.raw_of(column.name), family(file.types[column.name])
    match column.kind:
        case Kind.ID if found == "text":
            return f"nullif({raw}, '')"
        case Kind.CODE:
            return _recoded(file, column)
        case Kind.DATE if found == "text":
            return f"CASE WHEN regexp_full_match({raw}, '{ISO}') THEN try_cast({raw} AS DATE) END"
        case Kind.DATE:
            return f"CAST({raw} AS DATE)"
        case Kind.FLAG:
            return f"try_cast({_recoded(file, column)} AS BOOLEAN)"
        case Kind.YEAR:
            return f"try_cast({raw} AS INTEGER)"
        case Kind.AMOUNT:
            if found == "text" and file.written.decimal == ",":
                raw = f"CASE WHEN {raw} NOT LIKE '%.%' THEN replace({raw}, ',', '.') END"
            return f"CASE WHEN isfinite(try_cast({raw} AS DOUBLE)) THEN try_cast({raw} AS DOUBLE) END"
    return raw


def _recoded(file: Opened, column: Column) -> str:
    """Theirs as ours, as the mapping says; what it does not name stays as it is."""
    raw = f"CAST({file.raw_of(column.name)} AS VARCHAR)"
    pairs = [f"WHEN {text(their)} THEN {text(our)}" for their, our in file.codes.get(column.name, {}).items()]
    return f"CASE {raw} {' '.join(pairs)} ELSE {raw} END" if pairs else raw


def faults_in(file: Opened, engine: duckdb.DuckDBPyConnection, show: int) -> Iterator[Fault]:
    """Types of whole columns first: of cells in a column of the wrong type nothing can be asked."""
    questions: list[Question] = []
    for column in file.table.columns:
        if not file.has(column.name):
            continue
        found = family(file.types[column.name])
        if found in ACCEPTED[column.kind]:
            questions += _questions(file, column, found)
        else:
            blanks = {"found": found, "expected": ACCEPTED[column.kind][0]}
            yield Fault("wrong_type", file.file, file.names[column.name], places=[Place(blanks=blanks)])
    counts = ", ".join(f"count_if({question.condition})" for question in questions)
    total, *found_of = engine.execute(f"SELECT count(*), {counts or '0'} FROM {file.raw}").fetchall()[0]
    if not total:
        yield Fault("empty_table", file.file)
    for question, count in zip(questions, found_of, strict=False):
        if count:
            yield Fault(
                question.kind, file.file, file.names[question.column.name], count, _places(file, question, engine, show)
            )


def _questions(file: Opened, column: Column, found: str) -> Iterator[Question]:
    """``found``: the family of the type it has in the file."""
    raw, cell = file.raw_of(column.name), typed(file, column)
    absent = f"({raw} IS NULL OR {raw} = '')" if found == "text" else f"{raw} IS NULL"
    wrong = f"NOT {absent} AND {cell} IS NULL" if not column.optional else f"{raw} IS NOT NULL AND {cell} IS NULL"
    if not column.optional:
        yield Question("missing_value", column, absent)
    match column.kind:
        case Kind.DATE:
            if found == "text":
                yield Question("bad_date", column, wrong)
            yield Question("unlikely_date", column, f"{cell} < DATE '1850-01-01'")
        case Kind.CODE:
            codes = ", ".join(text(code) for code in column.codes)
            given = "" if column.optional else f"NOT {absent} AND "
            yield Question("unknown_code", column, f"{given}{cell} NOT IN ({codes})")
        case Kind.FLAG if found != "true or false":
            yield Question("bad_flag", column, wrong)
        case Kind.YEAR:
            yield Question("bad_year", column, f"{wrong} OR {cell} NOT BETWEEN 1850 AND 2200")
        case Kind.AMOUNT:
            kind, other = OTHER_DECIMALS[file.written.decimal]
            alike = f"regexp_full_match({raw}, '{other}')" if found == "text" else "false"
            yield Question(kind, column, f"{wrong} AND {alike}")
            yield Question("bad_amount", column, f"{wrong} AND NOT {alike}")


def _places(file: Opened, question: Question, engine: duckdb.DuckDBPyConnection, show: int) -> list[Place]:
    raw = file.raw_of(question.column.name)
    rows = engine.execute(
        f"SELECT _row, CAST({raw} AS VARCHAR) FROM {file.raw} WHERE {question.condition} ORDER BY _row LIMIT {show}"
    ).fetchall()
    if question.kind != "unknown_code":
        return [Place(row) for row, _ in rows]
    return [Place(row, _of_code(value, question.column.codes)) for row, value in rows]


def _of_code(value: str, codes: tuple[str, ...]) -> dict[str, str]:
    """The code itself when it can only be one, and the known one most like it."""
    return {"found": f" “{value}”" if A_CODE.fullmatch(value) else "", "nearest": nearest(value, codes)}


def as_it_should_be(files: Mapping[str, Opened], engine: duckdb.DuckDBPyConnection) -> None:
    """A view of each by the table's own name: `_row` and all columns in their own types; what is wrong is NULL.

    Ids are numbers where all files have numbers, else text: so the analysis compares them too.
    """
    all_numbers = {family(file.types[name]) for file in files.values() for name in _ids(file)} == {"whole number"}
    for file in files.values():
        cells = {column.name: typed(file, column) for column in file.table.columns}
        if not all_numbers:
            cells |= {name: f"CAST({cells[name]} AS VARCHAR)" for name in _ids(file)}
        selected = ", ".join(f"{cell} AS {quoted(name)}" for name, cell in cells.items())
        engine.execute(f"CREATE VIEW {quoted(file.table.name)} AS SELECT _row, {selected} FROM {file.raw}")


def _ids(file: Opened) -> list[str]:
    return [column.name for column in file.table.columns if column.kind is Kind.ID and file.has(column.name)]
