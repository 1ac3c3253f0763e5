"""What the commands that analyse have in common: check, compute year by year, write everything or nothing."""

import argparse
import sys
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from importlib import import_module
from itertools import count
from typing import TextIO

import narwhals as nw

from familieplan.population import asked as common
from familieplan.population import faults, results
from familieplan.population.definitions import loading
from familieplan.population.definitions.model import Definition
from familieplan.population.engine import Engine
from familieplan.population.source import Source
from familieplan.population.tables import DERIVED
from familieplan.population.trouble import Trouble
from familieplan.population.words import add_language

ALWAYS = ("persons", "parents", "residence", "addresses", "housing_areas")


EPILOGUE = """\
{tables}
Each is Parquet with the columns year, variant, level (nation, vulnerable_areas, municipality, housing_area), place,
group, among, measure, persons, base, total: share = persons / base, mean = total / base. about.json says how they came
to be: the command, the definition with its hash, rows read, versions. Counts are exact and by place: keep them as you
keep the extracts.

Before anything is computed the extracts are checked; with faults, nothing is. Age is in full years on 31 December; "in
the year" is a period that touches it; where somebody lives is where they are registered on 31 December.
"""


def add_arguments(parser: argparse.ArgumentParser, definition: str, tables: str) -> None:
    """`tables`: what is written, for whoever asks for help."""
    parser.epilog = EPILOGUE.format(tables=tables)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    common.add_source(parser)
    common.add_years(parser)
    common.add_out(parser)
    shipped = ", ".join(loading.shipped())
    parser.add_argument("--definition", default=definition, metavar="NAME", help=f"{shipped}, or a file (%(default)s)")
    parser.add_argument("--variant", metavar="NAME", help="of the definition; its first when left out")
    add_language(parser)
    faults.add_despite(parser)


def run(asked: argparse.Namespace, kinds: Collection[str]) -> int:
    """Nothing is written unless everything could be computed."""
    years = common.years(asked.year)
    definition = loading.load(asked.definition, asked.variant)
    if definition.kind not in kinds:
        raise Trouble(f"{asked.definition} defines a {definition.kind}; this command is for {' or '.join(kinds)}.")
    analysis = import_module(f"familieplan.population.analysis.{definition.kind}")
    tables = tuple(sorted({*ALWAYS, *definition.tables()} - DERIVED.keys()))
    with results.folder(asked.out) as into, common.opened(asked, tables) as source:
        _say("Checking the extracts …")
        faults.refuse(
            source, tables, asked.despite, years=years, language=asked.language, spill=asked.spill, memory=asked.memory
        )
        found = []
        for number, year in enumerate(years, 1):
            _say(f"{year} ({number} of {len(years)}): {definition.stamp}")
            with steps_told(source.engine, sys.stderr):
                found += analysis.analyse(source, definition, year)
        results.write(into, results.together(found))
        results.about(into, command=sys.argv, definitions=[stamp(definition)], rows=rows_read(source, tables))
    _say(f"Written to {asked.out}. The counts are exact: not to be published; `report` leaves out what tells of few.")
    return 0


@contextmanager
def steps_told(engine: Engine, to: TextIO) -> Iterator[None]:
    """On a terminal one line that moves while we compute: how many steps are done, and since when. In a log nothing."""
    if not to.isatty():
        yield
        return
    begun, numbers, before = time.monotonic(), count(1), engine.stepped

    def tell() -> None:
        print(f"\r  {next(numbers)} steps, {time.monotonic() - begun:.0f} s", end="", file=to, flush=True)

    engine.stepped = tell
    try:
        yield
    finally:
        engine.stepped = before
        print(file=to, flush=True)


def stamp(definition: Definition) -> dict[str, object]:
    return {
        "name": definition.name,
        "variant": definition.variant.name,
        "sha256": definition.sha256,
        "changed": definition.changed,
        "changes": [change._asdict() for change in definition.changes],
        "source": definition.source,
    }


def rows_read(source: Source, tables: Collection[str]) -> dict[str, int]:
    return {name: int(source.engine.rows(source.raw(name).select(nw.len().alias("n")))[0]["n"]) for name in tables}


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
