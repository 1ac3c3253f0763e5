"""What "in the year" and "on the day" mean, as slowly and plainly as it can be said."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

Row = dict[str, Any]
Tables = dict[str, list[Row]]


def first_day(year: int) -> date:
    return date(year, 1, 1)


def last_day(year: int) -> date:
    return date(year, 12, 31)


def age(born: date, year: int) -> int:
    """Full years on 31 December: everybody has had the year's birthday by then."""
    return year - born.year


def overlaps(row: Row, year: int, start: str = "valid_from", end: str = "valid_to") -> bool:
    """Both ends belong to the period; no end: it still lasts."""
    if row[start] is None or row[start] > last_day(year):
        return False
    return row[end] is None or row[end] >= first_day(year)


def covers(row: Row, day: date) -> bool:
    return row["valid_from"] <= day and (row["valid_to"] is None or row["valid_to"] >= day)


def in_year(day: date | None, year: int) -> bool:
    return day is not None and day.year == year


def grouped(rows: Iterable[Row], column: str = "person_id") -> dict[Any, list[Row]]:
    found = defaultdict(list)
    for row in rows:
        found[row[column]].append(row)
    return found


def living(tables: Tables, year: int) -> Iterator[Row]:
    """Everybody who lived on some day of the year."""
    for person in tables["persons"]:
        if person["born"] <= last_day(year) and (person["died"] is None or person["died"] >= first_day(year)):
            yield person
