"""What a budget potential is worked out from: every figure with its source, the source with year and owner."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Area(StrEnum):
    """The areas of the socio-economic investment model (SØM)."""

    EMPLOYMENT = "employment"
    SOCIAL = "social"
    HEALTH = "health"
    EDUCATION = "education"
    JUSTICE = "justice"


class Payer(StrEnum):
    MUNICIPALITY = "municipality"
    REGION = "region"
    STATE = "state"


class Person(StrEnum):
    ADULT = "adult"
    CHILD = "child"


Series = tuple[float, ...]  # one figure for each year; the last holds for the years after


@dataclass(frozen=True, slots=True)
class Source:
    title: str
    year: int
    owner: str
    kind: str  # published | assumption | own


@dataclass(frozen=True, slots=True)
class Number:
    """A figure, or one for each year, and how far off it may be."""

    value: Series
    source: str
    low: Series | None = None
    high: Series | None = None

    def at(self, year: int) -> float:
        """Of the year counted from 0."""
        return self.value[min(year, len(self.value) - 1)]

    @property
    def ends(self) -> tuple[Series, Series] | None:
        return (self.low, self.high) if self.low and self.high else None


@dataclass(frozen=True, slots=True)
class Label:
    da: str
    en: str

    def in_(self, language: str) -> str:
        return self.da if language == "da" else self.en


@dataclass(frozen=True, slots=True)
class Price:
    """``amount``: the key of its figure, kr. per unit."""

    area: Area
    payer: Payer
    amount: str


@dataclass(frozen=True, slots=True)
class Consequence:
    """k of the formula. ``units``: the key of its figure, units per success and year that a payer is relieved of."""

    id: str
    label: Label
    person: Person
    units: str
    prices: tuple[Price, ...]


@dataclass(frozen=True, slots=True)
class Cost:
    """``amount``: the key of its figure, kr. per parent who takes part, by year; nothing after the last one."""

    id: str
    label: Label
    area: Area
    payer: Payer
    amount: str


@dataclass(frozen=True, slots=True)
class Published:
    """A sum somebody has published, and the figures we read its words as."""

    label: Label
    parents: int
    first_years: int
    at_least: float
    below: float
    source: str
    person: Person | None = None
    area: Area | None = None


@dataclass(frozen=True, slots=True)
class Parameters:
    """``numbers`` holds every figure that may vary: ``discount``, ``units.tax``, ``price.tax.employment.state`` …"""

    name: str
    label: Label
    year: int
    years: int
    sources: Mapping[str, Source]
    numbers: Mapping[str, Number]
    consequences: tuple[Consequence, ...]
    costs: tuple[Cost, ...] = ()
    published: tuple[Published, ...] = ()
    digest: str = ""
    changed: bool = field(default=False)  # another file than the shipped one
    changes: tuple[tuple[str, ...], ...] = ()  # what, as shipped, and here

    def with_values(self, values: Mapping[str, Series]) -> "Parameters":
        changed = {key: replace(self.numbers[key], value=value) for key, value in values.items()}
        return replace(self, numbers={**self.numbers, **changed})

    def with_cost(self, amounts: Series, payer: Payer = Payer.MUNICIPALITY) -> "Parameters":
        """The effort costs so much per parent who takes part, by year, instead of what the file says."""
        own = Source("Angivet ved beregningen", self.year, "Den, der regner", "own")
        effort = Cost("effort", Label("Indsatsen", "The effort"), Area.EMPLOYMENT, payer, "cost.effort")
        return replace(
            self,
            sources={**self.sources, "asked": own},
            numbers={**self.numbers, "cost.effort": Number(amounts, "asked")},
            costs=(effort,),
        )
