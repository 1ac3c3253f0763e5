"""The boards a meeting can be held at: data, read and checked when the process starts (data/boards.toml)."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from django.utils.translation import get_language

from familieplan.plan.enums import StatementKind

FILE = Path(__file__).with_name("data") / "boards.toml"
WORDS = frozenset(
    {StatementKind.WORRY, StatementKind.STRENGTH, StatementKind.WISH, StatementKind.COMMENT, StatementKind.SCALE}
)
AGREEMENTS, GOALS = "agreements", "goals"
ABOUT = frozenset({"exception", "miracle", "scaling", "coping", "detail"})
# Nobody is asked to defend themselves (de Jong & Berg): how, what and when.
WHY = re.compile(r"\b(hvorfor|why|how come|hvordan kan det være)\b", re.IGNORECASE)
KEY = re.compile(r"[a-z][a-z0-9_]{0,19}")


class NoBoard(Exception):
    """A board that cannot be used: file, line and reason."""


@dataclass(frozen=True, slots=True)
class InWords:
    """A text in the languages of the pages."""

    da: str
    en: str

    def __str__(self) -> str:
        return self.en if get_language() == "en" else self.da


@dataclass(frozen=True, slots=True)
class Prompt:
    about: str
    text: InWords


@dataclass(frozen=True, slots=True)
class Column:
    """``shows``: kinds of statements, goals, agreements, in that order."""

    key: str
    title: InWords
    shows: tuple[str, ...]
    prompts: tuple[Prompt, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Board:
    key: str
    title: InWords
    columns: tuple[Column, ...]
    source: str

    @property
    def shows(self) -> frozenset[str]:
        return frozenset(one for column in self.columns for one in column.shows)

    def column_of(self, what: str) -> Column | None:
        return next((column for column in self.columns if what in column.shows), None)


@cache
def read_all() -> dict[str, Board]:
    """Every board by its key, the first one first. Raises :class:`NoBoard`."""
    return read(FILE)


def board(key: str) -> Board:
    """The one of that key; the first where a meeting names one that is no longer there."""
    boards = read_all()
    return boards.get(key) or next(iter(boards.values()))


def choices() -> list[tuple[str, str]]:
    """As a form offers them."""
    return [(key, str(one.title)) for key, one in read_all().items()]


def read(file: Path) -> dict[str, Board]:
    text = file.read_text(encoding="utf-8")
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        raise NoBoard(f"{file.name}, line {line[1] if line else len(text.splitlines())}: {error}") from None
    reading = Reading(file.name, text.splitlines())
    boards = [reading.board(one, number) for number, one in enumerate(reading.tables(data, "board", ()))]
    if not boards:
        reading.refuse((), "", "there is no [[board]]")
    keys = [one.key for one in boards]
    for number, key in enumerate(keys):
        if key in keys[:number]:
            reading.refuse((number,), "key", f"two boards are called {key!r}")
    return {one.key: one for one in boards}


Place = tuple[int, ...]  # the number of the board, of its column, of its prompt


@dataclass(frozen=True)
class Reading:
    """One file. What is wrong in it is told with the line it stands in."""

    name: str
    lines: list[str]

    def refuse(self, place: Place, field: str, reason: str) -> NoReturn:
        raise NoBoard(f"{self.name}, line {self.line_of(place, field)}: {reason}")

    def line_of(self, place: Place, field: str) -> int:
        """Where ``field`` of a table stands; else where the table begins."""
        at, found = [-1, -1, -1], 1
        depths = {"[[board]]": 0, "[[board.column]]": 1, "[[board.column.prompt]]": 2}
        inside = not place
        for number, line in enumerate(self.lines, 1):
            depth = depths.get(line.split("#")[0].strip())
            if depth is not None:
                at[depth] += 1
                at[depth + 1 :] = [-1] * (2 - depth)
                inside = depth == len(place) - 1 and tuple(at[: depth + 1]) == place
                found = number if inside else found
            elif inside and field and re.match(rf"\s*{re.escape(field)}\s*=", line):
                return number
        return found

    def tables(self, data: dict[str, Any], name: str, place: Place) -> list[dict[str, Any]]:
        found = data.get(name, [])
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            self.refuse(place, name, f"{name} is not a list of tables ([[…]])")
        return found

    def known(self, data: dict[str, Any], place: Place, fields: set[str]) -> None:
        for field in data:
            if field not in fields:
                self.refuse(place, field, f"nobody knows what {field!r} is")

    def text(self, data: dict[str, Any], field: str, place: Place, longest: int = 120) -> str:
        value = data.get(field)
        if not isinstance(value, str) or not value.strip():
            self.refuse(place, field, f"{field} is missing or empty")
        if len(value) > longest:
            self.refuse(place, field, f"{field} is longer than {longest} signs")
        return value

    def key(self, data: dict[str, Any], place: Place) -> str:
        key = self.text(data, "key", place)
        if not KEY.fullmatch(key):
            self.refuse(place, "key", f"{key!r} is no key: small letters, digits and _, at most 20")
        return key

    def title(self, data: dict[str, Any], place: Place) -> InWords:
        return InWords(self.text(data, "title_da", place), self.text(data, "title_en", place))

    def board(self, data: dict[str, Any], number: int) -> Board:
        place = (number,)
        self.known(data, place, {"key", "title_da", "title_en", "source", "column"})
        columns = tuple(self.column(one, (number, at)) for at, one in enumerate(self.tables(data, "column", place)))
        if not 2 <= len(columns) <= 6:
            self.refuse(place, "", "a board has from two to six columns")
        keys: set[str] = set()
        seen: set[str] = set()
        for at, column in enumerate(columns):
            if column.key in keys:
                self.refuse((number, at), "key", f"two columns are called {column.key!r}")
            if twice := seen.intersection(column.shows):
                self.refuse((number, at), "shows", f"stands in two columns: {', '.join(sorted(twice))}")
            keys.add(column.key)
            seen.update(column.shows)
        if AGREEMENTS not in seen:
            self.refuse(place, "", "no column shows agreements: a meeting ends with who does what by when")
        return Board(self.key(data, place), self.title(data, place), columns, self.text(data, "source", place))

    def column(self, data: dict[str, Any], place: Place) -> Column:
        self.known(data, place, {"key", "title_da", "title_en", "shows", "source", "prompt"})
        shows = data.get("shows")
        if not isinstance(shows, list) or not shows:
            self.refuse(place, "shows", "shows is missing or empty: a column shows something")
        for one in shows:
            if one not in WORDS | {GOALS, AGREEMENTS}:
                self.refuse(place, "shows", f"shows {one!r}, which is none of what a column can show")
        prompts = tuple(self.prompt(one, (*place, at)) for at, one in enumerate(self.tables(data, "prompt", place)))
        source = self.text(data, "source", place)
        return Column(self.key(data, place), self.title(data, place), tuple(map(str, shows)), prompts, source)

    def prompt(self, data: dict[str, Any], place: Place) -> Prompt:
        self.known(data, place, {"about", "da", "en"})
        if data.get("about") not in ABOUT:
            self.refuse(place, "about", f"about is one of: {', '.join(sorted(ABOUT))}")
        text = InWords(self.text(data, "da", place, 200), self.text(data, "en", place, 200))
        for field in ("da", "en"):
            if WHY.search(getattr(text, field)):
                self.refuse(place, field, "asks why: ask how, what or when instead")
        return Prompt(str(data["about"]), text)
