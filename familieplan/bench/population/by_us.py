"""The same two questions asked of our own analysis, by the shipped definitions."""

import tempfile
from pathlib import Path

import narwhals as nw

from familieplan.bench.population.questions import Answer, key
from familieplan.population.analysis import places, risk, target
from familieplan.population.analysis.counting import About, Measure, counted
from familieplan.population.definitions.loading import load
from familieplan.population.engine import started
from familieplan.population.source import Source


def asked(folder: Path, year: int) -> Answer:
    with tempfile.TemporaryDirectory() as aside, started("duckdb", spill=Path(aside)) as engine:
        source = Source(folder, engine, {})
        return _risk(source, year) | _target(source, year)


def _risk(source: Source, year: int) -> Answer:
    tables = risk.analyse(source, load("special_risk", "cfbu"), year)
    return {
        key("risk", row.level, row.place, row.among, row.measure): (row.persons, row.base)
        for table in tables
        for row in table.rows
    }


def _target(source: Source, year: int) -> Answer:
    """Who is in the target group, by place: `target.analyse` without its constellations, contacts and sums."""
    engine = source.engine
    people = target.members(source, load("target_2022"), year)
    found: Answer = {}
    for group, persons in (("children", people.children), ("adults", people.adults)):
        where = places.homes(source, places.residences(source, year, among=persons), year)
        placed = places.placed_at(persons, where)
        about = About(year, "", group)
        for row in counted(engine, placed, [Measure("in_target", nw.col("in_target"))], about):
            if row.level in {"nation", "municipality"}:
                found[key("target", row.level, row.place, group, row.measure)] = (row.persons, row.base)
    return found
