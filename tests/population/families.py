"""The families of the publications as register rows, few enough to count by hand. The year is 2022.

Kjær: Brian waits on cash assistance and is treated for alcohol, Lone has a resource course and a mental illness; Mikkel
and Sofie have help at home. Krag: Maria has PTSD, Anton, 10, has help at home; no father is known. Juhl: Camilla
supports herself, Oskar, 7, has help at home, Dennis is at sea (Social- og Boligstyrelsen 2024; Miller & Haslam 2021).
"""

from datetime import date
from pathlib import Path
from typing import Any

from tests.population.town import COLUMNS, Tables, write

YEAR = 2022
ALL_YEAR = {"valid_from": date(YEAR, 1, 1), "valid_to": date(YEAR, 12, 31)}


class Register:
    """Rows by name; whoever is not told otherwise lives with their family in the municipality of Havneby."""

    def __init__(self) -> None:
        self.tables: Tables = {name: [] for name in COLUMNS}
        self.row("municipalities", municipality="801", name="Havneby", region="Nord")
        self.row("housing_areas", housing_area_id="elme", name="Elmehaven", vulnerable_from=date(2020, 12, 1))

    def row(self, table: str, **values: Any) -> None:
        assert values.keys() <= set(COLUMNS[table].split())
        self.tables[table].append({name: values.get(name) for name in COLUMNS[table].split()})

    def home(self, household: str, *people: str, **address: Any) -> None:
        self.row("addresses", address_id=household, **{"municipality": "801", "tenure": "social", **address})
        for person in people:
            self.row(
                "residence", person_id=person, address_id=household, household_id=household, valid_from=date(2019, 1, 1)
            )

    def person(self, name: str, born: int, sex: str = "female", **more: Any) -> None:
        self.row("persons", person_id=name, born=date(born, 6, 15), sex=sex, origin="danish", **more)

    def parent(self, child: str, parent: str, role: str = "mother", since: date | None = None, **more: Any) -> None:
        """From birth, unless told otherwise."""
        born = next(row["born"] for row in self.tables["persons"] if row["person_id"] == child)
        self.row("parents", child_id=child, parent_id=parent, role=role, valid_from=since or born, **more)

    def helped(self, *children: str) -> None:
        for child in children:
            self.row("social_children", person_id=child, measure="home_based", **ALL_YEAR)

    def died(self, name: str, day: date) -> None:
        next(row for row in self.tables["persons"] if row["person_id"] == name)["died"] = day

    def without(self, table: str, person: str) -> None:
        self.tables[table] = [row for row in self.tables[table] if row["person_id"] != person]

    def write(self, folder: Path) -> Path:
        return write(self.tables, folder)


def three_families() -> Register:
    town = Register()
    for name, born, sex in (
        *(("brian", 1980, "male"), ("lone", 1982, "female"), ("mikkel", 2009, "male"), ("sofie", 2013, "female")),
        *(("maria", 1985, "female"), ("anton", 2012, "male")),
        *(("camilla", 1990, "female"), ("dennis", 1988, "male"), ("oskar", 2015, "male")),
    ):
        town.person(name, born, sex)
    for child in ("mikkel", "sofie"):
        town.parent(child, "lone")
        town.parent(child, "brian", "father")
    town.parent("anton", "maria")
    town.parent("oskar", "camilla")
    town.parent("oskar", "dennis", "father")
    town.home("kjaer", "brian", "lone", "mikkel", "sofie")
    town.home("krag", "maria", "anton", housing_area_id="elme")
    town.home("juhl", "camilla", "oskar")
    town.home("ship", "dennis", municipality="802")
    town.row("municipalities", municipality="802", name="Fjordby", region="Syd")
    town.helped("mikkel", "sofie", "anton", "oskar")
    town.row("income_support", person_id="brian", benefit="cash_assistance", readiness="activity", **ALL_YEAR)
    town.row("substance_treatment", person_id="brian", substance="alcohol", **ALL_YEAR)
    town.row("income_support", person_id="lone", benefit="resource_course", **ALL_YEAR)
    town.row("social_adults", person_id="lone", service="home_support", reason="mental_illness", **ALL_YEAR)
    town.row("psychiatry", person_id="maria", diagnosis="F431", **ALL_YEAR)
    town.row("income_support", person_id="maria", benefit="sickness_benefit", **ALL_YEAR)
    town.row("employment", person_id="camilla", state="employed", valid_from=date(2021, 8, 1))
    return town
