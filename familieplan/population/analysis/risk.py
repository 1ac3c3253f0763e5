"""Children in special risk: five factors about the mother, three or more at once. CFBU pp. 12–13, after SFI 10:14."""

import narwhals as nw

from familieplan.population.analysis.counting import About, Measure, counted
from familieplan.population.analysis.facts import PERSON, aged, number_of, of_persons, of_the_living
from familieplan.population.analysis.parents import by_law
from familieplan.population.analysis.places import homes, placed_at, residences
from familieplan.population.definitions.model import Definition, Fact
from familieplan.population.engine import Frame
from familieplan.population.results import Table
from familieplan.population.source import Source

ORIGINS = ("danish", "immigrant", "descendant")


def analyse(source: Source, definition: Definition, year: int) -> list[Table]:
    """The tables that `results.py` lists."""
    with source.engine.forgetting():
        return _analysed(source, definition, year)


def _analysed(source: Source, definition: Definition, year: int) -> list[Table]:
    engine = source.engine
    told = engine.keep(children(source, definition, year))
    mother, factors = nw.col("has_mother"), definition.groups["mother"].facts
    measures = [
        Measure("special_risk", nw.col("special_risk"), mother),
        *(Measure(f"factors_{n}", nw.col("factors") == n, mother) for n in range(len(factors) + 1)),
        Measure("without_mother", ~mother),
    ]
    about = About(year, definition.variant.name, "children")
    by_origin = counted(engine, told.filter(nw.col("origin").is_in(ORIGINS)), measures, about, "origin", ORIGINS)
    each = [Measure(name, nw.col(name), mother) for name in factors]
    return [
        Table("risk", (*counted(engine, told, measures, about), *by_origin)),
        Table("risk_factors", tuple(counted(engine, told, each, about))),
    ]


def children(source: Source, definition: Definition, year: int) -> Frame:
    """Each child of the age: person_id, origin, has_mother, each factor, `factors` (how many), special_risk.

    With the columns of PLACE. Without a mother the factors are empty, not false.
    """
    group = definition.groups["mother"]
    facts = [definition.facts[name] for name in group.facts]
    of_family = [fact for fact in facts if _reads(fact, "families")]
    of_mother = [fact for fact in facts if fact not in of_family]
    keep, living = source.engine.keep, of_the_living(source, year)
    small = keep(living.filter(aged(definition.groups["child"].ages)).select(PERSON, "age", "origin"))
    parents = keep(_with_residence(by_law(source, small, year), residences(source, year)))
    women = living.filter(nw.col("sex") == "female")
    joined = keep(families(parents, keep(mothers(parents, women))))
    ids = keep(joined.select(nw.col("mother_id").alias(PERSON), "household_id", "address_id").unique(PERSON))
    theirs = homes(source, ids.filter(~nw.col("address_id").is_null()), year)
    found = of_persons(source, of_mother, year, among=ids, derived={"homes": theirs})
    if of_family:
        nuclear = joined.select(nw.col("child_id").alias(PERSON), "nuclear")
        rows = of_persons(source, of_family, year, derived={"families": nuclear})
        joined = joined.join(rows.rename({PERSON: "child_id"}), on="child_id", how="left")
    told = (
        joined.join(found.rename({PERSON: "mother_id"}), on="mother_id", how="left")
        .with_columns(*(_flag(fact).alias(fact.name) for fact in facts))
        .with_columns(number_of(group.facts).alias("factors"))
        .select(nw.col("child_id").alias(PERSON), *group.facts, "factors")
    )
    where = homes(source, residences(source, year, among=small), year)
    return (
        placed_at(small, where)
        .join(told, on=PERSON, how="left")
        .with_columns((~nw.col("factors").is_null()).alias("has_mother"))
        .with_columns((nw.col("factors").fill_null(0) >= group.at_least).alias("special_risk"))
    )


def mothers(parents: Frame, women: Frame) -> Frame:
    """child_id, mother_id, household_id, address_id of each child that has a mother.

    The mother has the role; where nobody has, she is the adoptive parent who is a woman, if there is but one.
    """
    by_role = parents.filter(nw.col("role") == "mother")
    adopting = (
        parents.filter(nw.col("role") == "adoptive_parent")
        .join(women.select(nw.col(PERSON).alias("parent_id")), on="parent_id", how="semi")
        .join(by_role.select("child_id"), on="child_id", how="anti")
    )
    return nw.concat([_only(by_role), _only(adopting)])


def _only(women: Frame) -> Frame:
    """Of each child who has one of them and no more."""
    found = women.group_by("child_id").agg(
        nw.col("parent_id").min().alias("mother_id"),
        nw.col("parent_id").max().alias("last_id"),
        nw.col("household_id").min(),
        nw.col("address_id").min(),
    )
    return found.filter(nw.col("mother_id") == nw.col("last_id")).drop("last_id")


def families(parents: Frame, mothers: Frame) -> Frame:
    """The mothers with `nuclear` (`tables.DERIVED["families"]`): does another parent live in her household?"""
    at_home = parents.select("child_id", "parent_id", "household_id")
    together = (
        at_home.join(
            mothers.select("child_id", "mother_id", "household_id"), on=["child_id", "household_id"], how="inner"
        )
        .filter(nw.col("parent_id") != nw.col("mother_id"))
        .group_by("child_id")
        .agg(nw.len().alias("others"))
    )
    found = mothers.join(together, on="child_id", how="left")
    return found.with_columns((~nw.col("others").is_null()).alias("nuclear")).drop("others")


def _with_residence(parents: Frame, residences: Frame) -> Frame:
    return parents.join(residences.rename({PERSON: "parent_id"}), on="parent_id", how="left")


def _flag(fact: Fact) -> nw.Expr:
    there = nw.col(fact.name).fill_null(False)
    return ~there if fact.absent else there


def _reads(fact: Fact, table: str) -> bool:
    return any(criterion.table == table for criterion in fact.criteria)
