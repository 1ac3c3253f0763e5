"""A small random town with far more of what is rare than any town has: twins, half-siblings, adoptions, moves, deaths,
parents under 18, two mothers, foster families, missing mothers, and dates on the very first and last day of the year.

Rows are plain dicts, one list for each table of the documented input; dates are dates, an open end is None.
"""

import csv
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb

Row = dict[str, Any]
Tables = dict[str, list[Row]]

COLUMNS = {
    "persons": "person_id born died sex origin",
    "parents": "child_id parent_id role valid_from valid_to",
    "residence": "person_id address_id household_id valid_from valid_to",
    "addresses": "address_id municipality housing_area_id tenure defects",
    "housing_areas": "housing_area_id name vulnerable_from vulnerable_to",
    "municipalities": "municipality name region",
    "income_support": "person_id benefit readiness valid_from valid_to",
    "employment": "person_id state valid_from valid_to",
    "employment_measures": "person_id measure valid_from valid_to",
    "social_children": "person_id measure valid_from valid_to",
    "placements": "person_id place valid_from valid_to",
    "social_adults": "person_id service reason valid_from valid_to",
    "convictions": "person_id decided offence outcome served_from served_to",
    "victims": "person_id reported offence",
    "education": "person_id completed level",
    "psychiatry": "person_id diagnosis valid_from valid_to",
    "substance_treatment": "person_id substance valid_from valid_to",
    "shelters": "person_id kind valid_from valid_to",
    "notifications": "person_id received about",
    "costs": "person_id year area payer amount",
}
BENEFITS = [
    *("disability_pension", "resource_course", "cash_assistance", "cash_assistance", "education_assistance"),
    *("unemployment_benefit", "sickness_benefit", "integration_benefit", "rehabilitation", "job_clarification"),
    *("leave_unemployment", "flexjob", "other_temporary"),
]
LEVELS = ["basic", "upper_secondary", "vocational", "short_higher", "medium_higher", "long_higher"]
DIAGNOSES = ["F20", "F321", "F43", "F90", "F102", "F19", "G40", "Z03"]


@dataclass
class Town:
    """``numbers``: ids as integers instead of text."""

    seed: int
    year: int = 2022
    numbers: bool = False
    tables: Tables = field(default_factory=lambda: {name: [] for name in COLUMNS})

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        self.first, self.last = date(self.year, 1, 1), date(self.year, 12, 31)
        self.born: dict[Any, date] = {}
        self.died: dict[Any, date | None] = {}
        self.seen: set[tuple[Any, ...]] = set()
        self.well: set[Any] = set()
        self.homes = 0

    def add(self, table: str, **row: Any) -> None:
        names = COLUMNS[table].split()
        if names[-2:] == ["valid_from", "valid_to"] and names[0] == "person_id":  # the same begins once a day
            once = (table, row["person_id"], row[names[1]], row["valid_from"])
            if once in self.seen:
                return
            self.seen.add(once)
        self.tables[table].append({name: row.get(name) for name in names})

    def chance(self, of: float) -> bool:
        return self.dice.random() < of

    def id(self, letter: str, number: int) -> Any:
        return number if self.numbers else f"{letter}{number:07d}"

    def between(self, earliest: date, latest: date) -> date:
        return earliest + timedelta(self.dice.randrange(max(1, (latest - earliest).days + 1)))

    def near(self, earliest: date) -> date:
        """A day about the year, often on one of its edges; never before ``earliest``."""
        edges = (self.first, self.last, self.first - timedelta(1), self.last + timedelta(1))
        long_ago = date(self.year - 6 if self.chance(0.2) else self.year - 3, 1, 1)
        day = self.dice.choice(edges) if self.chance(0.25) else self.between(long_ago, self.last)
        return max(day, earliest)

    def period(self, earliest: date) -> dict[str, date | None]:
        start = self.near(earliest)
        end = None if self.chance(0.3) else max(start, self.near(start) if self.chance(0.5) else start + timedelta(90))
        return {"valid_from": start, "valid_to": end}


