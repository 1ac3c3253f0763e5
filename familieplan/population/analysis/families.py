"""Who is with whom among those in the target group: figures 2 to 5 of Social- og Boligstyrelsen 2024."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import narwhals as nw

from familieplan.population.analysis.counting import Measure
from familieplan.population.analysis.facts import PERSON, covers, last_day
from familieplan.population.definitions.model import Definition
from familieplan.population.engine import Frame
from familieplan.population.source import Source

if TYPE_CHECKING:
    from familieplan.population.analysis.target import Members

OF_CHILDREN = (
    Measure("both_parents_vulnerable", nw.col("vulnerable_parents") >= 2),
    Measure("one_of_one", (nw.col("vulnerable_parents") == 1) & (nw.col("legal_parents") == 1)),
    Measure("one_of_two", (nw.col("vulnerable_parents") == 1) & (nw.col("legal_parents") >= 2)),
)
OF_ADULTS = (Measure("two_or_more_children", nw.col("vulnerable_children") >= 2),)
AT_HOME = (Measure("with_other_child", nw.col("with_other_child")), Measure("with_adult", nw.col("with_adult")))


def at_home(source: Source, people: Members, definition: Definition, homes: Frame, year: int) -> Frame:
    """Children of the target group who are not placed and share a household on 31 December: person_id, among,
    with_other_child (a vulnerable sibling or step-sibling), with_adult (a vulnerable parent or step-parent).

    A register of households names no step-parents. Here one is an adult who lives with the child and a parent of it,
    and is nobody's child in that household (a grown sibling is) and no grandparent of the child. A step-sibling is any
    other child of the household who is not the child's own parent or child.

    Households are counted whole first: no child is paired with every other member.
    """
    wanted = people.children.filter(nw.col("in_target"))
    for fact in definition.households_without:
        wanted = wanted.filter(~nw.col(fact))
    where = homes.select(PERSON, "household_id").filter(~nw.col("household_id").is_null())
    small = people.children.select(PERSON, nw.lit(1).alias("child"))
    grown = people.adults.select(PERSON, nw.lit(1).alias("adult"))
    living = source.engine.keep(wanted.select(PERSON, "among").join(where, on=PERSON, how="inner"))
    households = living.select("household_id").unique("household_id")
    members = source.engine.keep(
        where.join(households, on="household_id", how="semi")
        .join(small, on=PERSON, how="left")
        .join(grown, on=PERSON, how="left")
    )
    own = source.engine.keep(_own(source, members, year))
    children = own.select("child_id").unique("child_id").with_columns(nw.lit(1).alias("is_child"))
    heads = members.join(children, left_on=PERSON, right_on="child_id", how="left").with_columns(
        nw.when(nw.col("is_child").is_null()).then(nw.col("adult")).alias("head")
    )
    counted = heads.group_by("household_id").agg(
        nw.len().alias("size"), nw.col("child").sum().alias("children"), nw.col("head").sum().alias("heads")
    )
    told = living.join(counted, on="household_id", how="inner").filter(nw.col("size") >= 2)
    for related in _related(own, heads):
        told = told.join(related, on=PERSON, how="left")
    other_children = nw.col("children") - 1 - _or_0("child_parents") - _or_0("own_children")
    step_parents = _or_0("heads") - _or_0("head_grandparents")
    return told.select(
        PERSON,
        "among",
        (other_children >= 1).alias("with_other_child"),
        ((_or_0("adult_parents") >= 1) | (~nw.col("parents").is_null() & (step_parents >= 1))).alias("with_adult"),
    )


def _own(source: Source, members: Frame, year: int) -> Frame:
    """child_id, parent_id, each pair once: members of one household who are child and parent by law on 31 December."""
    of_child = members.select(nw.col(PERSON).alias("child_id"), "household_id")
    of_parent = members.select(nw.col(PERSON).alias("parent_id"), nw.col("household_id").alias("parents_household"))
    return (
        source.frame("parents")
        .filter(covers(last_day(year)))
        .join(of_child, on="child_id", how="inner")
        .join(of_parent, on="parent_id", how="inner")
        .filter(nw.col("household_id") == nw.col("parents_household"))
        .select("child_id", "parent_id")
        .unique(["child_id", "parent_id"])
    )


def _related(own: Frame, heads: Frame) -> Iterator[Frame]:
    """person_id and how many of the household are, to that person …"""
    what = heads.select(PERSON, "child", "adult", "head")
    with_parent = own.join(what, left_on="parent_id", right_on=PERSON, how="inner")
    yield _by_person(
        with_parent,
        parents=nw.len(),
        child_parents=nw.col("child").sum(),
        adult_parents=nw.col("adult").sum(),
    )
    children = own.join(what, left_on="child_id", right_on=PERSON, how="inner").select(
        nw.col("parent_id").alias("child_id"), "child"
    )
    yield _by_person(children, own_children=nw.col("child").sum())
    parents = own.select(nw.col("child_id").alias("parent_id"), nw.col("parent_id").alias("grandparent_id"))
    grandparents = own.join(parents, on="parent_id", how="inner").select("child_id", "grandparent_id")
    told = grandparents.unique(["child_id", "grandparent_id"]).join(
        what, left_on="grandparent_id", right_on=PERSON, how="inner"
    )
    yield _by_person(told, head_grandparents=nw.col("head").sum())


def _by_person(rows: Frame, **numbers: nw.Expr) -> Frame:
    counted = rows.group_by("child_id").agg(*(number.alias(name) for name, number in numbers.items()))
    return counted.rename({"child_id": PERSON})


def _or_0(name: str) -> nw.Expr:
    return nw.col(name).fill_null(0)
