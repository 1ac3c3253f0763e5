"""iCalendar from others, line by line (RFC 5545 3.1): only what is asked for is looked at, the rest is never decoded.

Bounded in size and depth, without recursion. Titles, places and notes of somebody's calendar go no further than here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from familieplan.meetings.calendar.refusal import Refused

DEEPEST = 8  # a calendar, its events, their alarms: three. Whoever nests deeper means no good
FOLD = re.compile(rb"\r?\n[ \t]")
NAME_ENDS = re.compile(rb"[;:]")
ESCAPED = re.compile(r"\\([\\;,nN])")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Line:
    """One property: ``DTSTART;TZID=Europe/Copenhagen:20261124T090000``. Names in capitals, values as they stand."""

    name: str
    params: dict[str, str]
    value: str


@dataclass(frozen=True, slots=True)
class Part:
    """One component with the lines asked for. Parts inside it come before it, as parts of their own."""

    name: str
    lines: list[Line] = field(default_factory=list)

    def all(self, name: str) -> list[Line]:
        return [line for line in self.lines if line.name == name]

    def first(self, name: str) -> Line | None:
        return next((line for line in self.lines if line.name == name), None)

    def value(self, name: str) -> str:
        found = self.first(name)
        return found.value.strip() if found else ""


def parts(raw: bytes, wanted: frozenset[str], *, largest: int) -> Iterator[Part]:
    """Each component as it ends, the calendar itself last. Refused: too large, too deep, broken off, no calendar."""
    if len(raw) > largest:
        raise Refused(_("The calendar is too large: more than %(mb)d MB.") % {"mb": largest // 1_000_000})
    open_ones: list[Part] = []
    seen = False
    for raw_line in _lines(raw):
        name = _name(raw_line)
        if name == "BEGIN":
            open_ones.append(Part(_word(raw_line)))
            if open_ones[0].name != "VCALENDAR":
                raise Refused(_("This is not a calendar."))
            if len(open_ones) > DEEPEST:
                raise Refused(_("The calendar is put together in a way that cannot be read."))
        elif name == "END":
            if not open_ones or open_ones[-1].name != _word(raw_line):
                raise Refused(_("The calendar is put together in a way that cannot be read."))
            seen = True
            yield open_ones.pop()
        elif name in wanted and open_ones:
            open_ones[-1].lines.append(_line(raw_line))
    if open_ones:
        raise Refused(_("The calendar stops in the middle. Try to fetch it once more."))
    if not seen:
        raise Refused(_("This is not a calendar."))


def _lines(raw: bytes) -> Iterator[bytes]:
    """Unfolded as bytes: some fold in the middle of a letter."""
    if raw.startswith(UTF_16):
        raw = raw.decode("utf-16", "replace").encode()
    return (line.strip() for line in FOLD.sub(b"", raw.removeprefix(b"\xef\xbb\xbf")).split(b"\n"))


def _name(line: bytes) -> str:
    ends = NAME_ENDS.search(line)
    return line[: ends.start()].decode("ascii", "replace").upper() if ends else ""


def _word(line: bytes) -> str:
    return line.partition(b":")[2].strip().decode("ascii", "replace").upper()


def _line(raw: bytes) -> Line:
    """What stands in quotation marks may hold the signs that part a line."""
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")  # what Windows writes when it does not write UTF-8
    *head, last = _split(text)
    name, *params = head or [last]
    pairs = (param.partition("=") for param in params)
    return Line(name.upper(), {key.strip().upper(): value.strip().strip('"') for key, _is, value in pairs}, last)


def _split(text: str) -> list[str]:
    """``NAME``, each ``PARAM=value``, and the value, which may hold anything."""
    if '"' not in text:
        head, _colon, value = text.partition(":")
        return [*head.split(";"), value]
    found, start, quoted = [], 0, False
    for place, sign in enumerate(text):
        if sign == '"':
            quoted = not quoted
        elif sign in ";:" and not quoted:
            found.append(text[start:place])
            start = place + 1
            if sign == ":":
                break
    return [*found, text[start:]]


def unescaped(value: str) -> str:
    """Text as it was before it was written into a line (RFC 5545 3.3.11)."""
    return ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)
