"""Who is parent of whom by law. Foster parents are none. Or, when a definition says so, who lives with whom."""

import narwhals as nw

from familieplan.population.analysis.facts import PERSON, covers, last_day
from familieplan.population.analysis.places import residences
from familieplan.population.engine import Frame
from familieplan.population.source import Source


def linked(link: str, source: Source, children: Frame, living: Frame, year: int) -> Frame:
    """child_id, parent_id, each pair once, by the definition's `link`: legal_parent | household | mother."""
    if link == "household":
        return by_household(source, children, living, year)
    found = by_law(source, children, living, year)
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


def by_law(source: Source, children: Frame, living: Frame, year: int) -> Frame:
    """child_id, parent_id, role, sex (of the parent): on 31 December, or on the day of the first death in the year.

    `children` holds person_id and died; parents are among `living`. One row for each stretch that holds the day.
    """
    to_child = children.select(nw.col(PERSON).alias("child_id"), nw.col("died").alias("child_died"))
    to_parent = living.select(nw.col(PERSON).alias("parent_id"), nw.col("died").alias("parent_died"), "sex")
    end = nw.lit(last_day(year))
    day = nw.min_horizontal(nw.col("child_died").fill_null(end), nw.col("parent_died").fill_null(end), end)
    return (
        source.frame("parents")
        .filter(nw.col("valid_from") <= last_day(year))
        .join(to_child, on="child_id", how="inner")
        .join(to_parent, on="parent_id", how="inner")
        .filter(covers(day))
        .select("child_id", "parent_id", "role", "sex")
    )
