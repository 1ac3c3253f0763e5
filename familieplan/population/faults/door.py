"""What can be seen of an extract from the door, before a row is read: which files and which columns are there."""

from collections.abc import Collection, Iterator

import duckdb

from familieplan.population.faults import reading
from familieplan.population.faults.findings import Fault
from familieplan.population.faults.reading import Unreadable
from familieplan.population.source import Source
from familieplan.population.tables import TABLES


def at_the_door(source: Source, tables: Collection[str]) -> Iterator[Fault]:
    """Files and columns that are missing. Everything that is said here is said by `check` too."""
    with duckdb.connect(":memory:") as engine:
        for name in tables:
            table, mapping = TABLES[name], source.mapping(name)
            try:
                path = reading.path_of(source, table)
                yield from reading.columns_at_fault(path, table, reading.columns_in(path, engine, mapping), mapping)
            except Unreadable as unreadable:
                yield unreadable.fault