def made(persons: int, seed: int, *, numbers: bool = False) -> Town:
    """At least as many persons."""
    town = Town(seed, numbers=numbers)
    places(town)
    while len(town.born) < persons:
        family = town.dice.choices(list(FAMILIES), weights=list(FAMILIES.values()))[0]
        family(town)
    for person, born in town.born.items():
        if person not in town.well:
            lives(town, person, born)
    return town


# --- where


def places(town: Town) -> None:
    for number in range(101, 106):
        town.add("municipalities", municipality=str(number), name=f"Kommune {number}", region=f"Region {number % 2}")
    for number in range(6):
        start, end = (
            date(2015 + number, 12, 1),
            (None, date(town.year, 11, 30), town.last, None, None, date(2021, 1, 1)),
        )
        area = town.id("A", number)
        town.add(
            "housing_areas",
            housing_area_id=area,
            name=f"Parken {number}",
            vulnerable_from=start,
            vulnerable_to=end[number],
        )


def home(town: Town) -> tuple[Any, Any]:
    """A new address and household."""
    town.homes += 1
    area = town.id("A", town.dice.randrange(6)) if town.chance(0.4) else None
    tenure = town.dice.choice(("owner", "cooperative", "social", "private_rental", "other", None))
    address = town.id("D", town.homes)
    municipality = str(town.dice.randrange(101, 106))
    defects = town.dice.choice((True, False, None))
    town.add(
        "addresses", address_id=address, municipality=municipality, housing_area_id=area, tenure=tenure, defects=defects
    )
    return address, town.id("H", town.homes)


def settle(town: Town, people: Sequence[Any]) -> None:
    """They live together now; some have moved, came apart from each other, went abroad or are registered nowhere."""
    address, household = home(town)
    arrived = town.near(date(town.year - 3, 1, 1))
    for person in people:
        start = max(town.born[person], arrived if town.chance(0.8) else town.near(town.born[person]))
        if start > town.born[person] and town.chance(0.7):
            old = home(town)
            town.add(
                "residence",
                person_id=person,
                address_id=old[0],
                household_id=old[1],
                valid_from=town.born[person],
                valid_to=start - timedelta(1),
            )
        end = max(start, town.near(start)) if town.chance(0.06) else None
        town.add(
            "residence", person_id=person, address_id=address, household_id=household, valid_from=start, valid_to=end
        )
        if end and town.chance(0.5):
            new = home(town)
            town.add(
                "residence", person_id=person, address_id=new[0], household_id=new[1], valid_from=end + timedelta(1)
            )


# --- who


def person(town: Town, ages: tuple[int, int], sex: str | None = None, *, born: date | None = None) -> Any:
    """Somebody who is (or would be) of that age on the last day of the year."""
    born = born or town.between(date(town.year - ages[1], 1, 1), date(town.year - ages[0], 12, 31))
    who = town.id("P", len(town.born) + 1)
    died = max(born, town.near(born)) if town.chance(0.05) else None
    town.add(
        "persons",
        person_id=who,
        born=born,
        died=died,
        sex=sex or town.dice.choice(("female", "male")),
        origin=town.dice.choice(("danish", "danish", "immigrant", "descendant", None)),
    )
    town.born[who], town.died[who] = born, died
    return who


def children_of(town: Town, parents: Sequence[tuple[Any, str]], most: int = 4) -> list[Any]:
    """One to four, sometimes twins, each linked by law to all of these parents from birth."""
    youngest = max(town.born[parent] for parent, _ in parents)
    grown = date(youngest.year + 15, 1, 1)
    born = town.between(min(grown, town.last), min(town.last, date(youngest.year + 45, 1, 1)))
    children: list[Any] = []
    for _ in range(town.dice.randint(1, most)):
        if children and not town.chance(0.2):  # else: twins
            born = born + timedelta(town.dice.randint(300, 1500))
        if born > town.last:
            break
        child = person(town, (0, 0), born=born)
        children.append(child)
        for parent, role in parents:
            link(town, child, parent, role, born)
    return children


