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
    registered = engine.keep(homes(source, residences(source, year), year))
    told = engine.keep(placed_at(children(source, definition, year, registered), registered))
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


def children(source: Source, definition: Definition, year: int, registered: Frame | None = None) -> Frame:
    """Each child of the age: person_id, origin, has_mother, each factor, `factors` (how many), special_risk.

    Without a mother the factors are empty, not false.
    """
    if registered is None:
        registered = homes(source, residences(source, year), year)
    group = definition.groups["mother"]
    facts = [definition.facts[name] for name in group.facts]
    of_family = [fact for fact in facts if _reads(fact, "families")]
    of_mother = [fact for fact in facts if fact not in of_family]
    living = of_the_living(source, year)
    mothers = source.engine.keep(families(source, living, registered, definition, year))
    ids = mothers.select(nw.col("mother_id").alias(PERSON)).unique(PERSON)
    found = of_persons(source, of_mother, year, among=ids, derived={"homes": registered})
    joined = mothers.join(found.rename({PERSON: "mother_id"}), on="mother_id", how="left")
    if of_family:
        nuclear = mothers.select(nw.col("child_id").alias(PERSON), "nuclear")
        rows = of_persons(source, of_family, year, derived={"families": nuclear})
        joined = joined.join(rows.rename({PERSON: "child_id"}), on="child_id", how="left")
    flags = [_flag(fact).alias(fact.name) for fact in facts]
    factors = number_of(group.facts).alias("factors")
    told = (
        joined.with_columns(*flags)
        .with_columns(factors)
        .select(nw.col("child_id").alias(PERSON), *group.facts, "factors")
    )
    return (
        living.filter(aged(definition.groups["child"].ages))
        .select(PERSON, "age", "origin")
        .join(told, on=PERSON, how="left")
        .with_columns((~nw.col("factors").is_null()).alias("has_mother"))
        .with_columns((nw.col("factors").fill_null(0) >= group.at_least).alias("special_risk"))
    )


def families(source: Source, living: Frame, registered: Frame, definition: Definition, year: int) -> Frame:
    """child_id, mother_id, nuclear (`tables.DERIVED["families"]`) of each child that has a mother.

    The mother has the role; where nobody has, she is the adoptive parent who is a woman, if there is but one.
    """
    small = living.filter(aged(definition.groups["child"].ages))
    parents = source.engine.keep(_with_household(by_law(source, small, living, year), registered))
    adoptive = (nw.col("role") == "adoptive_parent") & (nw.col("sex") == "female")
    women = parents.filter((nw.col("role") == "mother") | adoptive)
    ranked = women.with_columns(nw.when(nw.col("role") == "mother").then(nw.lit(2)).otherwise(nw.lit(1)).alias("rank"))
    best = ranked.group_by("child_id").agg(nw.col("rank").max().alias("best"))
    mothers = (
        ranked.join(best, on="child_id", how="inner")
        .filter(nw.col("rank") == nw.col("best"))
        .group_by("child_id")
        .agg(
            nw.col("parent_id").min().alias("mother_id"),
            nw.col("parent_id").max().alias("last_id"),
            nw.col("household_id").min().alias("mothers_household"),
        )
        .filter(nw.col("mother_id") == nw.col("last_id"))
        .drop("last_id")
    )
    together = (nw.col("parent_id") != nw.col("mother_id")) & (nw.col("household_id") == nw.col("mothers_household"))
    return (
        parents.join(mothers, on="child_id", how="inner")
        .with_columns(together.fill_null(False).alias("together"))
        .group_by("child_id", "mother_id")
        .agg(nw.col("together").any().alias("nuclear"))
    )


def _with_household(parents: Frame, registered: Frame) -> Frame:
    where = registered.select(nw.col(PERSON).alias("parent_id"), "household_id")
    return parents.join(where, on="parent_id", how="left")


def _flag(fact: Fact) -> nw.Expr:
    there = nw.col(fact.name).fill_null(False)
    return ~there if fact.absent else there


def _reads(fact: Fact, table: str) -> bool:
    return any(criterion.table == table for criterion in fact.criteria)
