"""From a TOML file to `Parameters`, or a sentence with file, line and reason."""

import hashlib
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

from familieplan.population.budget.checked import LONGEST, Checked, ParameterFault, Place
from familieplan.population.budget.parameters import (
    Area,
    Consequence,
    Cost,
    Parameters,
    Payer,
    Person,
    Price,
    Published,
    Source,
)
from familieplan.population.definitions.changes import Change, changes
from familieplan.population.trouble import Trouble

SHIPPED = "families_way_2024.toml"
KINDS = {"published", "assumption", "own"}


def shipped() -> Parameters:
    return read(files("familieplan.population.budget").joinpath(SHIPPED).read_text("utf-8"), SHIPPED)


def load(path: Path) -> Parameters:
    try:
        return read(path.read_text("utf-8"), path.name)
    except (OSError, UnicodeDecodeError) as problem:
        raise ParameterFault(path.name, 1, Trouble("cannot be read as a text file (UTF-8)")) from problem


def read(text: str, file: str) -> Parameters:
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise ParameterFault(
            file, _line_in(str(problem)), Trouble("is not TOML: {problem}", problem=problem)
        ) from problem
    digest = hashlib.sha256(text.encode()).hexdigest()
    ours = files("familieplan.population.budget").joinpath(SHIPPED).read_text("utf-8")  # line ends are no change
    changed = digest != hashlib.sha256(ours.encode()).hexdigest()
    return _Reading(given, file, text).parameters(digest, changed, changes(tomllib.loads(ours), given))


def _line_in(problem: str) -> int:
    """``(at line 3, column 7)``; at the end of the document there is none."""
    after = problem.partition("at line ")[2]
    digits = after.partition(",")[0]
    return int(digits) if digits.isdigit() else 1


class _Reading(Checked):
    """The tables of the file, one method for each kind."""

    def parameters(self, digest: str, changed: bool, changes: tuple[Change, ...]) -> Parameters:
        self.known((), self.given, {
            "name", "label_da", "label_en", "year", "years", "sources", "discount", "persistence", "beyond",
            "children_per_parent", "consequence", "cost", "published",
        })  # fmt: skip
        self.sources = {key: self.source(("sources", key), table) for key, table in self.table((), "sources").items()}
        self.number(("discount",), "discount", least=0, most=1)
        self.number(("persistence",), "persistence", least=0, most=1, is_series=True)
        self.number(("beyond",), "beyond", least=0, most=1)
        self.number(("children_per_parent",), "children_per_parent", least=0, most=20)
        consequences = tuple(self.consequence(place, row) for place, row in self.rows((), self.given, "consequence"))
        if not consequences:
            raise self.fault((), "says no consequence: without [[consequence]] there is nothing to count")
        self.no_two("consequence", [one.id for one in consequences])
        costs = tuple(self.cost(place, row) for place, row in self.rows((), self.given, "cost"))
        self.no_two("cost", [one.id for one in costs])
        return Parameters(
            name=self.text((), self.given, "name"),
            label=self.label((), self.given),
            year=self.whole((), self.given, "year", least=1990, most=2100),
            years=self.whole((), self.given, "years", least=1, most=LONGEST),
            sources=self.sources,
            numbers=self.numbers,
            consequences=consequences,
            costs=costs,
            published=tuple(self.published(place, row) for place, row in self.rows((), self.given, "published")),
            digest=digest,
            changed=changed,
            changes=changes,
        )

    def source(self, place: Place, table: Any) -> Source:
        if not isinstance(table, dict):
            raise self.fault(place, "a source is a table with title, year, owner and kind")
        self.known(place, table, {"title", "year", "owner", "kind"})
        kind = self.text(place, table, "kind")
        if kind not in KINDS:
            raise self.fault(
                (*place, "kind"), "kind is one of {known}, not {kind}", known=", ".join(sorted(KINDS)), kind=repr(kind)
            )
        year = self.whole(place, table, "year", least=1900, most=2100)
        return Source(self.text(place, table, "title"), year, self.text(place, table, "owner"), kind)

    def consequence(self, place: Place, row: dict[str, Any]) -> Consequence:
        self.known(place, row, {"id", "label_da", "label_en", "person", "units", "price"})
        key = self.text(place, row, "id")
        self.number((*place, "units"), f"units.{key}", within=row, is_series=True)
        prices = tuple(self.price(at, price, key) for at, price in self.rows(place, row, "price"))
        if not prices:
            raise self.fault(
                place, "{key}: says no price: [[consequence.price]] with area, payer, value and source", key=key
            )
        self.no_two("price", [one.amount for one in prices], place)
        person = self.one_of(place, row, "person", Person)
        return Consequence(key, self.label(place, row), person, f"units.{key}", prices)

    def price(self, place: Place, row: dict[str, Any], of: str) -> Price:
        self.known(place, row, {"area", "payer", "value", "low", "high", "source"})
        area, payer = self.one_of(place, row, "area", Area), self.one_of(place, row, "payer", Payer)
        key = f"price.{of}.{area}.{payer}"
        self.numbers[key] = self.figure(place, row, least=0)
        return Price(area, payer, key)

    def cost(self, place: Place, row: dict[str, Any]) -> Cost:
        self.known(place, row, {"id", "label_da", "label_en", "area", "payer", "amount"})
        key = self.text(place, row, "id")
        self.number((*place, "amount"), f"cost.{key}", within=row, least=0, is_series=True)
        area, payer = self.one_of(place, row, "area", Area), self.one_of(place, row, "payer", Payer)
        return Cost(key, self.label(place, row), area, payer, f"cost.{key}")

    def published(self, place: Place, row: dict[str, Any]) -> Published:
        optional = {"person", "area"}
        needed = {"label_da", "label_en", "parents", "first_years", "at_least", "below", "source"}
        self.known(place, row, needed | optional)
        at_least, below = self.real(place, row, "at_least"), self.real(place, row, "below")
        if at_least >= below:
            raise self.fault((*place, "below"), "below must be more than at_least")
        return Published(
            label=self.label(place, row),
            parents=self.whole(place, row, "parents", least=1, most=10**7),
            first_years=self.whole(place, row, "first_years", least=1, most=LONGEST),
            at_least=at_least,
            below=below,
            source=self.known_source(place, row),
            person=self.one_of(place, row, "person", Person) if "person" in row else None,
            area=self.one_of(place, row, "area", Area) if "area" in row else None,
        )
