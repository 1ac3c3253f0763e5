"""`check`: every fault of an extract – file, row, column, reason – before anything is computed with it.

From the outside in: is there a file, can it be read, are the columns there, is each cell what it should be, do the
rows agree with each other. What cannot be asked because something before it failed is not asked; everything else is.
"""

import argparse
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

import duckdb

from familieplan.population.asked import add_source, opened
from familieplan.population.asked import years as years_of
from familieplan.population.engine import MEMORY, Duck, started
from familieplan.population.faults import cells, reading
from familieplan.population.faults.between import Between
from familieplan.population.faults.door import at_the_door
from familieplan.population.faults.findings import SENTENCES, Fault
from familieplan.population.faults.reading import Opened, Unreadable
from familieplan.population.faults.years import faults_of_years
from familieplan.population.source import Source
from familieplan.population.tables import TABLES
from familieplan.population.trouble import Trouble
from familieplan.population.words import Words, add_language

__all__ = ["Fault", "add_arguments", "add_despite", "check", "refuse", "run"]

TOO_LITTLE = "There is too little memory or disk to check these files. Give more --memory, or a larger --spill."
SHOWN = 5  # rows of each kind of fault in each column
DESPITE = sorted(kind for kind, sentence in SENTENCES.items() if sentence.get("hard"))


def check(
    source: Source,
    tables: Collection[str] = tuple(TABLES),
    *,
    years: Sequence[int] = (),
    spill: Path | None = None,
    memory: int = MEMORY,
    show: int = SHOWN,
) -> Iterator[Fault]:
    """The faults of these tables, as they are found; with `years`, those of which nothing is there.

    Rows are looked at on DuckDB, whatever engine computes.
    """
    with started("duckdb", spill=spill, memory=memory) as engine:
        assert isinstance(engine, Duck)  # noqa: S101 - for the reader and the type checker
        engine.connection.execute("SET preserve_insertion_order = true")  # rows have numbers here
        yield from _faults(engine.connection, source, tables, years, show)


def refuse(
    source: Source,
    tables: Collection[str],
    despite: Collection[str] = (),
    *,
    years: Sequence[int] = (),
    language: str = "en",
    spill: Path | None = None,
    memory: int = MEMORY,
) -> list[Fault]:
    """The faults that are computed in spite of; Trouble, with the first ones, when there are any others.

    What can be seen from the door is said first: a row is read once for that, and often for `check`.
    """
    _refuse_these(at_the_door(source, tables, years), despite, language)
    return _refuse_these(check(source, tables, years=years, spill=spill, memory=memory, show=2), despite, language)


def _refuse_these(faults: Iterable[Fault], despite: Collection[str], language: str) -> list[Fault]:
    found = [fault for fault in faults if fault.hard]
    hard = [fault for fault in found if fault.always or fault.kind not in despite]
    if not hard:
        return found
    lines = [line for fault in hard for line in fault.lines(language)]
    shown = lines[:20]
    if len(lines) > 20:
        shown.append(Words(language)("… {number} more lines: `check` shows them all.", number=len(lines) - 20))
    listed = "\n".join(shown)
    kinds = sorted({fault.kind for fault in hard if not fault.always})
    if kinds and not any(fault.always for fault in hard):
        raise Trouble(
            "{faults}\nNothing was computed. To compute in spite of it, name it: --despite {kinds}",
            faults=listed,
            kinds=" ".join(kinds),
        )
    raise Trouble("{faults}\nNothing was computed.", faults=listed)


def add_despite(parser: argparse.ArgumentParser) -> None:
    """For every command that computes; goes to `refuse`."""
    parser.add_argument(
        "--despite",
        nargs="+",
        choices=DESPITE,
        default=[],
        metavar="FAULT",
        help="compute although there are faults of this kind: %(choices)s",
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_source(parser)
    add_language(parser)
    parser.add_argument("--year", metavar="YEAR", help="2022, or several: are there data of each year?")
    parser.add_argument(
        "--show", type=int, default=SHOWN, metavar="N", help="rows of each fault in each column (%(default)s)"
    )


def run(asked: argparse.Namespace) -> int:
    """0: no faults; 1: faults, each printed; 2 (by Trouble): it could not be checked."""
    asked.engine = "duckdb"
    hard, void, say = 0, set(), Words(asked.language)
    with opened(asked) as source:
        years = years_of(asked.year) if asked.year else ()
        for fault in check(source, years=years, spill=asked.spill, memory=asked.memory, show=max(1, asked.show)):
            hard += fault.hard
            void |= {place.blanks["year"] for place in fault.places if fault.kind == "no_such_year"}
            for line in fault.lines(asked.language):
                print(line if fault.hard else f"{say('Remark')}: {line}", flush=True)
    told = say("Faults: {number}. The same kind in one column counts once.", number=hard) if hard else say("No faults.")
    if void:
        told += " " + say("In some tables nothing begins in {years}.", years=", ".join(map(str, sorted(void))))
    print(told, file=sys.stderr)
    return 1 if hard else 0


def _faults(
    engine: duckdb.DuckDBPyConnection, source: Source, tables: Collection[str], years: Sequence[int], show: int
) -> Iterator[Fault]:
    sound: dict[str, Opened] = {}
    for name, table in TABLES.items():
        if name not in tables:
            continue
        mapping = source.mapping(name)
        try:
            path = reading.path_of(source, table)
            file = reading.opened(engine, path, table, mapping)
            yield from reading.marks(file)
            yield from reading.columns_at_fault(path, table, reading.columns_in(path, engine, mapping), mapping)
            wrong = list(cells.faults_in(file, engine, show))
        except Unreadable as unreadable:
            yield unreadable.fault
            continue
        except duckdb.OutOfMemoryException as full:
            raise Trouble(TOO_LITTLE) from full
        except duckdb.Error:  # a Parquet file that is whole at its ends and broken inside
            yield Fault("broken_file", path.name)
            continue
        yield from wrong
        if not any(fault.kind == "wrong_type" for fault in wrong):
            sound[name] = file
    cells.as_it_should_be(sound, engine)
    try:
        yield from faults_of_years(sound, engine, years)
        yield from Between(sound, engine, show).faults()
    except duckdb.OutOfMemoryException as full:
        raise Trouble(TOO_LITTLE) from full
    except duckdb.Error as problem:  # whole at its ends, and nobody had read into the middle yet
        broken = [file for file in sound.values() if not reading.whole(file, engine)]
        if not broken:
            raise Trouble("The extracts could not be checked: {problem}.", problem=type(problem).__name__) from problem
        yield from (Fault("broken_file", file.file) for file in broken)
