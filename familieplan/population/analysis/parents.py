"""Who is parent of whom by law. Foster parents are none. Or, when a definition says so, who lives with whom."""

import narwhals as nw

from familieplan.population.analysis.facts import PERSON, covers, first_day, last_day
from familieplan.population.analysis.places import residences
from familieplan.population.engine import Frame
from familieplan.population.source import Source


def linked(link: str, source: Source, children: Frame, living: Frame, year: int) -> Frame:
    """child_id, parent_id, each pair once, by the definition's `link`: legal_parent | household | mother."""
    if link == "household":
        return by_household(source, children, living, year)
    found = by_law(source, children, year)
    if link == "mother":
        found = found.filter(nw.col("role") == "mother")
    return found.select("child_id", "parent_id").unique(["child_id", "parent_id"])


def by_household(source: Source, children: Frame, living: Frame, year: int) -> Frame:
    """child_id, parent_id: whoever else is registered in the child's household on 31 December."""
    homes = residences(source, year).select(PERSON, "household_id").filter(~nw.col("household_id").is_null())
    others = homes.join(living.select(PERSON), on=PERSON, how="semi").rename({PERSON: "parent_id"})
    return (
        homes.join(children.select(PERSON), on=PERSON, how="semi")
        .rename({PERSON: "child_id"})
        .join(others, on="household_id", how="inner")
        .filter(nw.col("child_id") != nw.col("parent_id"))
        .select("child_id", "parent_id")
    )


def by_law(source: Source, children: Frame, year: int) -> Frame:
    """child_id, parent_id, role: on 31 December, or on the day of the first death in the year.

    `children` and parents have lived in the year. One row for each stretch that holds the day. What is kept on the way
    tells an engine how few they are, so that it does not begin with every parent and everybody's life.
    """
    keep, persons, end = source.engine.keep, source.frame("persons"), nw.lit(last_day(year))
    unborn = nw.col("born") > last_day(year)
    ended = keep(persons.filter((nw.col("died") <= last_day(year)) | unborn).select(PERSON, "born", "died"))
    gone = ended.filter((nw.col("died") < first_day(year)) | unborn)
    died = ended.filter(nw.col("died") >= first_day(year))
    day = nw.min_horizontal(nw.col("child_died").fill_null(end), nw.col("parent_died").fill_null(end), end)
    theirs = source.frame("parents").filter(nw.col("valid_from") <= last_day(year))
    theirs = keep(theirs.join(_called("child_id", children), on="child_id", how="semi"))
    return (
        theirs.join(_called("parent_id", persons), on="parent_id", how="semi")
        .join(_called("parent_id", gone), on="parent_id", how="anti")
        .join(_called("child_id", died, nw.col("died").alias("child_died")), on="child_id", how="left")
        .join(_called("parent_id", died, nw.col("died").alias("parent_died")), on="parent_id", how="left")
        .filter(covers(day))
        .select("child_id", "parent_id", "role")
    )


def _called(name: str, persons: Frame, *more: nw.Expr) -> Frame:
    return persons.select(nw.col(PERSON).alias(name), *more)