def link(town: Town, child: Any, parent: Any, role: str, since: date, until: date | None = None) -> None:
    """Some registers end what was when somebody dies, some leave it open."""
    died = town.died[child] or town.died[parent]
    if until is None and died and died >= since and town.chance(0.5):
        until = died
    town.add("parents", child_id=child, parent_id=parent, role=role, valid_from=since, valid_to=until)


def couple(town: Town, ages: tuple[int, int] = (18, 60)) -> tuple[Any, Any]:
    return person(town, ages, "female"), person(town, ages, "male")


def nuclear(town: Town) -> None:
    mother, father = couple(town)
    settle(town, [mother, father, *children_of(town, [(mother, "mother"), (father, "father")])])


def apart(town: Town) -> None:
    """Half-siblings and step-siblings: the father lives with somebody else, her children and theirs."""
    mother, father = couple(town)
    own = children_of(town, [(mother, "mother"), (father, "father")])
    settle(town, [mother, *own])
    new = person(town, (20, 50), "female")
    hers = children_of(town, [(new, "mother")], 2)
    theirs = children_of(town, [(new, "mother"), (father, "father")], 2)
    settle(town, [father, new, *hers, *theirs])


def two_mothers(town: Town) -> None:
    one, other = person(town, (20, 50), "female"), person(town, (20, 50), "female")
    settle(town, [one, other, *children_of(town, [(one, "mother"), (other, "co_parent")])])


def not_by_birth(town: Town) -> None:
    one, other = person(town, (25, 50), "male"), person(town, (25, 50), "male")
    settle(town, [one, other, *children_of(town, [(one, "father"), (other, "adoptive_parent")], 2)])
    both = person(town, (25, 50), "female"), person(town, (25, 50), town.dice.choice(("female", "male")))
    settle(town, [*both, *children_of(town, [(parent, "adoptive_parent") for parent in both], 2)])


def adopted(town: Town) -> None:
    """The parents by birth are parents until the day before; some days of adoption lie on the edge of the year."""
    mother, father = couple(town, (18, 45))
    child = person(town, (0, 20))
    day = town.near(town.born[child] + timedelta(1))
    for parent, role in ((mother, "mother"), (father, "father")):
        if (town.born[child] - town.born[parent]).days > 15 * 366:
            link(town, child, parent, role, town.born[child], day - timedelta(1))
    new = [parent for parent in couple(town, (35, 60)) if (town.born[child] - town.born[parent]).days > 11 * 366]
    for parent in new:
        link(town, child, parent, "adoptive_parent", day)
    settle(town, [*new, child])
    settle(town, [mother, father])


def fostered(town: Town) -> None:
    """The child lives with others than its parents by law."""
    mother, father = couple(town)
    children = children_of(town, [(mother, "mother"), (father, "father")], 3)
    settle(town, [*couple(town, (30, 60)), *children[:1]])
    settle(town, [mother, *children[1:]])
    settle(town, [father])
    for child in children[:1]:
        town.add("placements", person_id=child, place="foster", **town.period(town.born[child]))


def without_mother(town: Town) -> None:
    """Nobody is written as mother; or nobody at all."""
    father = person(town, (20, 55), "male")
    settle(town, [father, *children_of(town, [(father, "father")])])
    settle(town, [person(town, (0, 23))])


def young(town: Town) -> None:
    """A mother under 18 on the last day of the year, at home with her own mother; and one who is 18 on the day. Both
    she and her child may have help."""
    for age in (17, 18):
        grandmother = person(town, (40, 60), "female")
        mother = person(town, (age, age), "female")
        link(town, mother, grandmother, "mother", town.born[mother])
        child = person(town, (0, 0), born=town.between(date(town.born[mother].year + 15, 1, 1), town.last))
        link(town, child, mother, "mother", town.born[child])
        for helped in (mother, child):
            town.add("social_children", person_id=helped, measure="home_based", **town.period(town.born[helped]))
        settle(town, [grandmother, mother, child])


