"""What can be seen of an extract from the door: which files, columns and years are there. All rows wait for `check`."""

from collections.abc import Collection, Iterator, Sequence

import duckdb

from familieplan.population.faults import cells, reading
from familieplan.population.faults.findings import Fault
from familieplan.population.faults.reading import Opened, Unreadable
from familieplan.population.faults.years import faults_of_years
from familieplan.population.source import Source
from familieplan.population.tables import TABLES


def at_the_door(source: Source, tables: Collection[str], years: Sequence[int] = ()) -> Iterator[Fault]:
    """Files and columns that are missing; years of which nothing is there. `check` says all of it too."""
    seen: dict[str, Opened] = {}
    with duckdb.connect(":memory:") as engine:
        for name in tables:
            table, mapping = TABLES[name], source.mapping(name)
            try:
                path = reading.path_of(source, table)
                yield from reading.columns_at_fault(path, table, reading.columns_in(path, engine, mapping), mapping)
                seen[name] = reading.opened(engine, path, table, mapping, glance=True)
            except Unreadable as unreadable:
                yield unreadable.fault
        if years and len(seen) == len(tables):  # else that is what to mend first
            cells.as_it_should_be(seen, engine)
            try:
                yield from faults_of_years(seen, engine, years)
            except duckdb.Error:  # something is wrong with rows: `check` says what
                return
