"""From rows of a table to what is true of a person in a year."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import reduce
from operator import and_, or_

import narwhals as nw

from familieplan.population.definitions.model import Criterion, Fact, Window
from familieplan.population.engine import Frame
from familieplan.population.source import Source
from familieplan.population.tables import DERIVED, TABLES

PERSON = "person_id"
NO_FRAMES: Mapping[str, Frame] = {}


def first_day(year: int) -> date:
    return date(year, 1, 1)


def last_day(year: int) -> date:
    return date(year, 12, 31)


def covers(day: date | nw.Expr, first: str = "valid_from", last: str = "valid_to") -> nw.Expr:
    """The period holds the day; both its ends belong to it, an empty end is open."""
    return (nw.col(first) <= day) & (nw.col(last).is_null() | (nw.col(last) >= day))


def alive(source: Source, year: int) -> Frame:
    """Rows of persons who were alive at some time in the year."""
    lived_on = nw.col("died").is_null() | (nw.col("died") >= first_day(year))
    return source.frame("persons").filter(nw.col("born") <= last_day(year), lived_on)


def of_the_living(source: Source, year: int) -> Frame:
    """Everybody of them: person_id, age on 31 December, sex, origin, died."""
    age = (nw.lit(year) - nw.col("born").dt.year()).alias("age")  # everybody has had the year's birthday by then
    return alive(source, year).select(PERSON, age, "sex", "origin", "died")


def aged(ages: tuple[int, int | None]) -> nw.Expr:
    young, old = ages
    return nw.col("age") >= young if old is None else (nw.col("age") >= young) & (nw.col("age") <= old)


def holds(criterion: Criterion, year: int) -> nw.Expr:
    """Of a row of the criterion's table: does it count for the year?"""
    wanted = [nw.col(name).is_in(list(values)) for name, values in criterion.where.items()]
    wanted += [_begins(name, values) for name, values in criterion.starts_with.items()]
    return reduce(and_, [*wanted, _in_time(criterion, year)]).fill_null(False)


def of_persons(
    source: Source,
    facts: Iterable[Fact],
    year: int,
    among: Frame | None = None,
    derived: Mapping[str, Frame] = NO_FRAMES,
) -> Frame:
    """One row for each person with a row by any criterion: person_id and, for each fact, whether there is one.

    `among`: only these person_ids. `derived`: the frames of `tables.DERIVED` that the facts name, by person_id.
    """
    named = list(facts)
    parts = []
    for table in dict.fromkeys(criterion.table for fact in named for criterion in fact.criteria):
        rows = derived[table] if table in DERIVED else source.frame(table)
        found = {
            fact.name: reduce(or_, [holds(each, year) for each in fact.criteria if each.table == table])
            for fact in named
            if any(each.table == table for each in fact.criteria)
        }
        rows = rows.filter(reduce(or_, found.values()))
        if among is not None:
            rows = rows.join(among.select(PERSON), on=PERSON, how="semi")
        flags = [found.get(fact.name, nw.lit(False)).alias(fact.name) for fact in named]
        parts.append(rows.select(PERSON, *flags))
    return nw.concat(parts).group_by(PERSON).agg(*(nw.col(fact.name).any() for fact in named))


def told_of(persons: Frame, found: Frame, facts: Iterable[Fact]) -> Frame:
    """The persons with a column for each fact, true or false of everybody; `found` as `of_persons` gives it."""
    values = []
    for fact in facts:
        there = nw.col(fact.name).fill_null(False)
        values.append((~there if fact.absent else there).alias(fact.name))
    return persons.join(found, on=PERSON, how="left").with_columns(*values)


def number_of(names: Iterable[str]) -> nw.Expr:
    """How many of these flags are true."""
    return reduce(lambda one, other: one + other, [nw.col(name).cast(nw.Int64) for name in names])


def _begins(name: str, values: Iterable[str]) -> nw.Expr:
    return reduce(or_, [nw.col(name).str.starts_with(value) for value in values])


def _in_time(criterion: Criterion, year: int) -> nw.Expr:
    table = (TABLES | DERIVED)[criterion.table]
    if not table.periods:
        return nw.col("year") == year if table.column("year") else nw.lit(True)
    first, last = table.periods[criterion.period]
    match criterion.window:
        case Window.ON_DATE:
            return covers(last_day(year), first, last)
        case Window.EVER:
            return nw.col(first) <= last_day(year)
        case Window.IN_YEAR | Window.YEARS_BACK:
            since = first_day(year - criterion.years + 1)
            ended = nw.col(last) < since if first == last else nw.col(last).fill_null(last_day(year)) < since
            return (nw.col(first) <= last_day(year)) & ~ended
