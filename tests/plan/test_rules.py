"""When somebody should be in two places at once, and how old somebody is."""

from datetime import date, time

import pytest

from familieplan.plan.rules import Occupied, age, clashes


def at(id: str, starts: str, ends: str, *, person: str = "Sara", weekday: int = 2, weeks: str = "every") -> Occupied:
    return Occupied(id, person, weekday, weeks, time.fromisoformat(starts), time.fromisoformat(ends))


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        (at("a", "09:00", "12:00"), at("b", "10:00", "11:00"), True),
        (at("a", "09:00", "10:00"), at("b", "09:30", "11:00"), True),
        (at("a", "09:00", "10:00"), at("b", "09:00", "10:00"), True),
        (at("a", "09:00", "10:00"), at("b", "10:00", "11:00"), False),  # they only touch
        (at("a", "10:00", "11:00"), at("b", "09:00", "10:00"), False),
        (at("a", "09:00", "10:00"), at("b", "09:00", "10:00", person="Emil"), False),
        (at("a", "09:00", "10:00"), at("b", "09:00", "10:00", weekday=3), False),
        (at("a", "09:00", "10:00", weeks="even"), at("b", "09:00", "10:00", weeks="odd"), False),
        (at("a", "09:00", "10:00", weeks="even"), at("b", "09:00", "10:00", weeks="even"), True),
        (at("a", "09:00", "10:00", weeks="every"), at("b", "09:00", "10:00", weeks="odd"), True),
    ],
)
def test_two_times(one: Occupied, other: Occupied, together: bool) -> None:
    for pair in ((one, other), (other, one)):
        assert clashes(pair) == (frozenset("ab") if together else frozenset())


def test_of_three_only_those_that_clash() -> None:
    times = [at("a", "08:00", "09:00"), at("b", "08:30", "10:00"), at("c", "10:00", "12:00")]
    assert clashes(times) == {"a", "b"}


@pytest.mark.parametrize(
    ("born", "today", "years"),
    [
        (date(2010, 5, 1), date(2025, 4, 30), 14),
        (date(2010, 5, 1), date(2025, 5, 1), 15),
        (date(2008, 2, 29), date(2023, 2, 28), 14),
        (date(2008, 2, 29), date(2023, 3, 1), 15),
    ],
)
def test_age(born: date, today: date, years: int) -> None:
    assert age(born, today) == years
