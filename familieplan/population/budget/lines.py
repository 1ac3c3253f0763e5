"""Where in a TOML file something stands: the standard reader gives the line of broken syntax only."""

import re

Place = tuple[str | int, ...]

TABLES = re.compile(r"\s*\[\[\s*([\w.-]+)\s*\]\]")
TABLE = re.compile(r"\s*\[\s*([\w.-]+)\s*\]")
KEY = re.compile(r"\s*([\w.-]+)\s*=")


def lines_of(text: str) -> dict[Place, int]:
    """The line of each table and key, ``("consequence", 2, "price", 0, "value")``; rows are counted from 0."""
    found: dict[Place, int] = {}
    rows: dict[Place, int] = {}
    table: Place = ()
    for number, line in enumerate(text.splitlines(), 1):
        if opened := TABLES.match(line):
            table = _within(opened[1], rows, is_row=True)
            found.setdefault(table[:-1], number)
            found[table] = number
        elif opened := TABLE.match(line):
            table = _within(opened[1], rows, is_row=False)
            found[table] = number
        elif key := KEY.match(line):
            found[(*table, *key[1].split("."))] = number
    return found


def _within(name: str, rows: dict[Place, int], *, is_row: bool) -> Place:
    place: Place = ()
    parts = name.split(".")
    for part in parts[:-1]:
        place = (*place, part)
        if place in rows:
            place = (*place, rows[place])
    place = (*place, parts[-1])
    if is_row:
        rows[place] = rows.get(place, -1) + 1
        place = (*place, rows[place])
    return place


def nearest(found: dict[Place, int], place: Place) -> int:
    """The line of the place, or of what it should have stood in; 1 for the file itself."""
    while place and place not in found:
        place = place[:-1]
    return found.get(place, 1)
