"""Both accounts of one town in the same words, so that they can be held against each other person by person."""

import importlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from familieplan.population.definitions.model import Definition
from familieplan.population.engine import Frame, Row, started
from familieplan.population.source import Source
from tests.population.naive import contacts as naive_contacts
from tests.population.naive import domains as naive_domains
from tests.population.naive import families as naive_families
from tests.population.naive import risk as naive_risk
from tests.population.naive import target as naive_target
from tests.population.town import Tables, made, write

YEAR = 2022
ANALYSIS = "familieplan.population.analysis"
Told = Mapping[Any, Any]  # person → what is said of it


class Analysis:
    """The modules of the analysis: ours, or a copy of them under another name."""

    def __init__(self, package: str = ANALYSIS) -> None:
        self.contacts, self.domains, self.families, self.places, self.risk, self.target = (
            importlib.import_module(f"{package}.{name}")
            for name in ("contacts", "domains", "families", "places", "risk", "target")
        )


class Town:
    """The same town twice: as files for the analysis, as rows for the naive account."""

    def __init__(self, source: Source, tables: Tables) -> None:
        self.source, self.tables, self.by = source, tables, Analysis()

    def rows(self, frame: Frame) -> dict[Any, Row]:
        """By person; nobody is there twice."""
        rows = self.source.engine.rows(frame)
        found = {row["person_id"]: row for row in rows}
        assert len(found) == len(rows)
        return found


def built(folder: Path, persons: int, seed: int, numbers: bool = False) -> Iterator[Town]:
    tables = made(persons, seed, numbers=numbers).tables
    with started("duckdb", spill=folder) as engine:
        yield Town(Source(write(tables, folder / "csv", numbers=numbers), engine, {}), tables)


def same(ours: Told, theirs: Told) -> None:
    """No difference, row by row."""
    differ = [person for person in ours.keys() | theirs.keys() if ours.get(person) != theirs.get(person)]
    few = [f"{person}: {ours.get(person)} / {theirs.get(person)}" for person in sorted(differ, key=str)[:5]]
    assert not differ, f"{len(differ)} of {len(theirs)} differ (analysis / naive): {few}"
    assert theirs


def told_of_target(town: Town, definition: Definition) -> tuple[Told, Told]:
    """Child → in the group, parents by law, vulnerable ones; adult → in the group, challenges, vulnerable children."""
    people = town.by.target.members(town.source, definition, YEAR)
    challenges = definition.groups["parent"].facts
    children = {
        person: (row["in_target"], row["legal_parents"], row["vulnerable_parents"])
        for person, row in town.rows(people.children).items()
    }
    adults = {
        person: (row["in_target"], {name for name in challenges if row[name]}, row["vulnerable_children"])
        for person, row in town.rows(people.adults).items()
    }
    return children, adults


def naively_told_of_target(tables: Tables, at_least: int) -> tuple[Told, Told]:
    group = naive_target.target(tables, YEAR, at_least)
    parents, found = naive_target.legal_parents(tables, YEAR), naive_target.challenges(tables, YEAR)
    of_child = {child: sum(1 for other, _ in group.links if other == child) for child in group.children}
    of_adult = {adult: sum(1 for _, other in group.links if other == adult) for adult in group.adults}
    children = {
        child: (child in group.children, len(parents.get(child, {})), of_child.get(child, 0))
        for child in group.children | group.other_children
    }
    adults = {
        adult: (adult in group.adults, found[adult], of_adult.get(adult, 0))
        for adult in group.adults | group.other_adults
    }
    return children, adults


def told_of_homes(town: Town, definition: Definition) -> Told:
    """Child of the target group, neither placed nor alone → another vulnerable child there? an adult?"""
    people = town.by.target.members(town.source, definition, YEAR)
    homes = town.by.places.homes(town.source, town.by.places.residences(town.source, YEAR), YEAR)
    rows = town.rows(town.by.families.at_home(town.source, people, definition, homes, YEAR))
    return {person: (row["with_other_child"], row["with_adult"]) for person, row in rows.items()}


def naively_told_of_homes(tables: Tables) -> Told:
    found = naive_families.constellations(tables, YEAR)
    return {child: (found.with_child[child], found.with_adult[child]) for child in found.with_child}


def told_of_contacts(town: Town, definition: Definition, group: str) -> Told:
    people = town.by.target.members(town.source, definition, YEAR)
    persons = {"children": people.children, "adults": people.adults}[group]
    rows = town.rows(town.by.contacts.told(town.source, definition, group, persons, YEAR))
    of_age = {contact.fact: contact.ages for contact in definition.contacts[group]}
    return {
        person: {name for name, ages in of_age.items() if row[f"contact_{name}"] and _within(row["age"], ages)}
        for person, row in rows.items()
        if row["in_target"]
    }


def naively_told_of_contacts(tables: Tables, group: str) -> Told:
    found = naive_target.target(tables, YEAR)
    if group == "children":
        return naive_contacts.of_children(tables, YEAR, found.children)
    return naive_contacts.of_adults(tables, YEAR, found.adults)


def _within(age: int, ages: tuple[int, int | None]) -> bool:
    return ages[0] <= age and (ages[1] is None or age <= ages[1])


def told_of_risk(town: Town, definition: Definition) -> Told:
    """Child → the factors of its mother (None: nothing known of her), and whether that is special risk."""
    factors = definition.groups["mother"].facts
    return {
        child: ({name for name in factors if row[name]} if row["has_mother"] else None, row["special_risk"])
        for child, row in town.rows(town.by.risk.children(town.source, definition, YEAR)).items()
    }


def naively_told_of_risk(tables: Tables, variant: str = "cfbu") -> Told:
    return {
        child: (found.factors if found.mother is not None else None, found.special)
        for child, found in naive_risk.risks(tables, YEAR, variant).items()
    }


def told_of_domains(town: Town, definition: Definition) -> Told:
    names = [domain.name for domain in definition.domains if not domain.no_data]
    return {
        child: ({name for name in names if row[name]}, row["type"])
        for child, row in town.rows(town.by.domains.children(town.source, definition, YEAR)).items()
    }


def naively_told_of_domains(tables: Tables) -> Told:
    found = naive_domains.domains(tables, YEAR)
    return {child: (burdened, naive_domains.kind_of(burdened)) for child, burdened in found.items()}
