"""Target group of Social- og Boligstyrelsen 2024: vulnerable children with a vulnerable parent, and these parents."""

from collections.abc import Sequence
from dataclasses import dataclass

import narwhals as nw

from familieplan.population.analysis import contacts, families
from familieplan.population.analysis.counting import About, Measure, counted
from familieplan.population.analysis.facts import PERSON, aged, number_of, of_persons, of_the_living, told_of
from familieplan.population.analysis.parents import linked
from familieplan.population.analysis.places import homes, placed_at, residences
from familieplan.population.definitions.model import Definition, Group
from familieplan.population.engine import Frame
from familieplan.population.results import Count, Table
from familieplan.population.source import Source

AMONG = ("target", "other")


@dataclass(frozen=True)
class Members:
    """Everybody in a vulnerable position, one row for each person. Kept in the engine, never written.

    children  person_id, age, died, each fact of the group, legal_parents, vulnerable_parents, in_target, among
    adults    person_id, age, died, each challenge, challenges (how many), vulnerable_children, in_target, among
    """

    children: Frame
    adults: Frame


def members(source: Source, definition: Definition, year: int) -> Members:
    keep = source.engine.keep
    living = of_the_living(source, year)
    children = keep(vulnerable(source, definition, definition.groups["child"], living, year))
    adults = keep(vulnerable(source, definition, definition.groups["parent"], living, year))
    links = keep(_links(source, definition.groups["parent"].link, children, living, adults, year))
    of_child = links.group_by("child_id").agg(
        nw.len().alias("legal_parents"), nw.col("vulnerable").cast(nw.Int64).sum().alias("vulnerable_parents")
    )
    of_adult = links.filter(nw.col("vulnerable")).group_by("parent_id").agg(nw.len().alias("vulnerable_children"))
    return Members(
        keep(_with(children, of_child, "child_id", "vulnerable_parents", "legal_parents")),
        keep(_with(adults, of_adult, "parent_id", "vulnerable_children")),
    )


def vulnerable(source: Source, definition: Definition, group: Group, living: Frame, year: int) -> Frame:
    """Those of the group's age of whom enough of its facts are true: living's columns, each fact, `challenges`."""
    facts = [definition.facts[name] for name in group.facts]
    found = of_persons(source, facts, year)
    if any(fact.absent for fact in facts):  # true of persons without a row
        everybody = told_of(living.filter(aged(group.ages)), found, facts)
    else:
        everybody = found.join(living.filter(aged(group.ages)), on=PERSON, how="inner")
    return everybody.with_columns(number_of(group.facts).alias("challenges")).filter(
        nw.col("challenges") >= group.at_least
    )


def _links(source: Source, link: str, children: Frame, living: Frame, adults: Frame, year: int) -> Frame:
    """child_id, parent_id, vulnerable: the parents of these children, each once."""
    grown = adults.select(nw.col(PERSON).alias("parent_id"), nw.lit(True).alias("vulnerable"))
    return (
        linked(link, source, children, living, year)
        .join(grown, on="parent_id", how="left")
        .with_columns(nw.col("vulnerable").fill_null(False))
    )


def _with(persons: Frame, linked: Frame, key: str, decides: str, *more: str) -> Frame:
    numbers = [nw.col(name).fill_null(0).alias(name) for name in (decides, *more)]
    target = (nw.col(decides) >= 1).alias("in_target")
    among = nw.when(nw.col("in_target")).then(nw.lit("target")).otherwise(nw.lit("other")).alias("among")
    joined = persons.join(linked.rename({key: PERSON}), on=PERSON, how="left")
    return joined.with_columns(*numbers).with_columns(target).with_columns(among)


def analyse(source: Source, definition: Definition, year: int) -> list[Table]:
    """The tables that `results.py` lists."""
    with source.engine.forgetting():
        return _analysed(source, definition, year)


def _analysed(source: Source, definition: Definition, year: int) -> list[Table]:
    engine = source.engine
    people = members(source, definition, year)
    children, adults = (
        engine.keep(_placed(source, contacts.told(source, definition, group, persons, year), persons, year))
        for group, persons in (("children", people.children), ("adults", people.adults))
    )
    of_children, of_adults = (About(year, definition.variant.name, group) for group in ("children", "adults"))

    def by_target(persons: Frame, measures: Sequence[Measure], about: About) -> list[Count]:
        return counted(engine, persons, measures, about, by="among", among=AMONG) if measures else []

    at_home = placed_at(families.at_home(source, people, definition, residences(source, year), year), children)
    with_whom = [
        *by_target(children, families.OF_CHILDREN, of_children),
        *by_target(adults, families.OF_ADULTS, of_adults),
        *by_target(at_home, families.AT_HOME, of_children),
    ]
    found = {
        "target": _size(source, definition, children, adults, year),
        "challenges": by_target(adults, _challenges(definition), of_adults),
        "constellations": [row for row in with_whom if row.among == "target"],
        "contacts": [
            *by_target(children, contacts.measures(definition, "children"), of_children),
            *by_target(adults, contacts.measures(definition, "adults"), of_adults),
        ],
        "means": [
            *by_target(children, contacts.sums(definition, "children"), of_children),
            *by_target(adults, contacts.sums(definition, "adults"), of_adults),
        ],
    }
    return [Table(name, tuple(rows)) for name, rows in found.items()]


def _placed(source: Source, told: Frame, persons: Frame, year: int) -> Frame:
    """Only the homes of these few are looked up."""
    return placed_at(told, homes(source, residences(source, year, among=persons), year))


def _challenges(definition: Definition) -> list[Measure]:
    each = [Measure(name, nw.col(name)) for name in definition.groups["parent"].facts]
    return [*each, Measure("at_least_two", nw.col("challenges") >= 2)]


def _size(source: Source, definition: Definition, children: Frame, adults: Frame, year: int) -> list[Count]:
    """How many there are, of all of their age, and how many of the vulnerable are in the target group."""
    engine, variant = source.engine, definition.variant.name
    where = homes(source, residences(source, year), year)
    everybody = placed_at(of_the_living(source, year).select(PERSON, "age"), where)
    of_age = [
        Measure("children", aged(definition.groups["child"].ages)),
        Measure("adults", aged(definition.groups["parent"].ages)),
    ]
    population = {
        (row.level, row.place, row.measure): row.persons
        for row in counted(engine, everybody, of_age, About(year, variant, "all"))
    }
    found = []
    for group, persons in (("children", children), ("adults", adults)):
        about = About(year, variant, group)
        both = [Measure("vulnerable", nw.lit(True)), Measure("in_target", nw.col("in_target"))]
        there = {(row.level, row.place, row.measure): row for row in counted(engine, persons, both, about)}
        for level, place in dict.fromkeys(key[:2] for key in population):  # also where nobody is vulnerable
            for measure in ("vulnerable", "in_target"):
                nobody = Count(year, variant, level, place, group, "all", measure, 0, 0)
                row = there.get((level, place, measure), nobody)
                everyone = population[level, place, group]
                found.append(row._replace(base=everyone) if measure == "vulnerable" else row)
    return found
