"""The cells of a parameter file: each is read with what it may be, or refused with file, line and reason."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import Any, TypeVar

from familieplan.population.budget.parameters import Label, Number, Series, Source
from familieplan.population.definitions.lines import line_of
from familieplan.population.trouble import Trouble

LONGEST = 50  # years
Place = tuple[str | int, ...]
Choice = TypeVar("Choice", bound=StrEnum)


class ParameterFault(Trouble):
    """A parameter file that cannot be used: ``file:line: reason``."""

    def __init__(self, file: str, line: int, reason: Trouble) -> None:
        super().__init__("{file}:{line}: {reason}", file=file, line=line, reason=reason)
        self.file, self.line, self.reason = file, line, str(reason)


@dataclass
class Checked:
    """A file as it is read: what was given, and where in the file it stands."""

    given: dict[str, Any]
    file: str
    written: str
    sources: dict[str, Source] = field(default_factory=dict)
    numbers: dict[str, Number] = field(default_factory=dict)

    def fault(self, place: Place, reason: str, **values: object) -> ParameterFault:
        return ParameterFault(self.file, line_of(self.written, place), Trouble(reason, **values))

    def number(self, place: Place, key: str, *, within: dict[str, Any] | None = None, **limits: Any) -> None:
        table = (self.given if within is None else within).get(str(place[-1]))
        if not isinstance(table, dict):
            raise self.fault(place, "{name} is missing: it needs value and source", name=place[-1])
        self.known(place, table, {"value", "low", "high", "source"})
        self.numbers[key] = self.figure(place, table, **limits)

    def figure(
        self, place: Place, row: dict[str, Any], *, least: float = -math.inf, most: float = math.inf,
        is_series: bool = False,
    ) -> Number:  # fmt: skip
        value, low, high = (
            self.series((*place, part), row[part], least, most, is_series=is_series) if part in row else None
            for part in ("value", "low", "high")
        )
        if value is None:
            raise self.fault(place, "value is missing")
        if (low is None) != (high is None):
            raise self.fault(place, "low and high belong together: give both or neither")
        if low is not None and high is not None:
            if not len(low) == len(value) == len(high):
                raise self.fault((*place, "low"), "value, low and high have equally many years")
            if any(below > above for row_of in zip(low, value, high, strict=True) for below, above in pairwise(row_of)):
                raise self.fault((*place, "low"), "low ≤ value ≤ high does not hold")
        return Number(value, self.known_source(place, row), low, high)

    def series(self, place: Place, given: Any, least: float, most: float, *, is_series: bool) -> Series:
        many = given if isinstance(given, list) else [given]
        if not many or (isinstance(given, list) and not is_series) or len(many) > LONGEST:
            if is_series:
                raise self.fault(place, "is one to {most} numbers, one a year", most=LONGEST)
            raise self.fault(place, "is one number")
        for one in many:
            if isinstance(one, bool) or not isinstance(one, int | float) or not math.isfinite(one):
                raise self.fault(place, "is not a number: {one}", one=repr(one))
            if not least <= one <= most:
                raise self.fault(
                    place,
                    "{one} does not lie between {least} and {most}",
                    one=one,
                    least=f"{least:g}",
                    most=f"{most:g}",
                )
        return tuple(float(one) for one in many)

    def known(self, place: Place, table: dict[str, Any], names: set[str]) -> None:
        for name in table:
            if name not in names:
                raise self.fault(
                    (*place, name),
                    "{name} is not known here; known are {known}",
                    name=name,
                    known=", ".join(sorted(names)),
                )

    def known_source(self, place: Place, row: dict[str, Any]) -> str:
        source = self.text(place, row, "source")
        if source not in self.sources:
            raise self.fault((*place, "source"), "source {source} does not stand under [sources]", source=repr(source))
        return source

    def table(self, place: Place, name: str) -> dict[str, Any]:
        table = self.given.get(name)
        if not isinstance(table, dict):
            raise self.fault((*place, name), "[{name}] is missing", name=name)
        return table

    def rows(self, place: Place, within: dict[str, Any], name: str) -> Iterator[tuple[Place, dict[str, Any]]]:
        rows = within.get(name, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise self.fault((*place, name), "{name} is written [[{name}]], one for each", name=name)
        yield from (((*place, name, number), row) for number, row in enumerate(rows))

    def text(self, place: Place, table: dict[str, Any], name: str) -> str:
        text = table.get(name)
        if not isinstance(text, str) or not text.strip():
            raise self.fault((*place, name), "{name} is missing, or no text", name=name)
        return text

    def label(self, place: Place, table: dict[str, Any]) -> Label:
        return Label(self.text(place, table, "label_da"), self.text(place, table, "label_en"))

    def whole(self, place: Place, table: dict[str, Any], name: str, *, least: int, most: int) -> int:
        number = table.get(name)
        if isinstance(number, bool) or not isinstance(number, int) or not least <= number <= most:
            raise self.fault(
                (*place, name),
                "{name} is a whole number between {least} and {most}",
                name=name,
                least=least,
                most=most,
            )
        return number

    def real(self, place: Place, table: dict[str, Any], name: str) -> float:
        return self.series((*place, name), table.get(name), -math.inf, math.inf, is_series=False)[0]

    def one_of(self, place: Place, table: dict[str, Any], name: str, kinds: type[Choice]) -> Choice:
        try:
            return kinds(str(table.get(name)))
        except ValueError:
            known = ", ".join(kinds)
            raise self.fault(
                (*place, name),
                "{name} is one of {known}, not {given}",
                name=name,
                known=known,
                given=repr(table.get(name)),
            ) from None

    def no_two(self, what: str, names: list[str], place: Place = ()) -> None:
        for number, name in enumerate(names):
            if name in names[:number]:
                raise self.fault((*place, what, number), "{name} stands twice", name=name)