def three_generations(town: Town) -> None:
    """The small live with their mother, a grown brother, and a grandmother or a step-father; their father does not.

    All is well with their mother, but for a treatment four years ago: it is the others who decide.
    """
    grandmother, mother = person(town, (55, 75), "female"), person(town, (38, 45), "female")
    link(town, mother, grandmother, "mother", town.born[mother])
    father, brother = person(town, (38, 50), "male"), person(town, (19, 22), "male")
    link(town, brother, mother, "mother", town.born[brother])
    small = [person(town, (0, 17)) for _ in range(2)]
    for child in small:
        link(town, child, mother, "mother", town.born[child])
        link(town, child, father, "father", town.born[child])
        town.add("social_children", person_id=child, measure="home_based", **town.period(town.born[child]))
    long_ago = {"valid_from": date(town.year - 5, 10, 1), "valid_to": date(town.year - 4, 2, 1)}
    town.add("psychiatry", person_id=mother, diagnosis="F32", **long_ago)
    town.well.add(mother)
    settle(town, [father])
    elder = grandmother if town.chance(0.6) else person(town, (30, 50), "male")
    settle(town, [elder, mother, brother, *small])


def alone(town: Town) -> None:
    """Young people on their own whose parents live elsewhere; nearly 23 and just 24."""
    mother, father = couple(town, (45, 60))
    ages = town.dice.choice(((23, 23), (24, 24), (17, 23)))
    child = person(town, ages)
    for parent, role in ((mother, "mother"), (father, "father")):
        link(town, child, parent, role, town.born[child])
    settle(town, [mother, father])
    settle(town, [child])


def siblings(town: Town) -> None:
    """Grown children who live together and not with their parents."""
    mother, father = couple(town, (45, 60))
    young = [person(town, (18, 23)) for _ in range(2)]
    for child in young:
        for parent, role in ((mother, "mother"), (father, "father")):
            link(town, child, parent, role, town.born[child])
    settle(town, [mother, father])
    settle(town, young)


def single(town: Town) -> None:
    settle(town, [person(town, (18, 90))])


FAMILIES: dict[Callable[[Town], None], int] = {
    nuclear: 6,
    apart: 4,
    fostered: 3,
    three_generations: 3,
    two_mothers: 2,
    adopted: 2,
    without_mother: 2,
    alone: 2,
    siblings: 2,
    single: 2,
    not_by_birth: 1,
    young: 1,
}


# --- what happens to them


def lives(town: Town, who: Any, born: date) -> None:
    age = town.year - born.year
    if age <= 25 and town.chance(0.45):
        troubled_child(town, who, born)
    if age >= 12 and town.chance(0.3):  # under 15 nobody is punished; a register may say so all the same
        crime(town, who, born)
    if age >= 15:
        for completed, level in zip(
            sorted(town.near(born) for _ in range(2)), town.dice.sample(LEVELS, 2), strict=True
        ):
            if town.chance(0.4):
                town.add("education", person_id=who, completed=completed, level=level)
        if town.chance(0.5):
            work(town, who, born)
    if age >= 17 and town.chance(0.4):
        troubled_adult(town, who, born)


def troubled_child(town: Town, who: Any, born: date) -> None:
    for _ in range(town.dice.randint(0, 2)):
        measure = town.dice.choice(("home_based", "home_based", "youth_support", "relief", "other"))
        town.add("social_children", person_id=who, measure=measure, **town.period(born))
    if town.chance(0.3):
        place = town.dice.choice(("foster", "residential", "own_room", "boarding", "other"))
        town.add("placements", person_id=who, place=place, **town.period(born))
    for _ in range(town.dice.randint(0, 3)):
        town.add(
            "notifications",
            person_id=who,
            received=town.near(born),
            about=town.dice.choice(("parent", "child", "other")),
        )
    if town.chance(0.2):
        town.add("psychiatry", person_id=who, diagnosis=town.dice.choice(DIAGNOSES), **town.period(born))


