"""Does an extract hold the year that is asked for? A year nobody has delivered counts like one in which nothing was."""

from collections.abc import Iterator, Mapping, Sequence
from statistics import median

import duckdb

from familieplan.population.faults.findings import Fault, Place
from familieplan.population.faults.reading import Opened, quoted
from familieplan.population.tables import Kind, Table

USUAL = 20  # rows that begin in a usual year, of which none by chance is once in 10⁸
WHO_AND_WHERE = {"persons", "parents", "residence", "addresses", "housing_areas", "municipalities"}

Years = Mapping[int, int]
"""Year → rows that begin in it."""


def faults_of_years(
    files: Mapping[str, Opened], engine: duckdb.DuckDBPyConnection, asked: Sequence[int]
) -> Iterator[Fault]:
    """A table in which nothing begins in a year that is asked for, though much does in others; when nothing begins in
    any table that tells what happens to people, each of them.
    """
    found = {name: years for name, file in files.items() if (years := _begun(file, engine))}
    for year in asked:
        void = all(year not in years for name, years in found.items() if name not in WHO_AND_WHERE)
        for name, years in found.items():
            if year not in years and ((void and name not in WHO_AND_WHERE) or median(years.values()) >= USUAL):
                blanks = {"year": year, "there": _there(years)}
                yield Fault("no_such_year", files[name].file, places=[Place(blanks=blanks)])


def _begun(file: Opened, engine: duckdb.DuckDBPyConnection) -> Years:
    year = _year(file.table)
    if not year or not file.has(_column(file.table)):
        return {}
    rows = engine.execute(
        f"SELECT {year} AS y, count(*) FROM {quoted(file.table.name)} WHERE y IS NOT NULL GROUP BY y"
    ).fetchall()
    return dict(rows)


def _column(table: Table) -> str:
    """The first column that says when a row begins."""
    return next((column.name for column in table.columns if column.kind in {Kind.DATE, Kind.YEAR}), "")


def _year(table: Table) -> str:
    column = table.column(_column(table))
    return f"year({column.name})" if column and column.kind is Kind.DATE else column.name if column else ""


def _there(years: Years) -> str:
    """2019–2022; gaps are named: 2015, 2019–2022."""
    parts: list[list[int]] = []
    for year in sorted(years):
        if parts and year == parts[-1][-1] + 1:
            parts[-1].append(year)
        else:
            parts.append([year])
    return ", ".join(f"{part[0]}–{part[-1]}" if len(part) > 1 else str(part[0]) for part in parts)
