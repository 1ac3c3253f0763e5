"""What several commands ask for: the folder, its mapping, the engine. Used alike by every room with a command."""

import argparse
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from familieplan.population import mapping
from familieplan.population.definitions.model import Definition
from familieplan.population.engine import ENGINES, MEMORY, started
from familieplan.population.source import Source, enough_room
from familieplan.population.tables import DERIVED, TABLES
from familieplan.population.trouble import Trouble

ALWAYS = ("persons", "parents", "residence", "addresses", "housing_areas")


def add_source(parser: argparse.ArgumentParser) -> None:
    """--data and how it is read."""
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER", help="the register extracts")
    parser.add_argument("--mapping", type=Path, metavar="FILE", help="what the extracts call tables, columns, codes")
    parser.add_argument("--engine", choices=sorted(ENGINES), default="duckdb", help="duckdb is built in")
    parser.add_argument("--memory", type=int, default=MEMORY, metavar="MB", help="memory of the engine (%(default)s)")
    parser.add_argument("--threads", type=int, metavar="N", help="processors to use (all)")
    parser.add_argument("--spill", type=Path, metavar="FOLDER", help="where to put aside what does not fit in memory")


def add_years(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--year", required=True, metavar="YEAR", help="2022, or several: 2018-2022")


def add_out(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="results go here; must not exist yet")


def needed(definitions: Iterable[Definition]) -> set[str]:
    """The tables without which these definitions cannot be counted."""
    return {*ALWAYS}.union(*(each.tables() for each in definitions)) - DERIVED.keys()


@contextmanager
def opened(asked: argparse.Namespace, tables: tuple[str, ...] = tuple(TABLES)) -> Iterator[Source]:
    """The folder that was asked for, on the engine that was asked for."""
    if not asked.data.is_dir():
        raise Trouble("{data} is no folder. Name the folder that holds the extracts by --data.", data=asked.data)
    if asked.spill and not asked.spill.is_dir():
        raise Trouble("{spill} is no folder. Make it, or leave --spill out.", spill=asked.spill)
    mappings = mapping.read(asked.mapping) if asked.mapping else mapping.NONE
    with started(asked.engine, spill=asked.spill, memory=asked.memory, threads=asked.threads) as engine:
        source = Source(asked.data, engine, mappings)
        enough_room(source, tables, engine.aside, asked.memory)
        yield source


def years(asked: str) -> list[int]:
    """ "2018-2022" → [2018, …, 2022]."""
    found = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", asked)
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
    if not 1968 <= first <= last <= 2100:
        raise Trouble(
            "“{asked}” cannot be counted for. Write a year: 2022, or 2018-2022; not before 1968, when the person "
            "register began.",
            asked=asked,
        )
    return list(range(first, last + 1))
