"""The target group of Social- og Boligstyrelsen 2024 ("Metode", tabel 1), person by person."""

from dataclasses import dataclass
from typing import Any

from tests.population.naive.time import Row, Tables, age, covers, grouped, in_year, last_day, living, overlaps

SERVICES = ("preventive", "home_support", "accommodation")


@dataclass
class Target:
    children: set[Any]  # in a vulnerable position themselves, with at least one parent who is
    adults: set[Any]
    links: set[tuple[Any, Any]]  # (child, adult), both in the target group
    other_children: set[Any]  # in a vulnerable position, no such parent
    other_adults: set[Any]  # enough challenges, no such child


def target(tables: Tables, year: int, at_least: int = 1) -> Target:
    children = vulnerable_children(tables, year)
    adults = {person for person, found in challenges(tables, year).items() if len(found) >= at_least} & {
        person["person_id"] for person in living(tables, year) if age(person["born"], year) >= 18
    }
    parents = legal_parents(tables, year)
    links = {(child, parent) for child in children for parent in parents.get(child, ()) if parent in adults}
    found, linked = {child for child, _ in links}, {adult for _, adult in links}
    return Target(found, linked, links, children - found, adults - linked)


def vulnerable_children(tables: Tables, year: int) -> set[Any]:
    """0–23 years old; in the year at home with help, or placed."""
    helped = {
        row["person_id"] for row in tables["social_children"] if row["measure"] == "home_based" and overlaps(row, year)
    } | {row["person_id"] for row in tables["placements"] if overlaps(row, year)}
    return {
        person["person_id"]
        for person in living(tables, year)
        if 0 <= age(person["born"], year) <= 23 and person["person_id"] in helped
    }


def legal_parents(tables: Tables, year: int) -> dict[Any, dict[Any, str]]:
    """child → parent → role. On 31 December; of somebody who died in the year, on the day of death."""
    alive = {person["person_id"]: person for person in living(tables, year)}
    found: dict[Any, dict[Any, str]] = {}
    for row in tables["parents"]:
        child, parent = alive.get(row["child_id"]), alive.get(row["parent_id"])
        if child is None or parent is None:
            continue
        ends = [who["died"] for who in (child, parent) if who["died"] is not None]
        day = min([last_day(year), *ends])
        if covers(row, day):
            found.setdefault(row["child_id"], {})[row["parent_id"]] = row["role"]
    return found


def challenges(tables: Tables, year: int) -> dict[Any, set[str]]:
    """Person → which of the nine of tabel 1, whatever the age."""
    found: dict[Any, set[str]] = {person["person_id"]: set() for person in tables["persons"]}
    for row in tables["income_support"]:
        far = row["benefit"] in ("disability_pension", "resource_course")
        waiting = row["benefit"] == "cash_assistance" and row["readiness"] == "activity"
        if (far or waiting) and overlaps(row, year):
            found[row["person_id"]].add("far_from_work")
    for row in tables["shelters"]:
        if overlaps(row, year):
            found[row["person_id"]].add("homeless" if row["kind"] == "homeless_110" else "violence_victim")
    for row in tables["victims"]:
        if row["offence"] == "violence" and in_year(row["reported"], year):
            found[row["person_id"]].add("violence_victim")
    for row in tables["convictions"]:
        if in_year(row["decided"], year):
            # A sentence: prison or suspended, and not for traffic. Whoever was found to have used violence, has.
            if row["outcome"] in ("prison", "suspended") and row["offence"] != "traffic":
                found[row["person_id"]].add("convicted")
            if row["offence"] == "violence":
                found[row["person_id"]].add("violent")
    for row in tables["social_adults"]:
        if row["service"] in SERVICES and overlaps(row, year):
            if row["reason"] == "mental_illness":
                found[row["person_id"]].add("psychiatric")
            elif row["reason"] in ("physical", "mental", "social"):
                found[row["person_id"]].add("social_services")
    for row in tables["psychiatry"]:
        if row["diagnosis"].startswith("F") and overlaps(row, year):  # other letters are no mental disorders
            found[row["person_id"]].add("psychiatric")
    for row in tables["substance_treatment"]:
        if overlaps(row, year):
            found[row["person_id"]].add(row["substance"])
    return found


def home_on(tables: Tables, year: int) -> dict[Any, Row]:
    """Where somebody lives on 31 December; of the dead and of those registered nowhere: nothing."""
    dead = {person["person_id"] for person in tables["persons"] if person["died"] and person["died"] < last_day(year)}
    return {
        person: row
        for person, rows in grouped(tables["residence"]).items()
        for row in rows
        if covers(row, last_day(year)) and person not in dead
    }
