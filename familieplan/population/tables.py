"""The input tables, as data: the one place that says which there are. Reading, checking, generating and help use it.

A table is one file in the folder, `NAME.parquet` or `NAME.csv` (with header; `written.py` says how written). Ids are
pseudonyms, text or integers: compared, never computed with. Dates are ISO. A period's last day belongs to it; an open
end is empty.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a column holds."""

    ID = "id"
    TEXT = "text"
    DATE = "date"
    CODE = "code"
    FLAG = "true or false"
    YEAR = "year"
    AMOUNT = "kroner"


WRITTEN = {Kind.DATE: "date: 2022-12-31", Kind.FLAG: "true | false", Kind.AMOUNT: "kroner: 1234.50"}  # in a CSV


@dataclass(frozen=True)
class Column:
    name: str
    kind: Kind
    meaning: str
    optional: bool = False
    codes: tuple[str, ...] = ()
    refers_to: str = ""
    """For an id: `table.column` in which it must be found."""


@dataclass(frozen=True)
class Table:
    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    """No two rows agree in these."""
    periods: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Name → (first day, last day), columns of this table; an event has the same column twice. The first is meant
    where none is named."""
    alone_in_time: tuple[str, ...] = ()
    """No two rows that agree in these overlap in time."""

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)


def _id(name: str, meaning: str, refers_to: str = "", optional: bool = False) -> Column:
    return Column(name, Kind.ID, meaning, optional, refers_to=refers_to)


def _code(name: str, meaning: str, *codes: str, optional: bool = False) -> Column:
    return Column(name, Kind.CODE, meaning, optional, codes)


def _date(name: str, meaning: str, optional: bool = False) -> Column:
    return Column(name, Kind.DATE, meaning, optional)


PERSON = _id("person_id", "whom it is about", "persons.person_id")
FROM, TO = _date("valid_from", "first day"), _date("valid_to", "last day; empty: goes on", optional=True)


def _course(name: str, meaning: str, *columns: Column) -> Table:
    """Something a person has for a time; one row for each stretch."""
    key = ("person_id", *(column.name for column in columns if not column.optional), "valid_from")
    return Table(name, meaning, (PERSON, *columns, FROM, TO), key, {"valid": ("valid_from", "valid_to")})


def _event(name: str, meaning: str, day: Column, *columns: Column) -> Table:
    """Something that happens to a person on a day; the same may happen twice on one day."""
    return Table(name, meaning, (PERSON, day, *columns), (), {day.name: (day.name, day.name)})


_ALL = (
    Table(
        "persons",
        "everybody who lived in the country at some time in the years asked for, and the parents of its children",
        (
            _id("person_id", "a pseudonym"),
            _date("born", "day of birth"),
            _date("died", "day of death", optional=True),
            _code("sex", "sex", "female", "male"),
            _code("origin", "origin", "danish", "immigrant", "descendant", optional=True),
        ),
        key=("person_id",),
    ),
    Table(
        "parents",
        "parents by law, not foster parents; an adoption ends the earlier links",
        (
            _id("child_id", "the child, of any age", "persons.person_id"),
            _id("parent_id", "the parent; may be missing among persons when abroad", ""),
            _code("role", "by what the person is a parent", "mother", "father", "co_parent", "adoptive_parent"),
            FROM,
            TO,
        ),
        key=("child_id", "parent_id", "valid_from"),
        periods={"valid": ("valid_from", "valid_to")},
        alone_in_time=("child_id", "parent_id"),
    ),
    Table(
        "residence",
        "where a person is registered, and with whom",
        (
            PERSON,
            _id("address_id", "the dwelling", "addresses.address_id"),
            _id("household_id", "who share it live together"),
            FROM,
            TO,
        ),
        key=("person_id", "valid_from"),
        periods={"valid": ("valid_from", "valid_to")},
        alone_in_time=("person_id",),
    ),
    Table(
        "addresses",
        "dwellings",
        (
            _id("address_id", "the dwelling"),
            _id("municipality", "three-digit code, text", "municipalities.municipality"),
            _id("housing_area_id", "the housing area it lies in", "housing_areas.housing_area_id", optional=True),
            _code("tenure", "tenure", "owner", "cooperative", "social", "private_rental", "other", optional=True),
            Column("defects", Kind.FLAG, "lacks a bath, toilet or central heating", optional=True),
        ),
        key=("address_id",),
    ),
    Table(
        "housing_areas",
        "housing areas; vulnerable (udsat boligområde) while on the list",
        (
            _id("housing_area_id", "the area"),
            Column("name", Kind.TEXT, "its name"),
            _date("vulnerable_from", "first day on the list; empty: never", optional=True),
            _date("vulnerable_to", "last day on the list; empty: still on it", optional=True),
        ),
        key=("housing_area_id",),
        periods={"vulnerable": ("vulnerable_from", "vulnerable_to")},
    ),
    Table(
        "municipalities",
        "municipalities",
        (
            _id("municipality", "three-digit code, text"),
            Column("name", Kind.TEXT, "its name"),
            Column("region", Kind.TEXT, "its region"),
        ),
        key=("municipality",),
    ),
    _course(
        "income_support",
        "public income support",
        _code(
            "benefit",
            "the benefit; leave_unemployment is ledighedsydelse",
            *("disability_pension", "resource_course", "cash_assistance", "education_assistance"),
            *("unemployment_benefit", "sickness_benefit", "integration_benefit", "rehabilitation"),
            *("job_clarification", "leave_unemployment", "flexjob", "other_temporary"),
        ),
        _code("readiness", "what one is found ready for", "activity", "education", "job", optional=True),
    ),
    _course(
        "employment",
        "in work, in education, on parental leave",
        _code("state", "state", "employed", "in_education", "parental_leave"),
    ),
    _course(
        "employment_measures",
        "measures of the job centre",
        _code("measure", "measure", "mentor", "guidance", "wage_subsidy", "flexjob", "other"),
    ),
    _course(
        "social_children",
        "social measures for children and the young up to 23, placements apart",
        _code("measure", "measure", "home_based", "youth_support", "relief", "other"),
    ),
    _course(
        "placements",
        "placed outside the home",
        _code("place", "where", "foster", "residential", "own_room", "boarding", "other"),
    ),
    _course(
        "social_adults",
        "social services for adults",
        _code("service", "service", "preventive", "home_support", "accommodation", "substance_care", "other"),
        _code("reason", "why it is given", "physical", "mental", "mental_illness", "social", optional=True),
    ),
    Table(
        "convictions",
        "decisions in criminal cases, and time served",
        (
            PERSON,
            _date("decided", "day of the decision"),
            _code("offence", "the gravest offence", "violence", "property", "drugs", "traffic", "other"),
            _code("outcome", "outcome", "prison", "suspended", "fine", "other"),
            _date("served_from", "first day in prison", optional=True),
            _date("served_to", "last day in prison", optional=True),
        ),
        key=(),
        periods={"decided": ("decided", "decided"), "served": ("served_from", "served_to")},
    ),
    _event(
        "victims",
        "victims of reported offences",
        _date("reported", "day of the report"),
        _code("offence", "offence", "violence", "other"),
    ),
    _event(
        "education",
        "education completed; who is not named has completed none that is known",
        _date("completed", "day of completion"),
        _code(
            "level",
            "level",
            *("basic", "upper_secondary", "vocational", "short_higher", "medium_higher", "long_higher"),
        ),
    ),
    _course(
        "psychiatry",
        "courses in hospital psychiatry",
        Column("diagnosis", Kind.TEXT, "main diagnosis, ICD-10 without the Danish D: F32, F205"),
    ),
    _course(
        "substance_treatment",
        "treatment for substance use",
        _code("substance", "substance", "alcohol", "drugs"),
    ),
    _course(
        "shelters",
        "stays under §§ 109 and 110 of the Social Services Act",
        _code("kind", "kind", "homeless_110", "crisis_centre_109"),
    ),
    _event(
        "notifications",
        "reports of concern (underretninger); the person is the child",
        _date("received", "day received"),
        _code("about", "whose difficulties it is mainly about", "parent", "child", "other"),
    ),
    Table(
        "costs",
        "public spending on a person, net; may be negative",
        (
            PERSON,
            Column("year", Kind.YEAR, "year"),
            _code("area", "area", "employment", "social", "health", "education", "justice"),
            _code("payer", "who pays", "municipality", "region", "state"),
            Column("amount", Kind.AMOUNT, "kroner in the year's prices"),
        ),
        key=("person_id", "year", "area", "payer"),
    ),
)

TABLES: dict[str, Table] = {table.name: table for table in _ALL}

# What a definition may name besides: worked out from the tables above, as things are on 31 December.
DERIVED: dict[str, Table] = {
    table.name: table
    for table in (
        Table(
            "homes",
            "where a person lives: residence with its address",
            (
                PERSON,
                _id("household_id", "who live together"),
                *(column for column in TABLES["addresses"].columns if column.name != "address_id"),
                Column("vulnerable_area", Kind.FLAG, "in a housing area that is on the list"),
            ),
            key=("person_id",),
        ),
        Table(
            "families",
            "a child and its mother",
            (
                _id("child_id", "the child", "persons.person_id"),
                Column("nuclear", Kind.FLAG, "another parent of the child lives in the mother's household"),
            ),
            key=("child_id",),
        ),
    )
}


def described() -> Iterator[str]:
    """The tables as lines of text, for a reader."""
    for table in (*TABLES.values(), *DERIVED.values()):
        derived = "  [worked out; no file]" if table.name in DERIVED else ""
        yield f"{table.name}{derived}  –  {table.meaning}"
        for column in table.columns:
            name = column.name + ("?" if column.optional else "")
            what = " | ".join(column.codes) or WRITTEN.get(column.kind, str(column.kind))
            yield f"    {name:<18} {column.meaning}  ({what})"
        yield ""
    yield "? may be empty, or left out altogether. A period's last day belongs to it; an open end is empty."
