"""Special risk: CFBU, "Fokus på sårbare familier", pp. 12–13, after SFI 10:14. Five factors, all about the mother."""

from dataclasses import dataclass
from typing import Any

from tests.population.naive.target import home_on, legal_parents
from tests.population.naive.time import Row, Tables, age, in_year, last_day, living, overlaps

FACTORS = ("not_nuclear", "convicted", "benefits", "no_education", "housing")


@dataclass
class Risk:
    mother: Any  # None: nobody is, or it cannot be told who
    factors: set[str]

    @property
    def special(self) -> bool:
        return len(self.factors) >= 3


def risks(tables: Tables, year: int, housing: str = "cfbu") -> dict[Any, Risk]:
    """Of every child of 0–17."""
    persons = {person["person_id"]: person for person in tables["persons"]}
    parents = legal_parents(tables, year)
    homes = home_on(tables, year)
    dwellings = {row["address_id"]: row for row in tables["addresses"]}
    vulnerable = vulnerable_areas(tables, year)
    convicted, on_benefits, educated = _convicted(tables, year), _on_benefits(tables, year), _educated(tables, year)
    found = {}
    for child in living(tables, year):
        if not 0 <= age(child["born"], year) <= 17:
            continue
        linked = parents.get(child["person_id"], {})
        mother = _mother(linked, persons)
        factors: set[str] = set()
        if mother is not None:
            others = [parent for parent in linked if parent != mother]
            if not any(_together(homes, mother, other) for other in others):
                factors.add("not_nuclear")
            if mother in convicted:
                factors.add("convicted")
            if mother in on_benefits:
                factors.add("benefits")
            if mother not in educated:
                factors.add("no_education")
            if mother in homes and _poor(dwellings[homes[mother]["address_id"]], vulnerable, housing):
                factors.add("housing")
        found[child["person_id"]] = Risk(mother, factors)
    return found


def _mother(linked: dict[Any, str], persons: dict[Any, Row]) -> Any:
    """Who has the role; else the one woman who has adopted."""
    mothers = [parent for parent, role in linked.items() if role == "mother"]
    if not mothers:
        mothers = [
            parent
            for parent, role in linked.items()
            if role == "adoptive_parent" and persons[parent]["sex"] == "female"
        ]
    return mothers[0] if len(mothers) == 1 else None


def _together(homes: dict[Any, Row], one: Any, other: Any) -> bool:
    return one in homes and other in homes and homes[one]["household_id"] == homes[other]["household_id"]


def _poor(dwelling: Row, vulnerable: set[Any], housing: str) -> bool:
    """SFI: rented privately with defects, or "other". CFBU adds the vulnerable areas (note 9)."""
    sfi = (dwelling["tenure"] == "private_rental" and dwelling["defects"] is True) or dwelling["tenure"] == "other"
    return sfi or (housing == "cfbu" and dwelling["housing_area_id"] in vulnerable)


def vulnerable_areas(tables: Tables, year: int) -> set[Any]:
    """On the list on 31 December."""
    day = last_day(year)
    return {
        row["housing_area_id"]
        for row in tables["housing_areas"]
        if row["vulnerable_from"] is not None
        and row["vulnerable_from"] <= day
        and (row["vulnerable_to"] is None or row["vulnerable_to"] >= day)
    }


def _convicted(tables: Tables, year: int) -> set[Any]:
    return {
        row["person_id"]
        for row in tables["convictions"]
        if row["offence"] != "traffic" and in_year(row["decided"], year)
    }


def _on_benefits(tables: Tables, year: int) -> set[Any]:
    """Cash assistance, which is education assistance for those under 30 without an education; or pension."""
    wanted = ("cash_assistance", "education_assistance", "disability_pension")
    return {row["person_id"] for row in tables["income_support"] if row["benefit"] in wanted and overlaps(row, year)}


def _educated(tables: Tables, year: int) -> set[Any]:
    """Anything beyond basic school, completed by the end of the year."""
    return {
        row["person_id"]
        for row in tables["education"]
        if row["level"] != "basic" and row["completed"] <= last_day(year)
    }
