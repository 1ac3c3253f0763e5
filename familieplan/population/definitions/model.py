"""What a definition is: facts about persons, groups of persons by facts, and what is counted among them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from familieplan.population.definitions.changes import Change


class Window(StrEnum):
    """When a row counts for a year. A period counts from its first to its last day, both included."""

    IN_YEAR = "in_year"
    """It overlaps the year."""
    ON_DATE = "on_date"
    """It covers 31 December."""
    EVER = "ever"
    """It began by 31 December."""
    YEARS_BACK = "years_back"
    """It overlaps the year or one of the `years` − 1 before."""


@dataclass(frozen=True)
class Criterion:
    """Rows of a table: each column of `where` holds one of the values; text may begin with one."""

    table: str
    window: Window
    where: Mapping[str, tuple[str | bool, ...]] = field(default_factory=dict)
    starts_with: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    period: str = ""
    years: int = 1


@dataclass(frozen=True)
class Named:
    name: str
    label_da: str
    label_en: str
    source: str


@dataclass(frozen=True)
class Fact(Named):
    """True of a person who has a row by any criterion; with `absent`, of one who has none."""

    criteria: tuple[Criterion, ...]
    absent: bool = False


@dataclass(frozen=True)
class Group(Named):
    """Persons of an age of whom at least so many facts are true (and none of `without`)."""

    ages: tuple[int, int | None] = (0, None)
    facts: tuple[str, ...] = ()
    at_least: int = 0
    without: tuple[str, ...] = ()
    link: str = ""


@dataclass(frozen=True)
class Contact:
    """A fact counted among those of an age."""

    fact: str
    ages: tuple[int, int | None] = (0, None)


@dataclass(frozen=True)
class Sum(Named):
    """A column added up (no column: rows counted) over the rows of a criterion."""

    groups: tuple[str, ...]
    criterion: Criterion
    column: str = ""


@dataclass(frozen=True)
class Domain(Named):
    """Burdened when one of the facts is true of the child, or of a parent."""

    child: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    no_data: str = ""


@dataclass(frozen=True)
class Type(Named):
    """A family whose burdened domains are at least so many, with one of `any_of` and none of `none_of`."""

    at_least: int = 0
    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Variant:
    name: str
    label_da: str
    label_en: str


@dataclass(frozen=True)
class Definition(Named):
    """One file, in one of its variants."""

    kind: str
    variant: Variant
    groups: Mapping[str, Group]
    facts: Mapping[str, Fact]
    contacts: Mapping[str, tuple[Contact, ...]]
    sums: tuple[Sum, ...]
    households_without: tuple[str, ...]
    domains: tuple[Domain, ...]
    types: tuple[Type, ...]
    path: Path
    sha256: str
    changed: bool
    """It is not the file shipped under its name: every page of a report says so."""
    changes: tuple[Change, ...]
    """What it says otherwise than the shipped one of its name; with a name of its own, of its kind."""

    @property
    def stamp(self) -> str:
        """For people: name, variant, the hash's beginning, and whether it has been changed."""
        changed = "; changed from the shipped one" if self.changed else ""
        return f"{self.name}, {self.variant.name} ({self.sha256[:8]}{changed})"

    def tables(self) -> set[str]:
        """The tables its criteria read, derived ones too."""
        criteria = [criterion for fact in self.facts.values() for criterion in fact.criteria]
        return {criterion.table for criterion in [*criteria, *(each.criterion for each in self.sums)]}
