"""Seven domains by proxies, and three types of families: Socialstyrelsen 2020 § 2.1.2, Bodden & Dekovic 2016."""

from functools import reduce
from operator import and_, or_

import narwhals as nw

from familieplan.population.analysis.counting import About, Measure, counted
from familieplan.population.analysis.facts import PERSON, aged, number_of, of_persons, of_the_living, told_of
from familieplan.population.analysis.parents import by_law
from familieplan.population.analysis.places import homes, placed_at, residences
from familieplan.population.definitions.model import Definition, Domain, Fact, Type
from familieplan.population.engine import Frame
from familieplan.population.results import Table
from familieplan.population.source import Source

OTHER_TYPES = ("mixed", "none")


def analyse(source: Source, definition: Definition, year: int) -> list[Table]:
    """The tables that `results.py` lists."""
    with source.engine.forgetting():
        return _analysed(source, definition, year)


def _analysed(source: Source, definition: Definition, year: int) -> list[Table]:
    engine = source.engine
    told = engine.keep(children(source, definition, year))
    told = engine.keep(placed_at(told, homes(source, residences(source, year, among=told), year)))
    about = About(year, definition.variant.name, "children")
    names = [domain.name for domain in _with_data(definition)]
    burdened = [Measure(name, nw.col(name)) for name in names]
    how_many = [Measure(f"n_domains_{n}", nw.col("domains") == n) for n in range(len(names) + 1)]
    types = [*(each.name for each in definition.types), *OTHER_TYPES]
    each = [Measure(name, nw.col("type") == name) for name in types]
    return [
        Table("domains", tuple(counted(engine, told, [*burdened, *how_many], about))),
        Table("types", tuple(counted(engine, told, each, about))),
    ]


def children(source: Source, definition: Definition, year: int) -> Frame:
    """Each child of the group: person_id, whether each domain with data is burdened, `domains` (how many), `type`."""
    keep = source.engine.keep
    living = of_the_living(source, year)
    group = keep(_group(source, definition, living, year))
    domains = _with_data(definition)
    own = _facts(definition, [name for domain in domains for name in domain.child])
    of_child = _prefixed(_told(source, own, year, group), own, "child")
    theirs = _facts(definition, [name for domain in domains for name in domain.parents])
    links = keep(by_law(source, group, year).select("child_id", "parent_id"))
    parents = keep(links.select(nw.col("parent_id").alias(PERSON)).unique(PERSON))
    found = told_of(parents, _told(source, theirs, year, parents), theirs)
    of_parents = _prefixed(
        links.join(found.rename({PERSON: "parent_id"}), on="parent_id", how="inner")
        .group_by("child_id")
        .agg(*(nw.col(fact.name).any() for fact in theirs))
        .rename({"child_id": PERSON}),
        theirs,
        "parent",
    )
    wide = group.select(PERSON).join(of_child, on=PERSON, how="left").join(of_parents, on=PERSON, how="left")
    flags = [
        *(_flag(f"child_{fact.name}", fact.absent) for fact in own),
        *(_flag(f"parent_{fact.name}", False) for fact in theirs),  # told of every parent already
    ]
    told = wide.with_columns(*flags).select(PERSON, *(_burdened(domain).alias(domain.name) for domain in domains))
    told = told.with_columns(number_of(domain.name for domain in domains).alias("domains"))
    return told.with_columns(_type(definition).alias("type"))


def _told(source: Source, facts: list[Fact], year: int, persons: Frame) -> Frame:
    """`facts.of_persons` of these, of their homes too."""
    where = homes(source, residences(source, year, among=persons), year)
    return of_persons(source, facts, year, among=persons, derived={"homes": where})


def _group(source: Source, definition: Definition, living: Frame, year: int) -> Frame:
    group = definition.groups["child"]
    facts = _facts(definition, (*group.facts, *group.without))
    told = told_of(living.filter(aged(group.ages)), of_persons(source, facts, year), facts)
    if group.facts:
        told = told.filter(number_of(group.facts) >= group.at_least)
    return told.filter(*(~nw.col(name) for name in group.without)) if group.without else told


def _with_data(definition: Definition) -> list[Domain]:
    return [domain for domain in definition.domains if not domain.no_data]


def _facts(definition: Definition, names: tuple[str, ...] | list[str]) -> list[Fact]:
    return [definition.facts[name] for name in dict.fromkeys(names)]


def _prefixed(found: Frame, facts: list[Fact], whose: str) -> Frame:
    return found.select(PERSON, *(nw.col(fact.name).alias(f"{whose}_{fact.name}") for fact in facts))


def _flag(name: str, absent: bool) -> nw.Expr:
    there = nw.col(name).fill_null(False)
    return (~there if absent else there).alias(name)


def _burdened(domain: Domain) -> nw.Expr:
    names = [*(f"child_{name}" for name in domain.child), *(f"parent_{name}" for name in domain.parents)]
    return reduce(or_, map(nw.col, names))


def _type(definition: Definition) -> nw.Expr:
    """The first type that holds; else mixed, or none when nothing is burdened."""
    found = nw.when(nw.col("domains") == 0).then(nw.lit("none")).otherwise(nw.lit("mixed"))
    there = {domain.name for domain in _with_data(definition)}
    for each in reversed(definition.types):
        found = nw.when(_holds(each, there)).then(nw.lit(each.name)).otherwise(found)
    return found


def _holds(each: Type, there: set[str]) -> nw.Expr:
    """A domain without data is burdened for nobody."""
    rules = [nw.col("domains") >= each.at_least]
    if each.any_of:
        rules.append(reduce(or_, [nw.col(name) for name in each.any_of if name in there] or [nw.lit(False)]))
    rules += [~nw.col(name) for name in each.none_of if name in there]
    return reduce(and_, rules)
