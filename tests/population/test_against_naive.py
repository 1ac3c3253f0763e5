"""The analysis against a naive account of the same sources (`naive/`), person by person: which child, which adult,
which factor. Towns with far more of what is rare: twins, half-siblings, adoptions, moves, deaths, parents under 18, two
mothers, foster families, missing mothers, dates on the edges of the year.
"""

import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from familieplan.population.analysis import contacts, domains, families, places, risk, target
from familieplan.population.definitions.loading import load
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
SEED = random.SystemRandom().randrange(1_000_000)
TOWNS = {"50,000 persons": (50_000, 1, False), f"seed {SEED}": (4_000, SEED, False), "numbers as ids": (4_000, 2, True)}
Told = Mapping[Any, Any]  # person → what is said of it


class Town:
    """The same town twice: as files for the analysis, as rows for the naive account."""

    def __init__(self, source: Source, tables: Tables) -> None:
        self.source, self.tables = source, tables

    def rows(self, frame: Frame) -> dict[Any, Row]:
        """By person; nobody is there twice."""
        rows = self.source.engine.rows(frame)
        found = {row["person_id"]: row for row in rows}
        assert len(found) == len(rows)
        return found


@pytest.fixture(scope="module", params=list(TOWNS.values()), ids=list(TOWNS))
def town(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    persons, seed, numbers = request.param
    yield from built(tmp_path_factory.mktemp("town"), persons, seed, numbers)


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


# --- the target group


def told_of_target(town: Town, definition: Definition) -> tuple[Told, Told]:
    """Child → in the group, parents by law, vulnerable ones; adult → in the group, challenges, vulnerable children."""
    people = target.members(town.source, definition, YEAR)
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


@pytest.mark.parametrize(("variant", "at_least"), [("one_challenge", 1), ("two_challenges", 2)])
def test_who_is_in_the_target_group_and_why(town: Town, variant: str, at_least: int) -> None:
    ours = told_of_target(town, load("target_2022", variant))
    theirs = naively_told_of_target(town.tables, at_least)
    same(ours[0], theirs[0])
    same(ours[1], theirs[1])


def told_of_homes(town: Town, definition: Definition) -> Told:
    """Child of the target group, neither placed nor alone → another vulnerable child there? an adult?"""
    people = target.members(town.source, definition, YEAR)
    homes = places.homes(town.source, places.residences(town.source, YEAR), YEAR)
    rows = town.rows(families.at_home(people, definition, homes))
    return {person: (row["with_other_child"], row["with_adult"]) for person, row in rows.items()}


def naively_told_of_homes(tables: Tables) -> Told:
    found = naive_families.constellations(tables, YEAR)
    return {child: (found.with_child[child], found.with_adult[child]) for child in found.with_child}


def test_whom_children_live_with(town: Town) -> None:
    same(told_of_homes(town, load("target_2022")), naively_told_of_homes(town.tables))


def told_of_contacts(town: Town, definition: Definition, group: str) -> Told:
    people = target.members(town.source, definition, YEAR)
    persons = {"children": people.children, "adults": people.adults}[group]
    rows = town.rows(contacts.told(town.source, definition, group, persons, YEAR))
    of_age = {contact.fact: contact.ages for contact in definition.contacts[group]}
    return {
        person: {name for name, ages in of_age.items() if row[f"contact_{name}"] and _within(row["age"], ages)}
        for person, row in rows.items()
        if row["in_target"]
    }


def _within(age: int, ages: tuple[int, int | None]) -> bool:
    return ages[0] <= age and (ages[1] is None or age <= ages[1])


def test_what_they_are_in_contact_with(town: Town) -> None:
    definition, group = load("target_2022"), naive_target.target(town.tables, YEAR)
    same(told_of_contacts(town, definition, "children"), naive_contacts.of_children(town.tables, YEAR, group.children))
    same(told_of_contacts(town, definition, "adults"), naive_contacts.of_adults(town.tables, YEAR, group.adults))


# --- special risk, domains


def told_of_risk(town: Town, definition: Definition) -> Told:
    """Child → the factors of its mother (None: nothing known of her), and whether that is special risk."""
    factors = definition.groups["mother"].facts
    return {
        child: ({name for name in factors if row[name]} if row["has_mother"] else None, row["special_risk"])
        for child, row in town.rows(risk.children(town.source, definition, YEAR)).items()
    }


def naively_told_of_risk(tables: Tables, variant: str = "cfbu") -> Told:
    return {
        child: (found.factors if found.mother is not None else None, found.special)
        for child, found in naive_risk.risks(tables, YEAR, variant).items()
    }


@pytest.mark.parametrize("variant", ["cfbu", "sfi"])
def test_which_children_are_in_special_risk_and_why(town: Town, variant: str) -> None:
    same(told_of_risk(town, load("special_risk", variant)), naively_told_of_risk(town.tables, variant))


def told_of_domains(town: Town, definition: Definition) -> Told:
    names = [domain.name for domain in definition.domains if not domain.no_data]
    return {
        child: ({name for name in names if row[name]}, row["type"])
        for child, row in town.rows(domains.children(town.source, definition, YEAR)).items()
    }


def naively_told_of_domains(tables: Tables) -> Told:
    found = naive_domains.domains(tables, YEAR)
    return {child: (burdened, naive_domains.kind_of(burdened)) for child, burdened in found.items()}


def test_which_domains_burden_which_family(town: Town) -> None:
    same(told_of_domains(town, load("domains")), naively_told_of_domains(town.tables))