def crime(town: Town, who: Any, born: date) -> None:
    decided = town.near(born)
    served: dict[str, date | None] = {}
    if town.chance(0.3):
        start = decided + timedelta(town.dice.randint(0, 500))
        served = {
            "served_from": start,
            "served_to": None if town.chance(0.3) else start + timedelta(town.dice.randint(0, 800)),
        }
    offence = town.dice.choice(("violence", "property", "drugs", "traffic", "other"))
    outcome = town.dice.choice(("prison", "suspended", "fine", "other"))
    town.add("convictions", person_id=who, decided=decided, offence=offence, outcome=outcome, **served)


def work(town: Town, who: Any, born: date) -> None:
    town.add(
        "employment",
        person_id=who,
        state=town.dice.choice(("employed", "in_education", "parental_leave")),
        **town.period(born),
    )
    if town.chance(0.4):
        measure = town.dice.choice(("mentor", "guidance", "wage_subsidy", "other", "flexjob"))
        town.add("employment_measures", person_id=who, measure=measure, **town.period(born))


def troubled_adult(town: Town, who: Any, born: date) -> None:
    pick = town.dice.choice
    for _ in range(town.dice.randint(0, 2)):
        benefit = pick(BENEFITS)
        readiness = pick(("activity", "education", "job", None)) if "assistance" in benefit else None
        town.add("income_support", person_id=who, benefit=benefit, readiness=readiness, **town.period(born))
    for table, column, codes in (
        ("psychiatry", "diagnosis", DIAGNOSES),
        ("substance_treatment", "substance", ["alcohol", "drugs"]),
        ("shelters", "kind", ["homeless_110", "crisis_centre_109"]),
    ):
        if town.chance(0.2):
            town.add(table, person_id=who, **{column: pick(codes)}, **town.period(born))
    if town.chance(0.4):
        service = pick(("preventive", "home_support", "accommodation", "substance_care", "other"))
        reason = pick(("physical", "mental", "mental_illness", "social", None))
        town.add("social_adults", person_id=who, service=service, reason=reason, **town.period(born))
    if town.chance(0.2):
        town.add("victims", person_id=who, reported=town.near(born), offence=pick(("violence", "other")))
    if town.chance(0.2):
        area, payer = pick(("employment", "social", "health")), pick(("municipality", "region", "state"))
        town.add(
            "costs", person_id=who, year=town.year, area=area, payer=payer, amount=town.dice.randint(-5_000, 400_000)
        )


# --- on disk


def write(tables: Tables, folder: Path, *, numbers: bool = False) -> Path:
    """CSV as the documentation has it: comma, UTF-8, ISO dates, nothing for nothing. ``numbers``: Parquet."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        path = folder / f"{name}.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            out = csv.DictWriter(file, COLUMNS[name].split(), lineterminator="\n")
            out.writeheader()
            out.writerows({column: _text(value) for column, value in row.items()} for row in rows)
        if numbers:
            _as_parquet(path)
    return folder


def _as_parquet(path: Path) -> None:
    columns = COLUMNS[path.stem].split()
    ids = [name for name in columns if name.endswith("_id")]
    cells = ", ".join(f"CAST({name} AS {'BIGINT' if name in ids else 'VARCHAR'}) AS {name}" for name in columns)
    rows = f"SELECT {cells} FROM read_csv('{path}', header=true, all_varchar=true)"
    duckdb.execute(f"COPY ({rows}) TO '{path.with_suffix('.parquet')}' (FORMAT parquet)")
    path.unlink()


def _text(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value
