"""Where in a TOML file something stands: the standard library's reader does not say."""

import re
from collections.abc import Sequence

HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]")
KEY = re.compile(r"""^\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")


def line_of(text: str, keys: Sequence[str | int]) -> int:
    """The line of the longest part of `keys` that is written out; within an inline table, the line it begins on.

    Numbers count the entries of an array of tables: ("facts", "placed", "any_of", 1).
    """
    wanted = tuple(str(key) for key in keys)
    best, line = 0, 1
    header: tuple[str, ...] = ()
    entries: dict[tuple[str, ...], int] = {}
    lines = text.splitlines()
    for number, content in enumerate(lines, 1):
        if found := HEADER.match(content):
            header = _entered(_split(found[2]), entries)
            if found[1] == "[[":
                entries[header] = entries.get(header, -1) + 1
                header = (*header, str(entries[header]))
            here = header
        elif found := KEY.match(content):
            here = (*header, *_split(found[1]))
        else:
            continue
        if len(here) > best and wanted[: len(here)] == here:
            best, line = len(here), number
    opened = best < len(wanted) and lines[line - 1].rstrip().endswith("[")
    return line + _entry(lines[line:], wanted[best]) if opened else line


def _entry(following: Sequence[str], number: str) -> int:
    """Lines from a key to entry `number` of its list of inline tables, when each has a line of its own; else 0."""
    inline = [n for n, content in enumerate(following, 1) if content.lstrip().startswith("{")]
    closed = next((n for n, content in enumerate(following, 1) if content.lstrip().startswith("]")), 0)
    if not number.isdigit() or int(number) >= len(inline) or inline[int(number)] > closed:
        return 0
    return inline[int(number)]


def _entered(keys: tuple[str, ...], entries: dict[tuple[str, ...], int]) -> tuple[str, ...]:
    """[[unit.price]] lies in the last [[unit]] there was."""
    place: tuple[str, ...] = ()
    for key in keys[:-1]:
        place = (*place, key)
        place = (*place, str(entries[place])) if place in entries else place
    return (*place, keys[-1])


def _split(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in re.split(r"\s*\.\s*", dotted))
