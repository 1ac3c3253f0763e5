"""Who is with whom among those in the target group: figures 2 to 5 of Social- og Boligstyrelsen 2024."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from familieplan.population.analysis.counting import Measure
from familieplan.population.analysis.facts import PERSON
from familieplan.population.definitions.model import Definition
from familieplan.population.engine import Frame

if TYPE_CHECKING:
    from familieplan.population.analysis.target import Members

OF_CHILDREN = (
    Measure("both_parents_vulnerable", nw.col("vulnerable_parents") >= 2),
    Measure("one_of_one", (nw.col("vulnerable_parents") == 1) & (nw.col("legal_parents") == 1)),
    Measure("one_of_two", (nw.col("vulnerable_parents") == 1) & (nw.col("legal_parents") >= 2)),
)
OF_ADULTS = (Measure("two_or_more_children", nw.col("vulnerable_children") >= 2),)
AT_HOME = (Measure("with_other_child", nw.col("with_other_child")), Measure("with_adult", nw.col("with_adult")))


def at_home(people: Members, definition: Definition, homes: Frame) -> Frame:
    """Children of the target group who are not placed and share a household on 31 December: person_id, among,
    with_other_child (another vulnerable child of any parents), with_adult (another adult with challenges).

    Households are counted whole first: no child is paired with every other member.
    """
    wanted = people.children.filter(nw.col("in_target"))
    for fact in definition.households_without:
        wanted = wanted.filter(~nw.col(fact))
    where = homes.select(PERSON, "household_id").filter(~nw.col("household_id").is_null())
    small = people.children.select(PERSON, nw.lit(1).alias("child"))
    grown = people.adults.select(PERSON, nw.lit(1).alias("adult"))
    living = wanted.select(PERSON, "among").join(where, on=PERSON, how="inner")
    households = (
        where.join(living.select("household_id").unique("household_id"), on="household_id", how="semi")
        .join(small, on=PERSON, how="left")
        .join(grown, on=PERSON, how="left")
        .group_by("household_id")
        .agg(nw.len().alias("size"), nw.col("child").sum().alias("children"), nw.col("adult").sum().alias("adults"))
    )
    return (
        living.join(households, on="household_id", how="inner")
        .filter(nw.col("size") >= 2)
        .join(grown.rename({"adult": "self"}), on=PERSON, how="left")
        .select(
            PERSON,
            "among",
            (nw.col("children") >= 2).alias("with_other_child"),
            (nw.col("adults").fill_null(0) - nw.col("self").fill_null(0) >= 1).alias("with_adult"),
        )
    )
