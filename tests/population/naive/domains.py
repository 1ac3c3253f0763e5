"""Seven domains and three types: Socialstyrelsen 2020, § 2.1.2, after Bodden & Dekovic; by the definition's proxies."""

from datetime import date
from typing import Any

from tests.population.naive.risk import vulnerable_areas
from tests.population.naive.target import home_on, legal_parents
from tests.population.naive.time import Row, Tables, age, covers, first_day, in_year, last_day, living, overlaps

WITH_DATA = 6  # of networks registers know nothing


def domains(tables: Tables, year: int) -> dict[Any, set[str]]:
    """Of each child under 18 at home with a case in the year: the domains in which something burdens the family."""
    case = {row["person_id"] for row in tables["social_children"] if overlaps(row, year)}
    away = {row["person_id"] for row in tables["placements"] if covers(row, last_day(year))}
    parents = legal_parents(tables, year)
    facts = _facts(tables, year)
    found = {}
    for person in living(tables, year):
        child = person["person_id"]
        if age(person["born"], year) > 17 or child not in case or child in away:
            continue
        family = list(parents.get(child, {}))
        found[child] = {domain for domain, rule in RULES.items() if _holds(rule, facts, child, family)}
    return found


RULES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {  # domain → (of the child, of a parent)
    "child": (("psychiatric", "convicted", "notified_child"), ()),
    "parents": ((), ("psychiatric", "substances", "convicted", "homeless")),
    "parenting": (("notified_parent",), ()),
    "functioning": (("violence", "crisis_centre"), ("violence", "crisis_centre")),
    "context": (("poor_home",), ("poor_economy",)),
    "mental_health_care": (("treated",), ("treated",)),
}


def kind_of(burdened: set[str]) -> str:
    """The first that holds."""
    if not burdened:
        return "none"
    if len(burdened) >= WITH_DATA:
        return "multiproblem"
    around, inside = bool(burdened & {"context", "network"}), bool(burdened & {"parenting", "functioning"})
    if around and not inside:
        return "community"
    return "child_focused" if inside and not around else "mixed"


def _holds(
    rule: tuple[tuple[str, ...], tuple[str, ...]], facts: dict[str, set[Any]], child: Any, parents: list[Any]
) -> bool:
    of_child, of_parent = rule
    return any(child in facts[fact] for fact in of_child) or any(
        parent in facts[fact] for fact in of_parent for parent in parents
    )


def _facts(tables: Tables, year: int) -> dict[str, set[Any]]:
    five_years = first_day(year - 4)
    disordered = [row for row in tables["psychiatry"] if row["diagnosis"].startswith("F")]
    ill = [row for row in tables["social_adults"] if row["reason"] == "mental_illness"]
    notified = [row for row in tables["notifications"] if in_year(row["received"], year)]
    stays = [row for row in tables["shelters"] if overlaps(row, year)]
    poor = ("cash_assistance", "education_assistance", "disability_pension")
    return {
        "psychiatric": {row["person_id"] for row in disordered if overlaps(row, year)},
        "treated": {row["person_id"] for row in disordered + ill if _since(row, five_years, last_day(year))},
        "convicted": {
            row["person_id"]
            for row in tables["convictions"]
            if row["offence"] != "traffic" and in_year(row["decided"], year)
        },
        "notified_child": {row["person_id"] for row in notified if row["about"] == "child"},
        "notified_parent": {row["person_id"] for row in notified if row["about"] == "parent"},
        "substances": {row["person_id"] for row in tables["substance_treatment"] if overlaps(row, year)},
        "homeless": {row["person_id"] for row in stays if row["kind"] == "homeless_110"},
        "crisis_centre": {row["person_id"] for row in stays if row["kind"] == "crisis_centre_109"},
        "violence": {
            row["person_id"]
            for row in tables["victims"]
            if row["offence"] == "violence" and in_year(row["reported"], year)
        },
        "poor_home": _poor_homes(tables, year),
        "poor_economy": {
            row["person_id"] for row in tables["income_support"] if row["benefit"] in poor and overlaps(row, year)
        },
    }


def _since(row: Row, first: date, last: date) -> bool:
    return row["valid_from"] <= last and (row["valid_to"] is None or row["valid_to"] >= first)


def _poor_homes(tables: Tables, year: int) -> set[Any]:
    dwellings = {row["address_id"]: row for row in tables["addresses"]}
    vulnerable = vulnerable_areas(tables, year)
    found = set()
    for person, home in home_on(tables, year).items():
        dwelling = dwellings[home["address_id"]]
        if dwelling["defects"] is True or dwelling["housing_area_id"] in vulnerable:
            found.add(person)
    return found
